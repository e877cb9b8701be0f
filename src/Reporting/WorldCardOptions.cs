namespace NaturalThoughts.Reporting;

/// <summary>Parameters of the <c>world-card</c> stage.</summary>
public sealed record WorldCardOptions
{
    /// <summary>The heading of the page.</summary>
    public string Title { get; init; } = "The embedded world";

    /// <summary>Sentences below the heading.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
