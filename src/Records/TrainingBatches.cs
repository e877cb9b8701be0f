using NaturalThoughts.Contracts;

namespace NaturalThoughts.Records;

/// <summary>
/// Which examples are in which batch. A function of the seed and the examples' ids and lengths: the order of the rows in the file does
/// not count. Rows of like length are together, so that little is padding. Training takes one step for each batch; a selection that is to
/// take as many steps as another counts them here.
/// </summary>
public static class TrainingBatches
{
    // Rows are mixed within pools of this many batches before they are sorted by length: wide enough to find partners of like length.
    private const int PoolBatches = 16;

    /// <summary>The batches of one epoch.</summary>
    /// <param name="rows">The examples.</param>
    /// <param name="batchTokens">Tokens of a batch at most, padding included; a longer example is a batch of its own.</param>
    /// <param name="seed">The seed of the training.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <returns>[batches] indices into <paramref name="rows"/>, each once.</returns>
    public static List<int[]> Epoch(IReadOnlyList<SizedRow> rows, int batchTokens, string seed, int epoch)
    {
        string salt = FormattableString.Invariant($"{seed}/epoch{epoch}");
        int[] order = [.. Enumerable.Range(0, rows.Count)
            .OrderBy(i => SeededRandom.Draw("order", salt, rows[i].Id))
            .ThenBy(i => rows[i].Id, StringComparer.Ordinal)];
        List<int[]> batches = [];
        int at = 0;
        while (at < order.Length)
        {
            int end = at;
            long tokens = 0;
            while (end < order.Length && tokens < (long)batchTokens * PoolBatches)
            {
                tokens += rows[order[end++]].Tokens;
            }

            int[] pool = [.. order[at..end].OrderBy(i => rows[i].Tokens)];
            Cut(pool, rows, batchTokens, batches);
            at = end;
        }

        SeededRandom.From("batches", salt).Shuffle(batches);
        return batches;
    }

    /// <summary>Cuts a list of rows, sorted by length, into batches.</summary>
    /// <param name="pool">Indices into <paramref name="rows"/>, ascending by length.</param>
    /// <param name="rows">The examples.</param>
    /// <param name="batchTokens">Tokens of a batch at most, padding included.</param>
    /// <param name="batches">Where the batches go.</param>
    public static void Cut(int[] pool, IReadOnlyList<SizedRow> rows, int batchTokens, List<int[]> batches)
    {
        int start = 0;
        for (int i = 0; i < pool.Length; i++)
        {
            // Sorted by length, so that the batch would be as wide as row i.
            if (i > start && (long)(i - start + 1) * rows[pool[i]].Tokens > batchTokens)
            {
                batches.Add(pool[start..i]);
                start = i;
            }
        }

        if (start < pool.Length)
        {
            batches.Add(pool[start..]);
        }
    }
}
