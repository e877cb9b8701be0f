using System.Runtime.ExceptionServices;
using NaturalThoughts.Checkpoints.Templates.Bounds;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints.Templates.Values;

/// <summary>Python's sorted(): items that compare as equal keep their order, in reverse as well.</summary>
internal static class Sorting
{
    public static T[] Stable<T>(Rendering run, IEnumerable<T> items, Func<T, object?> key, bool reverse = false)
    {
        (T Item, object? Key)[] keyed = [.. items.Select(item => (item, key(item)))];
        Comparer<object?> order = Comparer<object?>.Create((a, b) => Comparison.Order(run, a, b));
        try
        {
            return [.. (reverse ? keyed.OrderByDescending(pair => pair.Key, order) : keyed.OrderBy(pair => pair.Key, order)).Select(pair => pair.Item)];
        }
        catch (InvalidOperationException error) when (error.InnerException is UserErrorException inner)
        {
            ExceptionDispatchInfo.Throw(inner);
            throw;
        }
    }
}
