using System.Numerics;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Selection.Hdbscan;

/// <summary>Points in a fixed order, packed both as tiles and as panels, and the visit of all pairs that may be near enough.</summary>
internal sealed class TileSweep
{
    private const int BlockRows = 64;
    private readonly DistanceScreen _screen;
    private readonly int[] _order;
    private readonly int[] _components;
    private readonly float[] _panels;

    /// <param name="screen">The bounds.</param>
    /// <param name="order">Points to visit, members of one component side by side.</param>
    /// <param name="components">[n] component of every point.</param>
    public TileSweep(DistanceScreen screen, int[] order, int[] components)
    {
        _screen = screen;
        _order = order;
        _components = components;
        _panels = screen.PackPanels(order);
    }

    /// <summary>The bound below which a pair of components is still of interest; may fall while the sweep runs.</summary>
    public delegate float PairThreshold(int rowComponent, int columnComponent);

    /// <summary>Visits a pair of points (ids) of different components whose bound is below their components' threshold.</summary>
    public delegate void PairVisitor(int row, int column);

    /// <summary>Every pair once if <paramref name="half"/>, otherwise every row against every column.</summary>
    public void Run(int rowCount, bool half, int threads, PairThreshold threshold, PairVisitor visit)
    {
        int blocks = (rowCount + BlockRows - 1) / BlockRows;
        ParallelLoop.Run(() => Parallel.For(0, blocks, new ParallelOptions { MaxDegreeOfParallelism = threads }, block =>
        {
            int first = block * BlockRows;
            Block(first, Math.Min(rowCount, first + BlockRows), half ? first / DistanceScreen.PanelColumns : 0, threshold, visit);
        }));
    }

    private void Block(int first, int end, int firstPanel, PairThreshold threshold, PairVisitor visit)
    {
        float[] tiles = new float[BlockRows / DistanceScreen.TileRows * _screen.TileLength];
        for (int i = first; i < end; i += DistanceScreen.TileRows)
        {
            _screen.PackTile(_order.AsSpan(i, Math.Min(DistanceScreen.TileRows, end - i)), Tile(tiles, i - first));
        }

        Span<float> product = stackalloc float[DistanceScreen.TileRows * DistanceScreen.PanelColumns];
        Span<float> limits = stackalloc float[DistanceScreen.TileRows];
        for (int p = firstPanel; p * _screen.PanelLength < _panels.Length; p++)
        {
            int start = p * DistanceScreen.PanelColumns;
            Span<int> columns = _order.AsSpan(start, Math.Min(DistanceScreen.PanelColumns, _order.Length - start));
            Span<float> panel = _panels.AsSpan(p * _screen.PanelLength, _screen.PanelLength);
            for (int i = first; i < end; i += DistanceScreen.TileRows)
            {
                Span<int> rows = _order.AsSpan(i, Math.Min(DistanceScreen.TileRows, end - i));
                if (!Limits(rows, columns, threshold, limits))
                {
                    continue;
                }

                TileKernel.Multiply(Tile(tiles, i - first), panel, product);
                Scan(rows, columns, product, limits, threshold, visit);
            }
        }
    }

    private Span<float> Tile(float[] tiles, int offset) =>
        tiles.AsSpan(offset / DistanceScreen.TileRows * _screen.TileLength, _screen.TileLength);

    /// <summary>For every row the loosest threshold to the columns' components; false when no row wants any of them.</summary>
    private bool Limits(ReadOnlySpan<int> rows, ReadOnlySpan<int> columns, PairThreshold threshold, Span<float> limits)
    {
        bool wanted = false;
        for (int r = 0; r < rows.Length; r++)
        {
            int component = _components[rows[r]];
            if (r > 0 && component == _components[rows[r - 1]])
            {
                limits[r] = limits[r - 1];
                continue;
            }

            limits[r] = float.NegativeInfinity;
            int last = -1;
            foreach (int column in columns)
            {
                if (_components[column] == last)
                {
                    continue;
                }

                last = _components[column];
                if (last != component)
                {
                    limits[r] = Math.Max(limits[r], threshold(component, last));
                }
            }

            wanted |= limits[r] > float.NegativeInfinity;
        }

        return wanted;
    }

    private void Scan(
        ReadOnlySpan<int> rows, ReadOnlySpan<int> columns, ReadOnlySpan<float> product, ReadOnlySpan<float> limits, PairThreshold threshold, PairVisitor visit)
    {
        for (int r = 0; r < rows.Length; r++)
        {
            for (uint bits = TileKernel.Below(product, r, limits[r]); bits != 0; bits &= bits - 1)
            {
                int c = BitOperations.TrailingZeroCount(bits);
                (int left, int right) = (_components[rows[r]], _components[columns[c]]);
                if (left != right && product[(r * DistanceScreen.PanelColumns) + c] < threshold(left, right))
                {
                    visit(rows[r], columns[c]);
                }
            }
        }
    }
}
