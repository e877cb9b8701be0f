using System.Collections.Concurrent;

namespace NaturalThoughts.Contracts;

/// <summary>What stages of one process have in common while a run lasts: each thing is made once for its key. Safe for many threads.</summary>
public sealed class RunScope : IDisposable
{
    private readonly ConcurrentDictionary<(Type, object), Lazy<IDisposable>> _things = new();

    /// <summary>The thing of that key; the first who asks makes it.</summary>
    /// <param name="key">Compared by value; a thing of another type may have the same.</param>
    /// <param name="make">Makes it.</param>
    public T Get<T>(object key, Func<T> make)
        where T : class, IDisposable => (T)_things.GetOrAdd((typeof(T), key), _ => new Lazy<IDisposable>(make)).Value;

    /// <summary>Disposes of all things; nobody may use them any more.</summary>
    public void Dispose()
    {
        foreach (Lazy<IDisposable> thing in _things.Values)
        {
            thing.Value.Dispose();
        }

        _things.Clear();
    }
}
