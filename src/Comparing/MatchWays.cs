namespace NaturalThoughts.Comparing;

/// <summary>How questions of two runs are found to be the same.</summary>
public static class MatchWays
{
    /// <summary>By the id where the texts agree or one of them is not known, else by the text.</summary>
    public const string Any = "any";

    /// <summary>By the id alone; texts that are known must agree.</summary>
    public const string Id = "id";

    /// <summary>Questions match by their text alone; white space does not count.</summary>
    public const string Text = "text";

    /// <summary>All ways, in ordinal order.</summary>
    public static IReadOnlyList<string> Known { get; } = [Any, Id, Text];
}
