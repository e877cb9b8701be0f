namespace NaturalThoughts.Selection.Hdbscan;

/// <summary>Union by size with path halving.</summary>
internal sealed class DisjointSets
{
    private readonly int[] _parents;
    private readonly int[] _sizes;

    public DisjointSets(int n)
    {
        _parents = new int[n];
        _sizes = new int[n];
        for (int i = 0; i < n; i++)
        {
            _parents[i] = i;
            _sizes[i] = 1;
        }
    }

    public int Find(int x)
    {
        while (_parents[x] != x)
        {
            x = _parents[x] = _parents[_parents[x]];
        }

        return x;
    }

    /// <summary>False when both were in one set already.</summary>
    public bool Union(int a, int b)
    {
        a = Find(a);
        b = Find(b);
        if (a == b)
        {
            return false;
        }

        if (_sizes[a] < _sizes[b])
        {
            (a, b) = (b, a);
        }

        _parents[b] = a;
        _sizes[a] += _sizes[b];
        return true;
    }
}
