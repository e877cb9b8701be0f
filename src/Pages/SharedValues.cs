using System.Text.Json.Nodes;

namespace NaturalThoughts.Pages;

/// <summary>Values that many share, each of them once.</summary>
internal sealed class SharedValues
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    /// <summary>The values, in the order in which they came.</summary>
    public JsonArray Values { get; } = [];

    /// <summary>The place of a value among <see cref="Values"/>.</summary>
    public int Place(JsonNode? value)
    {
        string text = value?.ToJsonString() ?? "null";
        if (!_places.TryGetValue(text, out int place))
        {
            place = Values.Count;
            _places.Add(text, place);
            Values.Add(value?.DeepClone());
        }

        return place;
    }
}
