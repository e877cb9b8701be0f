using NaturalThoughts.Reporting.Tables;

namespace NaturalThoughts.Reporting.Locks;

/// <summary>The outcomes before and after of every cell and benchmark that two outcomes files share.</summary>
public sealed class OutcomePairs
{
    private readonly ILookup<string, OutcomePair> _pairs;

    private OutcomePairs(IEnumerable<OutcomePair> pairs) => _pairs = pairs.ToLookup(pair => pair.Cell, StringComparer.Ordinal);

    /// <summary>Pairs two texts.</summary>
    /// <param name="oldText">An outcomes file.</param>
    /// <param name="newText">Another one.</param>
    /// <param name="questions">See <see cref="TableResult.Questions"/>.</param>
    public static OutcomePairs Of(string oldText, string newText, Func<string, string, IReadOnlyList<string>?> questions)
    {
        OutcomesFile old = OutcomesFile.Parse(oldText), now = OutcomesFile.Parse(newText);
        return new OutcomePairs(old.Rows.Keys.Select(row => (row.Cell, row.Benchmark)).Distinct()
            .Select(row => OutcomePair.Of(old, now, row.Cell, row.Benchmark, questions)).OfType<OutcomePair>());
    }

    /// <summary>The pair of a cell and benchmark; null where a side has none or the questions are others.</summary>
    public OutcomePair? Find(string cell, string benchmark) => _pairs[cell].FirstOrDefault(pair => pair.Benchmark == benchmark);

    internal static OutcomePairs Between(string oldPath, string newPath, Func<string, string, IReadOnlyList<string>?> questions) =>
        File.Exists(oldPath) && File.Exists(newPath) ? Of(File.ReadAllText(oldPath), File.ReadAllText(newPath), questions) : new OutcomePairs([]);

    /// <summary>Adds to each verdict the benchmarks with other outcomes. One that held says nothing of them.</summary>
    internal IReadOnlyList<CellVerdict> AddTo(IReadOnlyList<CellVerdict> cells) =>
        [.. cells.Select(cell => cell.Verdict == LockVerdict.Holds ? cell : cell with { Outcomes = [.. _pairs[cell.Cell].Where(pair => pair.Changed > 0)] })];
}
