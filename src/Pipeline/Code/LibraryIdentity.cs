using System.Text.Json;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Pipeline.Code;

/// <summary>What the results of a library's stages depend on: its own types, those of the project libraries below it, and packages.</summary>
public sealed record LibraryIdentity
{
    /// <summary>The library's name, such as <c>NaturalThoughts.Selection</c>.</summary>
    public required string Name { get; init; }

    /// <summary><c>Library/Full.Type.Name</c> to the digest of the type, for the library and every project library that it references.</summary>
    public required SortedDictionary<string, ContentHash> Types { get; init; }

    /// <summary>Package and version to content hash, as the lock file of restore names them.</summary>
    public required SortedDictionary<string, string> Packages { get; init; }

    /// <summary>The project libraries that it references, directly or not, in ordinal order.</summary>
    public required IReadOnlyList<string> References { get; init; }

    /// <summary>The digest over all of it: the code part of a key.</summary>
    public ContentHash Digest => CanonicalJson.Hash(ToJson());

    /// <summary>The identity as JSON.</summary>
    public JsonObject ToJson() => new()
    {
        ["name"] = Name,
        ["types"] = new JsonObject(Types.Select(type => KeyValuePair.Create<string, JsonNode?>(type.Key, type.Value.Hex))),
        ["packages"] = new JsonObject(Packages.Select(package => KeyValuePair.Create<string, JsonNode?>(package.Key, package.Value))),
        ["references"] = new JsonArray([.. References.Select(reference => JsonValue.Create(reference))]),
    };

    internal static LibraryIdentity? TryRead(ReadOnlySpan<byte> text)
    {
        try
        {
            return FromJson(JsonNode.Parse(text)!.AsObject());
        }
        catch (Exception e) when (e is JsonException or NullReferenceException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    internal static LibraryIdentity FromJson(JsonObject json) => new()
    {
        Name = (string)json["name"]!,
        Types = new(json["types"]!.AsObject().ToDictionary(type => type.Key, type => ContentHash.Parse((string)type.Value!)), StringComparer.Ordinal),
        Packages = new(json["packages"]!.AsObject().ToDictionary(package => package.Key, package => (string)package.Value!), StringComparer.Ordinal),
        References = [.. json["references"]!.AsArray().Select(reference => (string)reference!)],
    };
}
