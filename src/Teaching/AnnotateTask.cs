namespace NaturalThoughts.Teaching;

/// <summary>One thing that an annotator is asked about each row.</summary>
public sealed record AnnotateTask
{
    /// <summary>
    /// The user's message, with <c>{question}</c>, <c>{thinking}</c>, <c>{answer}</c> (the trace) and <c>{domains}</c> (one a line) where they belong.
    /// </summary>
    public required string Prompt { get; init; }

    /// <summary>What the reply must have: some of <c>domain</c>, <c>topics</c>, <c>strategies</c>, <c>verbosity</c>.</summary>
    public required IReadOnlyList<string> Fields { get; init; }
}
