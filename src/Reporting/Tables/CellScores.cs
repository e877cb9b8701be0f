using NaturalThoughts.Contracts;
using NaturalThoughts.Statistics;

namespace NaturalThoughts.Reporting.Tables;

/// <summary>A cell's grades on one benchmark: outcomes [replicate][question in ordinal order of ids] and counts.</summary>
internal sealed record CellScores
{
    public required TableCell Cell { get; init; }

    public required TableBenchmark Benchmark { get; init; }

    /// <summary>The question ids in ordinal order, the same for every replicate.</summary>
    public required IReadOnlyList<string> Questions { get; init; }

    /// <summary>Per replicate, one character a question, repeat after repeat: <c>1</c> right, <c>0</c> wrong, <c>-</c> unparsed.</summary>
    public required IReadOnlyList<string> Outcomes { get; init; }

    /// <summary>Digest of each replicate's grades file.</summary>
    public required IReadOnlyList<ContentHash> Digests { get; init; }

    public required long Tokens { get; init; }

    public required long Truncated { get; init; }

    public int N => Questions.Count;

    public int Replicates => Outcomes.Count;

    /// <summary>Answers of a replicate to each question.</summary>
    public int Repeats => Outcomes[0].Length / N;

    public long Answers => (long)N * Replicates * Repeats;

    public IReadOnlyList<long> Right => [.. Outcomes.Select(row => row.LongCount(outcome => outcome == '1'))];

    public long Unparsed => Outcomes.Sum(row => row.LongCount(outcome => outcome == '-'));

    /// <summary>Accuracy in [0, 1], exact.</summary>
    public decimal Accuracy => Numbers.Ratio(Right.Sum(), Answers);

    /// <summary>Verdicts [question, replicate] of the first replicates, 1 for right; the mean over the repeats.</summary>
    public double[,] Verdicts(int replicates)
    {
        double[,] verdicts = new double[N, replicates];
        for (int q = 0; q < N; q++)
        {
            for (int r = 0; r < replicates; r++)
            {
                int right = 0;
                for (int k = 0; k < Repeats; k++)
                {
                    right += Outcomes[r][(k * N) + q] == '1' ? 1 : 0;
                }

                verdicts[q, r] = (double)right / Repeats;
            }
        }

        return verdicts;
    }

    public CrossedMeanSquares Squares => CrossedMeanSquares.Of(Verdicts(Replicates));
}
