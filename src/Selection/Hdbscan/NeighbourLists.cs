using System.Numerics;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Selection.Hdbscan;

/// <summary>Exact core distances and the exact nearest neighbours of every point.</summary>
internal sealed class NeighbourLists
{
    private const int BlockRows = 64;
    // Fewer make the first pass cheaper, more leave fewer components to search between; 8 to 12 is best in 2 to 384 dimensions.
    private const int LongestKept = 10;
    private readonly int[] _indices;
    private readonly double[] _weights;

    private NeighbourLists(int n, int kept)
    {
        Kept = kept;
        _indices = new int[checked(n * kept)];
        _weights = new double[n * kept];
        Core = new double[n];
        Reach = new double[n];
    }

    /// <summary>Neighbours kept per point.</summary>
    public int Kept { get; }

    /// <summary>[n] distance to the k-th nearest other point.</summary>
    public double[] Core { get; }

    /// <summary>[n] no edge to a point outside the list weighs less than this.</summary>
    public double[] Reach { get; }

    /// <summary>The neighbours of a point by ascending weight.</summary>
    public ReadOnlySpan<int> Indices(int point) => _indices.AsSpan(point * Kept, Kept);

    /// <summary>The mutual reachability distances to them.</summary>
    public ReadOnlySpan<double> Weights(int point) => _weights.AsSpan(point * Kept, Kept);

    public static NeighbourLists Find(PointSet points, DistanceScreen screen, int k, int threads)
    {
        int n = points.Count;
        NeighbourLists lists = new(n, Math.Min(n - 1, LongestKept));
        int[] order = new int[n];
        for (int i = 0; i < n; i++)
        {
            order[i] = i;
        }

        float[] panels = screen.PackPanels(order);
        int blocks = (n + BlockRows - 1) / BlockRows;
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = threads };
        ParallelLoop.Run(() => Parallel.For(0, blocks, parallel, block =>
        {
            int first = block * BlockRows;
            lists.FillBlock(points, screen, panels, order.AsSpan(first, Math.Min(BlockRows, n - first)), k);
        }));
        ParallelLoop.Run(() => Parallel.For(0, blocks, parallel, block => lists.Weigh(block * BlockRows, Math.Min(n, (block + 1) * BlockRows))));
        return lists;
    }

    private void FillBlock(PointSet points, DistanceScreen screen, float[] panels, ReadOnlySpan<int> rows, int k)
    {
        int length = Math.Max(k, Kept);
        double[] squares = new double[BlockRows * length];
        int[] indices = new int[BlockRows * length];
        float[] limits = new float[BlockRows];
        Array.Fill(squares, double.PositiveInfinity);
        Array.Fill(limits, float.PositiveInfinity);
        float[] tiles = new float[BlockRows / DistanceScreen.TileRows * screen.TileLength];
        for (int i = 0; i < rows.Length; i += DistanceScreen.TileRows)
        {
            screen.PackTile(
                rows.Slice(i, Math.Min(DistanceScreen.TileRows, rows.Length - i)),
                tiles.AsSpan(i / DistanceScreen.TileRows * screen.TileLength, screen.TileLength));
        }

        Span<float> product = stackalloc float[DistanceScreen.TileRows * DistanceScreen.PanelColumns];
        for (int p = 0; p * screen.PanelLength < panels.Length; p++)
        {
            Span<float> panel = panels.AsSpan(p * screen.PanelLength, screen.PanelLength);
            for (int i = 0; i < rows.Length; i += DistanceScreen.TileRows)
            {
                TileKernel.Multiply(tiles.AsSpan(i / DistanceScreen.TileRows * screen.TileLength, screen.TileLength), panel, product);
                int count = Math.Min(DistanceScreen.TileRows, rows.Length - i);
                for (int r = 0; r < count; r++)
                {
                    for (uint bits = TileKernel.Below(product, r, limits[i + r]); bits != 0; bits &= bits - 1)
                    {
                        int other = (p * DistanceScreen.PanelColumns) + BitOperations.TrailingZeroCount(bits);
                        if (other == rows[i + r])
                        {
                            continue;
                        }

                        double squared = points.SquaredDistance(rows[i + r], other);
                        if (Insert(squares.AsSpan((i + r) * length, length), indices.AsSpan((i + r) * length, length), squared, other))
                        {
                            limits[i + r] = screen.Threshold(squares[((i + r) * length) + length - 1]);
                        }
                    }
                }
            }
        }

        for (int i = 0; i < rows.Length; i++)
        {
            Core[rows[i]] = Math.Sqrt(squares[(i * length) + k - 1]);
            for (int j = 0; j < Kept; j++)
            {
                _indices[(rows[i] * Kept) + j] = indices[(i * length) + j];
                _weights[(rows[i] * Kept) + j] = Math.Sqrt(squares[(i * length) + j]);
            }

            Reach[rows[i]] = Kept == points.Count - 1 ? double.PositiveInfinity : Math.Max(Core[rows[i]], _weights[(rows[i] * Kept) + Kept - 1]);
        }
    }

    /// <summary>Keeps the list ascending; false when the new square is not among the smallest.</summary>
    private static bool Insert(Span<double> squares, Span<int> indices, double squared, int other)
    {
        int at = squares.Length - 1;
        if (!(squared < squares[at]))
        {
            return false;
        }

        for (; at > 0 && squares[at - 1] > squared; at--)
        {
            squares[at] = squares[at - 1];
            indices[at] = indices[at - 1];
        }

        squares[at] = squared;
        indices[at] = other;
        return true;
    }

    /// <summary>From distances to mutual reachability, and into ascending order of that.</summary>
    private void Weigh(int first, int end)
    {
        for (int i = first; i < end; i++)
        {
            Span<int> indices = _indices.AsSpan(i * Kept, Kept);
            Span<double> weights = _weights.AsSpan(i * Kept, Kept);
            for (int j = 0; j < Kept; j++)
            {
                weights[j] = Math.Max(weights[j], Math.Max(Core[i], Core[indices[j]]));
            }

            weights.Sort(indices);
        }
    }
}
