namespace NaturalThoughts.Reporting;

/// <summary>Parameters of the <c>world-card</c> stage.</summary>
public sealed record WorldCardOptions
{
    /// <summary>Heading.</summary>
    public string Title { get; init; } = "The embedded world";

    /// <summary>Sentences below it.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
