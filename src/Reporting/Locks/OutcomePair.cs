using System.Globalization;
using NaturalThoughts.Reporting.Tables;
using NaturalThoughts.Statistics;

namespace NaturalThoughts.Reporting.Locks;

/// <summary>A cell's outcomes on one benchmark before and after, paired by question and seed.</summary>
public sealed record OutcomePair
{
    /// <summary>The address of the cell.</summary>
    public required string Cell { get; init; }

    /// <summary>The name of the benchmark.</summary>
    public required string Benchmark { get; init; }

    /// <summary>Answers on either side: questions times seeds.</summary>
    public required int Answers { get; init; }

    /// <summary>Number of right answers before the change.</summary>
    public required int OldRight { get; init; }

    /// <summary>Number of right answers after the change.</summary>
    public required int NewRight { get; init; }

    /// <summary>Answers with another outcome (right, wrong, unparsed).</summary>
    public required int Changed { get; init; }

    /// <summary>Seed of the first answer with another outcome; empty without one.</summary>
    public string FirstSeed { get; init; } = "";

    /// <summary>The first question with another outcome: its id, or its place where the ids are not available; empty without one.</summary>
    public string FirstQuestion { get; init; } = "";

    /// <summary>Its outcomes, such as <c>wrong -> right</c>.</summary>
    public string FirstChange { get; init; } = "";

    /// <summary>What the paired test says, with its name; or why there is none.</summary>
    public required string Test { get; init; }

    /// <summary>p of the paired test; null where there is none.</summary>
    public double? P { get; init; }

    /// <summary>New minus old accuracy, exact.</summary>
    public decimal Difference => Numbers.Ratio(NewRight - OldRight, Answers);

    /// <summary>Pairs the seeds that both sides have; null where there is none or the questions are others.</summary>
    internal static OutcomePair? Of(
        OutcomesFile old, OutcomesFile now, string cell, string benchmark, Func<string, string, IReadOnlyList<string>?> questions)
    {
        if (!old.Benchmarks.TryGetValue(benchmark, out string? ids) || now.Benchmarks.GetValueOrDefault(benchmark) != ids)
        {
            return null;
        }

        (string Seed, string Old, string New)[] rows = [.. old.Rows
            .Where(row => row.Key.Cell == cell && row.Key.Benchmark == benchmark)
            .Select(row => (row.Key.Seed, row.Value, now.Rows.GetValueOrDefault(row.Key, "")))
            .Where(row => row.Item2.Length > 0 && row.Item2.Length == row.Item3.Length)];
        if (rows.Length == 0 || rows.Any(row => row.Old.Length != rows[0].Old.Length))
        {
            return null;
        }

        int n = old.Questions.GetValueOrDefault(benchmark);
        int questionCount = n > 0 && rows[0].Old.Length % n == 0 ? n : rows[0].Old.Length;
        (string test, double? p) = Compare(rows, questionCount);
        OutcomePair pair = new()
        {
            Cell = cell,
            Benchmark = benchmark,
            Answers = rows.Sum(row => row.Old.Length),
            OldRight = rows.Sum(row => row.Old.Count(outcome => outcome == '1')),
            NewRight = rows.Sum(row => row.New.Count(outcome => outcome == '1')),
            Changed = rows.Sum(row => row.Old.Zip(row.New).Count(both => both.First != both.Second)),
            Test = test,
            P = p,
        };
        if (pair.Changed == 0)
        {
            return pair;
        }

        int at = rows.Min(row => First(row.Old, row.New));
        (string seed, string before, string after) = rows.First(row => First(row.Old, row.New) == at);
        return pair with
        {
            FirstSeed = seed,
            FirstQuestion =
                (questions(benchmark, ids)?[at % questionCount]
                    ?? string.Create(CultureInfo.InvariantCulture, $"question {(at % questionCount) + 1} in ordinal order of ids"))
                + (questionCount < before.Length ? string.Create(CultureInfo.InvariantCulture, $" in repeat {(at / questionCount) + 1}") : ""),
            FirstChange = Word(before[at]) + " -> " + Word(after[at]),
        };
    }

    /// <summary>The change in one line, for a message.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Benchmark}: {OldRight} -> {NewRight} right of {Answers} ({Numbers.Signed(Difference * 100, 2)} points; {Test}); {Changed} outcomes changed")
        + (Changed == 0 ? "" : $", first {FirstQuestion} (seed {FirstSeed}): {FirstChange}");

    private static int Gained(string old, string now, int at) => (now[at] == '1' ? 1 : 0) - (old[at] == '1' ? 1 : 0);

    private static int First(string old, string now) => old == now ? int.MaxValue : old.AsSpan().CommonPrefixLength(now);

    private static string Word(char outcome) => outcome switch
    {
        '1' => "right",
        '0' => "wrong",
        _ => "unparsed",
    };

    // Questions and seeds as clusters, the repeats of a seed averaged; of a single seed its repeats take the seeds' place. With one answer to
    // each question McNemar's exact test over the questions.
    private static (string Test, double? P) Compare((string Seed, string Old, string New)[] rows, int questions)
    {
        int repeats = rows[0].Old.Length / questions;
        if (rows.Length == 1 && repeats == 1)
        {
            (_, string old, string now) = rows[0];
            McNemar single = new(
                old.Zip(now).Count(both => both.First == '1' && both.Second != '1'), old.Zip(now).Count(both => both.First != '1' && both.Second == '1'));
            return single.B + single.C == 0 ? ("no verdict changed", null) : ($"McNemar's exact test p {Numbers.P(single.ExactP)}", single.ExactP);
        }

        int columns = rows.Length == 1 ? repeats : rows.Length, averaged = rows.Length == 1 ? 1 : repeats;
        double[,] differences = new double[questions, columns];
        for (int q = 0; q < questions; q++)
        {
            for (int c = 0; c < columns; c++)
            {
                (_, string old, string now) = rows[rows.Length == 1 ? 0 : c];
                int gained = Enumerable.Range(rows.Length == 1 ? c : 0, averaged).Sum(k => Gained(old, now, (k * questions) + q));
                differences[q, c] = (double)gained / averaged;
            }
        }

        CrossedContrast crossed = CrossedContrast.Of(differences);
        return crossed.P is { } p
            ? ($"{CrossedContrast.Name} p {Numbers.P(p)}", p)
            : (crossed.Degeneracy == Degeneracy.Identical ? "no verdict changed" : "no test: the differences do not vary", null);
    }
}
