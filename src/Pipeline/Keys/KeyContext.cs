using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Code;

namespace NaturalThoughts.Pipeline.Keys;

/// <summary>What all keys of a run share: the code of each stage, and the numerics of stages on tensors.</summary>
/// <param name="CodeOf">Stage name to the code digest of the library that holds the stage.</param>
public sealed record KeyContext(Func<string, ContentHash> CodeOf)
{
    /// <summary>
    /// Device class, libtorch's build ids and the numerics class, such as
    /// <c>{"device": "cpu", "libtorch": ["..."], "class": "portable/..."}</c>: part of the key of every tensor stage.
    /// </summary>
    public JsonObject? Numerics { get; init; }

    /// <summary>Takes the code of each stage from the identity of the library that its class lives in.</summary>
    public static KeyContext From(CodeIdentity identity, Func<string, IStage> catalog, JsonObject? numerics) =>
        new(stage => identity.DigestOf(catalog(stage))) { Numerics = numerics };
}
