namespace NaturalThoughts.Checkpoints.Templates.Values;

/// <summary>What counts as true in Python.</summary>
internal static class Truth
{
    public static bool Of(object? value) => value switch
    {
        null or Undefined => false,
        bool truth => truth,
        long number => number != 0,
        double number => number != 0,
        string text => text.Length > 0,
        ListValue list => list.Items.Count > 0,
        MapValue map => map.Entries.Count > 0,
        MapView view => view.Map.Entries.Count > 0,
        RangeValue range => range.Count > 0,
        _ => true,
    };
}
