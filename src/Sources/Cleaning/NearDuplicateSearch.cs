using NaturalThoughts.Sources.Cleaning.Shingles;

namespace NaturalThoughts.Sources.Cleaning;

/// <summary>
/// Finds near duplicates among rows. Memory is 200 bytes a row and four a shingle; work grows with the rows, whatever the size of a bucket: in each
/// band a row is compared with the first and with the previous row of its bucket, by the whole sets.
/// </summary>
internal sealed class NearDuplicateSearch(double similarity)
{
    private readonly List<ulong[]> _bands = [];
    private readonly List<uint[]> _shingles = [];

    /// <summary>Adds the next row; null for one that takes no part.</summary>
    public void Add(ulong[]? bands, uint[]? shingles)
    {
        _bands.Add(bands ?? []);
        _shingles.Add(shingles ?? []);
    }

    /// <summary>Row to the earlier row that it is nearest to among those compared, and how near.</summary>
    public Dictionary<int, (int Earlier, double Similarity)> Find(CancellationToken cancellation)
    {
        int[] rows = [.. Enumerable.Range(0, _bands.Count).Where(row => _bands[row].Length > 0)];
        Dictionary<int, (int Earlier, double Similarity)> found = [];
        ulong[] keys = new ulong[rows.Length];
        int[] order = new int[rows.Length];
        for (int band = 0; band < MinHash.Bands; band++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int i = 0; i < rows.Length; i++)
            {
                (keys[i], order[i]) = (_bands[rows[i]][band], rows[i]);
            }

            Array.Sort(keys, order);
            for (int start = 0, end; start < keys.Length; start = end)
            {
                for (end = start + 1; end < keys.Length && keys[end] == keys[start]; end++)
                {
                }

                if (end - start > 1)
                {
                    Array.Sort(order, start, end - start);
                    Compare(order.AsSpan(start, end - start), found);
                }
            }
        }

        return found;
    }

    private void Compare(ReadOnlySpan<int> bucket, Dictionary<int, (int Earlier, double Similarity)> found)
    {
        for (int i = 1; i < bucket.Length; i++)
        {
            Compare(bucket[0], bucket[i], found);
            if (i > 1)
            {
                Compare(bucket[i - 1], bucket[i], found);
            }
        }
    }

    private void Compare(int earlier, int row, Dictionary<int, (int Earlier, double Similarity)> found)
    {
        if (found.TryGetValue(row, out (int Earlier, double Similarity) best) && best.Earlier == earlier)
        {
            return;
        }

        double near = MinHash.Jaccard(_shingles[earlier], _shingles[row]);
        if (near >= similarity && (near > best.Similarity || (near == best.Similarity && earlier < best.Earlier)))
        {
            found[row] = (earlier, near);
        }
    }
}
