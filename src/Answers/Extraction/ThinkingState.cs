namespace NaturalThoughts.Answers.Extraction;

/// <summary>What became of the thinking in an output.</summary>
public enum ThinkingState
{
    /// <summary>The output has no thinking tag.</summary>
    None,

    /// <summary>Opened, closed, and something is in between.</summary>
    Closed,

    /// <summary>Opened and closed with nothing but blanks in between.</summary>
    Empty,

    /// <summary>Closed, never opened: the opening tag was part of the prompt.</summary>
    MissingOpen,

    /// <summary>Opened and not closed: generation ended inside.</summary>
    Unclosed,
}
