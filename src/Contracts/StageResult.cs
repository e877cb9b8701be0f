namespace NaturalThoughts.Contracts;

/// <summary>What a stage says about its run, beside its output files. A cache hit replays it.</summary>
public sealed record StageResult
{
    private const int LongestWarning = 2000;

    /// <summary>
    /// Counts by name, in a stable order: <c>rows</c>, <c>dropped</c>, <c>unparsed</c>, and the token counts
    /// <see cref="TrainedTokens"/> and <see cref="GeneratedTokens"/>, from which later runs are estimated.
    /// </summary>
    public SortedDictionary<string, long> Counts { get; init; } = new(StringComparer.Ordinal);

    /// <summary>What was measured on the way, such as tokens per second: kept in the run record beside host and duration, outside of every identity.</summary>
    public SortedDictionary<string, double> Measured { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Things a user should know, in order; each is cut where it is very long.</summary>
    public IReadOnlyList<string> Warnings { get; init => field = [.. value.Select(warning => Quoted.Of(warning, LongestWarning))]; } = [];

    /// <summary>The name of the count of tokens that were trained on (all epochs, padding excluded).</summary>
    public const string TrainedTokens = "trainedTokens";

    /// <summary>The name of the count of generated tokens.</summary>
    public const string GeneratedTokens = "generatedTokens";
}
