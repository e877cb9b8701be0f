using NaturalThoughts.Contracts;
using NaturalThoughts.Statistics;

namespace NaturalThoughts.Reporting.Tables;

/// <summary>A cell's grades on one benchmark: outcomes [replicate][question in ordinal order of ids] and counts.</summary>
internal sealed record CellScores
{
    private IReadOnlyList<double[,]>? _strata;
    private TrainingNoise? _noise;

    public required TableCell Cell { get; init; }

    public required TableBenchmark Benchmark { get; init; }

    /// <summary>The question ids in ordinal order, the same for every replicate.</summary>
    public required IReadOnlyList<string> Questions { get; init; }

    /// <summary>Per replicate, one character a question, repeat after repeat: <c>1</c> right, <c>0</c> wrong, <c>-</c> unparsed.</summary>
    public required IReadOnlyList<string> Outcomes { get; init; }

    /// <summary>Per replicate, the answers that the protocol's program draws at random: place among its outcomes to the chance of being right.</summary>
    public IReadOnlyList<IReadOnlyDictionary<int, double>> Drawn { get; init; } = [];

    /// <summary>Digest of each replicate's grades file.</summary>
    public required IReadOnlyList<ContentHash> Digests { get; init; }

    public required long Tokens { get; init; }

    public required long Truncated { get; init; }

    public int N => Questions.Count;

    public int Replicates => Outcomes.Count;

    /// <summary>Answers of a replicate to each question.</summary>
    public int Repeats => N == 0 ? 1 : Outcomes[0].Length / N;

    public long Answers => (long)N * Replicates * Repeats;

    public IReadOnlyList<long> Right => [.. Outcomes.Select(row => row.LongCount(outcome => outcome == '1'))];

    public long Unparsed => Outcomes.Sum(row => row.LongCount(outcome => outcome == '-'));

    /// <summary>Number of drawn answers.</summary>
    public long DrawnAnswers => Drawn.Sum(row => (long)row.Count);

    /// <summary>Per replicate the right answers, drawn ones with their chance.</summary>
    public IReadOnlyList<decimal> Expected =>
        [.. Right.Select((right, r) => right + (r < Drawn.Count ? Drawn[r].OrderBy(drawn => drawn.Key).Sum(drawn => (decimal)drawn.Value) : 0))];

    /// <summary>Accuracy in [0, 1], exact; drawn answers count with their chance.</summary>
    public decimal Accuracy => Answers == 0 ? 0 : Expected.Sum() / Answers;

    /// <summary>The verdicts [question, replicate], as a contrast takes them: the mean over the repeats, a drawn answer with its chance.</summary>
    public IReadOnlyList<double[,]> Strata => _strata ??= [Verdicts()];

    /// <summary>What its own replicates tell of their noise; null for one of them.</summary>
    public TrainingNoise? Noise => N == 0 ? null : _noise ??= TrainingNoise.Of(Strata);

    /// <summary>The students behind the replicates, by the digests of their grades.</summary>
    public string Students => string.Join('\n', Digests.Select(digest => digest.Hex));

    // Verdicts [question, replicate], 1 for right, its chance for a drawn one; the mean over the repeats.
    private double[,] Verdicts()
    {
        int replicates = Replicates;
        double[,] verdicts = new double[N, replicates];
        for (int q = 0; q < N; q++)
        {
            for (int r = 0; r < replicates; r++)
            {
                double right = 0;
                for (int k = 0; k < Repeats; k++)
                {
                    int place = (k * N) + q;
                    right += Outcomes[r][place] == '1' ? 1 : r < Drawn.Count ? Drawn[r].GetValueOrDefault(place) : 0;
                }

                verdicts[q, r] = right / Repeats;
            }
        }

        return verdicts;
    }
}
