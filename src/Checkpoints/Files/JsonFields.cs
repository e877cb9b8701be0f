using System.Text.Json;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints.Files;

/// <summary>Typed access to the fields of one JSON object; errors are collected, so that a file shows all of them at once.</summary>
public sealed class JsonFields(JsonObject json, string location)
{
    private readonly List<UserError> _errors = [];

    /// <summary>True when the field is there and not null.</summary>
    public bool Has(string key) => json[key] is not null;

    /// <summary>Records an error at a field.</summary>
    public void Error(string key, string message, string? hint = null) => _errors.Add(new UserError(message, $"{location}: {key}", hint));

    /// <summary>Takes over the errors of a nested object.</summary>
    public void Add(JsonFields nested) => _errors.AddRange(nested._errors);

    /// <exception cref="UserErrorException">At least one error was recorded.</exception>
    public void ThrowIfAny()
    {
        if (_errors.Count > 0)
        {
            throw new UserErrorException(_errors);
        }
    }

    /// <summary>A whole number of at least <paramref name="least"/>; absent or null gives the default, and an error where there is none.</summary>
    public int Integer(string key, int? absent, int least)
    {
        if (!Has(key))
        {
            return absent ?? Missing(key);
        }

        if (Whole(json[key]) is not { } value || value < least)
        {
            Error(key, $"'{key}' is {Text(key)}; a whole number of at least {least} is needed.");
            return least;
        }

        return value;
    }

    /// <summary>A finite number greater than zero.</summary>
    public double Positive(string key, double absent)
    {
        if (!Has(key))
        {
            return absent;
        }

        if (json[key] is JsonValue node && node.GetValueKind() == JsonValueKind.Number && Number(node) is { } value && double.IsFinite(value) && value > 0)
        {
            return value;
        }

        Error(key, $"'{key}' is {Text(key)}; a number above zero is needed.");
        return absent;
    }

    /// <summary>A field that must be true or false; <paramref name="absent"/> where it is missing or null.</summary>
    public bool Boolean(string key, bool absent)
    {
        if (!Has(key))
        {
            return absent;
        }

        switch (json[key]!.GetValueKind())
        {
            case JsonValueKind.True:
                return true;
            case JsonValueKind.False:
                return false;
            default:
                Error(key, $"'{key}' is {Text(key)}; true or false is needed.");
                return absent;
        }
    }

    /// <summary>A field that must be a string; null where it is missing or null.</summary>
    public string? String(string key)
    {
        if (!Has(key))
        {
            return null;
        }

        if (json[key]!.GetValueKind() == JsonValueKind.String)
        {
            return json[key]!.GetValue<string>();
        }

        Error(key, $"'{key}' is {Text(key)}; a string is needed.");
        return null;
    }

    /// <summary>A token id; an explicit null gives null, absence the default.</summary>
    public int? TokenId(string key, int? absent)
    {
        if (!json.ContainsKey(key))
        {
            return absent;
        }

        return Has(key) ? Integer(key, null, 0) : null;
    }

    /// <summary>Token ids, given as one number, as a list, or as null (none).</summary>
    public IReadOnlyList<int> TokenIds(string key, IReadOnlyList<int> absent)
    {
        if (!json.ContainsKey(key))
        {
            return absent;
        }

        switch (json[key])
        {
            case null:
                return [];
            case JsonArray list:
                List<int> ids = [];
                foreach (JsonNode? item in list)
                {
                    if (Whole(item) is { } id and >= 0)
                    {
                        ids.Add(id);
                    }
                    else
                    {
                        Error(key, $"'{key}' is {Text(key)}; token ids are needed.");
                        return absent;
                    }
                }

                return ids;
            default:
                return [Integer(key, null, 0)];
        }
    }

    /// <summary>An object's fields; null when absent, null or anything else (which is an error).</summary>
    public JsonObject? Object(string key)
    {
        if (!Has(key) || json[key] is JsonObject)
        {
            return json[key] as JsonObject;
        }

        Error(key, $"'{key}' is {Text(key)}; an object is needed.");
        return null;
    }

    /// <summary>The field's JSON text, cut to a readable length.</summary>
    public string Text(string key)
    {
        string text = json[key]?.ToJsonString() ?? "null";
        return Quoted.Of(text, 80);
    }

    private static int? Whole(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.Number && Number(value) is { } number
        && number == Math.Floor(number) && Math.Abs(number) <= int.MaxValue
            ? (int)number
            : null;

    // A node that came from text and one that came from code answer to different types, so the JSON text is the common ground.
    private static double? Number(JsonValue node) =>
        double.TryParse(node.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture, out double value) ? value : null;

    private int Missing(string key)
    {
        Error(key, $"'{key}' is missing.");
        return 1;
    }
}
