namespace NaturalThoughts.Selection.Hdbscan;

/// <summary>
/// Rigorous lower bounds of squared distances by float32 matrix products, for pruning only. Points are centred and scaled by a power
/// of two; a row is packed as (-2 x, q, 1) and a column as (y, 1, q), so that their product is the bound in scaled units.
/// </summary>
/// <remarks>
/// Let u = 2^-24, K = d + 2, x' the scaled point, X its squared norm. Rounding x' to float32 moves a squared distance by at most
/// 4u(X + Y)(1 + 2u); the K products and sums (fused or not) err by at most (K + 1)u/(1 - (K + 1)u) times the sum of the terms'
/// magnitudes, itself at most 2(X + Y)(1 + 3u); the two norms are rounded once. All of it, and the rounding of the float64 distances,
/// is below (2K + 16)u(X + Y) 1.01 while K is below 2^16. The bound splits over the two points, so q = X - (2K + 16)u 1.01 X;
/// a further 1e-35 covers underflow. Larger K makes the bound useless but not wrong: q is then minus infinity.
/// </remarks>
internal sealed class DistanceScreen
{
    public const int TileRows = 8;
    public const int PanelColumns = 32;

    private const int LargestDepth = 1 << 16;
    private readonly float[] _values;
    private readonly float[] _norms;
    private readonly double _squaredScale;
    private readonly int _dimension;

    public DistanceScreen(PointSet points)
    {
        int n = points.Count;
        _dimension = points.Dimension;
        Depth = _dimension + 2;
        _values = new float[checked(n * _dimension)];
        _norms = new float[n];
        double[] centre = Centre(points);
        double largest = 0.0;
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<double> row = points.Row(i);
            for (int j = 0; j < row.Length; j++)
            {
                largest = Math.Max(largest, Math.Abs(row[j] - centre[j]));
            }
        }

        double scale = largest == 0 ? 1 : Math.ScaleB(1, Math.Clamp(-Math.ILogB(largest) - 1, -505, 505));
        _squaredScale = scale * scale;
        double slack = Depth < LargestDepth ? ((2 * Depth) + 16) * 1.01 / (1 << 24) : double.PositiveInfinity;
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<double> row = points.Row(i);
            double norm = 0.0;
            for (int j = 0; j < row.Length; j++)
            {
                float value = (float)((row[j] - centre[j]) * scale);
                _values[(i * _dimension) + j] = value;
                norm += (double)value * value;
            }

            _norms[i] = double.IsInfinity(slack) ? float.NegativeInfinity : MathF.BitDecrement((float)(norm - (slack * norm) - 1e-35));
        }
    }

    /// <summary>Numbers per packed row or column.</summary>
    public int Depth { get; }

    public int TileLength => Depth * TileRows;

    public int PanelLength => Depth * PanelColumns;

    /// <summary>The value below which a bound leaves a squared distance below <paramref name="squared"/> possible.</summary>
    public float Threshold(double squared) =>
        squared > 0 ? MathF.BitIncrement((float)(squared * _squaredScale * (1 + 1e-15))) : float.NegativeInfinity;

    /// <summary>The same for a distance that is not squared.</summary>
    public float HeightThreshold(double height) => height > 0 ? Threshold(height * height * (1 + 1e-15)) : float.NegativeInfinity;

    /// <summary>Packs up to 8 rows as a tile [K, 8]; missing ones are infinitely far.</summary>
    public void PackTile(ReadOnlySpan<int> rows, Span<float> tile) => Pack(rows, tile, TileRows, -2, normIndex: _dimension);

    /// <summary>Packs up to 32 columns as a panel [K, 32]; missing ones are infinitely far.</summary>
    public void PackPanel(ReadOnlySpan<int> columns, Span<float> panel) => Pack(columns, panel, PanelColumns, 1, normIndex: _dimension + 1);

    /// <summary>All points in the given order as panels.</summary>
    public float[] PackPanels(ReadOnlySpan<int> order)
    {
        float[] panels = new float[checked((order.Length + PanelColumns - 1) / PanelColumns * PanelLength)];
        for (int i = 0; i < order.Length; i += PanelColumns)
        {
            PackPanel(order.Slice(i, Math.Min(PanelColumns, order.Length - i)), panels.AsSpan(i / PanelColumns * PanelLength, PanelLength));
        }

        return panels;
    }

    private static double[] Centre(PointSet points)
    {
        double[] centre = new double[points.Dimension];
        for (int i = 0; i < points.Count; i++)
        {
            ReadOnlySpan<double> row = points.Row(i);
            for (int j = 0; j < row.Length; j++)
            {
                centre[j] += row[j] / points.Count;
            }
        }

        return centre;
    }

    private void Pack(ReadOnlySpan<int> items, Span<float> target, int width, float factor, int normIndex)
    {
        target.Clear();
        for (int i = 0; i < items.Length; i++)
        {
            Span<float> row = _values.AsSpan(items[i] * _dimension, _dimension);
            for (int j = 0; j < row.Length; j++)
            {
                target[(j * width) + i] = factor * row[j];
            }
        }

        for (int i = 0; i < width; i++)
        {
            target[(_dimension * width) + i] = 1;
            target[((_dimension + 1) * width) + i] = 1;
            target[(normIndex * width) + i] = i < items.Length ? _norms[items[i]] : float.PositiveInfinity;
        }
    }
}
