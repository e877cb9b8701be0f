using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Selection;

/// <summary>
/// Orders a pool by nearness to a small target set, the round robin of RDS+ (Ivison et al. 2025, arXiv 2503.01807, section 3): the targets take turns, and each
/// takes the question that is most similar to it, by the cosine of their embeddings, among those that none has taken. The order does not depend on how many are
/// selected. Targets are in ordinal order of role and id; of equally similar questions the first by id is taken. Roles that start with <see cref="TargetRole"/>
/// are targets.
/// </summary>
public sealed class NearestStage : IStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "nearest";

    /// <summary>The role of the pool's embeddings.</summary>
    public const string EmbeddingsRole = "embeddings";

    /// <summary>What the role of a target set's embeddings starts with: <c>target/Hard</c>.</summary>
    public const string TargetRole = "target/";

    /// <summary>The file with the <see cref="QuestionPlace"/>s, in the order of the places.</summary>
    public const string Output = "nearest.jsonl";

    private sealed record NoOptions;

    /// <inheritdoc />
    public StageDescription Description { get; } = new(Name, [EmbeddingsRole], [Output]);

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        _ = context.Options<NoOptions>();
        Embedding[] pool = Read(context.Input(EmbeddingsRole));
        Embedding[] targets = [.. context.Inputs
            .Where(input => input.Key.StartsWith(TargetRole, StringComparison.Ordinal))
            .OrderBy(input => input.Key, StringComparer.Ordinal)
            .SelectMany(input => Read(input.Value))];
        if (targets.Length == 0)
        {
            throw new UserErrorException("There is no target to be near to.", TargetRole, "Bind the embeddings of at least one target set.");
        }

        if (pool.Concat(targets).FirstOrDefault(row => row.Vector.Length != targets[0].Vector.Length) is { } odd)
        {
            throw new UserErrorException(
                $"The vector of '{Quoted.Of(odd.QuestionId)}' has {odd.Vector.Length} numbers, that of '{Quoted.Of(targets[0].QuestionId)}' {targets[0].Vector.Length}.",
                context.Input(EmbeddingsRole),
                "Pool and targets are embedded by the same model.");
        }

        double[] norms = [.. pool.Select(row => Math.Sqrt(Product(row.Vector, row.Vector)))];
        int[][] nearest = new int[targets.Length][]; // [targets, pool]
        ParallelOptions threads = new() { MaxDegreeOfParallelism = Math.Max(1, context.Threads), CancellationToken = context.Cancellation };
        ParallelLoop.Run(() => Parallel.For(0, targets.Length, threads, target => nearest[target] = Order(pool, norms, targets[target].Vector)));
        JsonLines.Write(context.Output(Output), RoundRobin(nearest, pool.Length).Select((row, place) => new QuestionPlace(pool[row].QuestionId, place)));
        return new StageResult { Counts = new(StringComparer.Ordinal) { ["rows"] = pool.Length, ["targets"] = targets.Length } };
    }

    /// <summary>The rows in the order in which targets that take turns take them.</summary>
    /// <param name="nearest">[targets, rows] all rows, each target's most similar first.</param>
    /// <param name="rows">Number of rows.</param>
    internal static List<int> RoundRobin(IReadOnlyList<int[]> nearest, int rows)
    {
        bool[] taken = new bool[rows];
        int[] next = new int[nearest.Count];
        List<int> order = [];
        for (int turn = 0; order.Count < rows; turn = (turn + 1) % nearest.Count)
        {
            while (taken[nearest[turn][next[turn]]])
            {
                next[turn]++;
            }

            int row = nearest[turn][next[turn]];
            taken[row] = true;
            order.Add(row);
        }

        return order;
    }

    private static Embedding[] Read(string path)
    {
        Embedding[] rows = [.. QuestionRows.InOrder<Embedding>(path, row => row.QuestionId).OrderBy(row => row.QuestionId, StringComparer.Ordinal)];
        return rows.FirstOrDefault(row => row.Vector.Length == 0 || !row.Vector.All(float.IsFinite)) is { } bad
            ? throw new UserErrorException(
                $"The vector of '{Quoted.Of(bad.QuestionId)}' is empty or holds a number that is not finite.", path,
                "The checkpoint that embedded it has likely diverged.")
            : rows;
    }

    // The target's own length changes no order. The pool is in ordinal order, and the sort is stable.
    private static int[] Order(Embedding[] pool, double[] norms, float[] target)
    {
        double[] similarity = [.. pool.Select((row, i) => norms[i] == 0 ? 0 : Product(row.Vector, target) / norms[i])];
        return [.. Enumerable.Range(0, pool.Length).OrderByDescending(row => similarity[row])];
    }

    // Products and sums alone, one after the other: the same bits on every processor.
    private static double Product(float[] a, float[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += (double)a[i] * b[i];
        }

        return sum;
    }
}
