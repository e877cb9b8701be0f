namespace NaturalThoughts.Teaching.Reading;

/// <summary>Why a reply becomes no record.</summary>
public enum ReplyFailureKind
{
    /// <summary>The limit of tokens was met before the end.</summary>
    CutOff,

    /// <summary>The thinking was not marked, or not closed, though the reply came to its end.</summary>
    MissingTags,

    /// <summary>More think tags than one pair: where the thinking ends cannot be said.</summary>
    StrayTags,

    /// <summary>The model declines to answer.</summary>
    Refusal,

    /// <summary>The text ends in the same words over and over.</summary>
    RepetitionLoop,

    /// <summary>The reply has no thinking, or no answer.</summary>
    Empty,

    /// <summary>A structured reply that is not as asked for, after all repairs.</summary>
    Unreadable,
}
