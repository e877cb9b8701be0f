namespace NaturalThoughts.Sources.Recorded;

/// <summary>How a recorded row finds its question.</summary>
public static class MatchBy
{
    /// <summary>By its id where that is known and the text agrees, else by its text, else as the text inside of the prompt.</summary>
    public const string Any = "any";

    /// <summary>By its id alone; a text that the row gives must agree.</summary>
    public const string Id = "id";

    /// <summary>The question is found by its text alone; white space does not count.</summary>
    public const string Text = "text";

    /// <summary>As the question whose text the prompt holds; of several the longest.</summary>
    public const string Prompt = "prompt";

    /// <summary>All ways, in ordinal order.</summary>
    public static IReadOnlyList<string> Known { get; } = [Any, Id, Prompt, Text];
}
