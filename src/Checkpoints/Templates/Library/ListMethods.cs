using NaturalThoughts.Checkpoints.Templates.Values;

namespace NaturalThoughts.Checkpoints.Templates.Library;

/// <summary>Methods of lists and tuples; the sandbox forbids those that change them.</summary>
internal static class ListMethods
{
    /// <summary>A method; null when it is not supported.</summary>
    public static FunctionValue? Find(ListValue list, string name) => name switch
    {
        "count" => new FunctionValue(name, arguments =>
        {
            object? wanted = arguments.Bind(1, "value").Get(0);
            return list.Items.LongCount(item => Comparison.AreEqual(arguments.Run, item, wanted));
        }),
        "index" => new FunctionValue(name, arguments =>
        {
            object? wanted = arguments.Bind(1, "value").Get(0);
            for (int i = 0; i < list.Items.Count; i++)
            {
                if (Comparison.AreEqual(arguments.Run, list.Items[i], wanted))
                {
                    return (long)i;
                }
            }

            throw arguments.Run.Error("'index' finds no such item.");
        }),
        _ => null,
    };
}
