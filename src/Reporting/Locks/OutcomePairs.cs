using NaturalThoughts.Contracts;
using NaturalThoughts.Reporting.Tables;

namespace NaturalThoughts.Reporting.Locks;

/// <summary>The outcomes before and after of every cell and benchmark that two outcomes files share.</summary>
public sealed class OutcomePairs
{
    private readonly ILookup<string, OutcomePair> _pairs;

    private OutcomePairs(IEnumerable<OutcomePair> pairs) => _pairs = pairs.ToLookup(pair => pair.Cell, StringComparer.Ordinal);

    /// <summary>Pairs the cells of two outcome files, each given as text.</summary>
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
        File.Exists(oldPath) && File.Exists(newPath) ? Of(TextFiles.ReadStrict(oldPath), TextFiles.ReadStrict(newPath), questions) : new OutcomePairs([]);

    /// <summary>
    /// Adds to each verdict the benchmarks with other outcomes; one that held says nothing of them. Where a cell that moved is of the class
    /// <c>statistical</c>, they decide whether it is consistent with the lock.
    /// </summary>
    internal IReadOnlyList<CellVerdict> AddTo(IReadOnlyList<CellVerdict> cells) => [.. cells.Select(AddTo)];

    private CellVerdict AddTo(CellVerdict cell)
    {
        if (cell.Verdict == LockVerdict.Holds)
        {
            return cell;
        }

        OutcomePair[] all = [.. _pairs[cell.Cell]];
        bool decide = cell is { Verdict: LockVerdict.Moved, IsStatistical: true } && all.Length > 0;
        return cell with
        {
            Verdict = !decide ? cell.Verdict : all.All(pair => Agrees(pair, all.Length)) ? LockVerdict.Consistent : LockVerdict.Shifted,
            Outcomes = [.. all.Where(pair => pair.Changed > 0)],
        };
    }

    // Holm's procedure rejects something exactly when the smallest p, times the number of tests, is below the level. Without a test (no
    // variance) only an equal accuracy agrees.
    private static bool Agrees(OutcomePair pair, int tests) => pair.P is { } p ? p * tests >= DetectableEffect.Level : pair.Difference == 0;
}
