using NaturalThoughts.Checkpoints.Templates.Bounds;

namespace NaturalThoughts.Checkpoints.Templates.Values;

/// <summary>The variable <c>loop</c>: where a loop is. Items behind the current one are asked for only when somebody wants to know.</summary>
internal sealed class LoopValue(Rendering run, IEnumerable<object?> items, long? length) : IDisposable
{
    private readonly Queue<object?> _ahead = [];
    private readonly IEnumerator<object?> _items = items.GetEnumerator();
    private object? _before;
    private IReadOnlyList<object?>? _changed;
    private long? _length = length;
    private long _index = -1;

    /// <summary>The current item.</summary>
    public object? Current { get; private set; }

    /// <summary>True when there was an item.</summary>
    public bool Started => _index >= 0;

    private long Length => _length ??= _index + 1 + ReadAll();

    /// <summary>Goes to the next item; false when there is none.</summary>
    public bool Next()
    {
        if (!Peek())
        {
            return false;
        }

        _before = Current;
        Current = _ahead.Dequeue();
        _index++;
        return true;
    }

    /// <summary>An attribute; undefined when there is no such attribute.</summary>
    public object? Attribute(string name) => name switch
    {
        "index" => _index + 1,
        "index0" => _index,
        "revindex" => Length - _index,
        "revindex0" => Length - _index - 1,
        "first" => _index == 0,
        "last" => !Peek(),
        "length" => Length,
        "depth" => 1L,
        "depth0" => 0L,
        "previtem" => _index == 0 ? new Undefined("loop.previtem") : _before,
        "nextitem" => Peek() ? _ahead.Peek() : new Undefined("loop.nextitem"),
        "cycle" => new FunctionValue("loop.cycle", Cycle),
        "changed" => new FunctionValue("loop.changed", Changed),
        _ => new Undefined($"loop.{name}"),
    };

    /// <inheritdoc />
    public void Dispose() => _items.Dispose();

    private bool Peek()
    {
        if (_ahead.Count == 0 && _items.MoveNext())
        {
            _ahead.Enqueue(_items.Current);
        }

        return _ahead.Count > 0;
    }

    private int ReadAll()
    {
        while (_items.MoveNext())
        {
            _ahead.Enqueue(_items.Current);
        }

        return _ahead.Count;
    }

    private object? Cycle(Arguments arguments) => arguments.Positional.Count > 0 && arguments.Named.Count == 0
        ? arguments.Positional[(int)(_index % arguments.Positional.Count)]
        : throw run.Error("'loop.cycle' needs items.");

    private object? Changed(Arguments arguments)
    {
        if (_changed is not null && Comparison.AreEqual(run, new ListValue(_changed), new ListValue(arguments.Positional)))
        {
            return false;
        }

        _changed = arguments.Positional;
        return true;
    }
}
