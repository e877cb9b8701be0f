using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Pipeline.Keys;

/// <summary>The content hash of everything that a target's outputs depend on, with the document that was hashed.</summary>
/// <param name="Hash">SHA-256 of the document as canonical JSON.</param>
/// <param name="Document">
/// <c>{keyFormat, stage, code, parameters, inputs, numerics}</c>: an input is the digest of a file, or a map from file name to digest
/// for a folder; numerics only for stages on tensors. No path, address, clock, host, user or job count.
/// </param>
public sealed record TargetKey(ContentHash Hash, JsonObject Document)
{
    /// <summary>The version of the document's form. A change makes every earlier result a miss.</summary>
    public const int Format = 1;

    /// <summary>The key of a target whose inputs are known.</summary>
    /// <param name="target">The target.</param>
    /// <param name="context">Code and numerics.</param>
    /// <param name="outputsOf">Address to the outputs that its run left.</param>
    /// <exception cref="UserErrorException">An input names a file that its source does not write.</exception>
    public static TargetKey Of(Target target, KeyContext context, Func<string, IReadOnlyDictionary<string, OutputFile>> outputsOf)
    {
        JsonObject document = Own(target, context);
        JsonObject inputs = [];
        foreach ((string role, TargetInput input) in target.Inputs)
        {
            inputs[role] = Input(target, role, input, outputsOf(input.TargetAddress));
        }

        document["inputs"] = inputs;
        return new TargetKey(CanonicalJson.Hash(document), document);
    }

    /// <summary>The document without its inputs: what is known before anything upstream has run.</summary>
    public static JsonObject Own(Target target, KeyContext context)
    {
        JsonObject document = new()
        {
            ["keyFormat"] = Format,
            ["stage"] = target.StageName,
            ["code"] = context.CodeOf(target.StageName).Hex,
            ["parameters"] = target.Parameters.DeepClone(),
        };
        if (target.Resources.UsesTensors)
        {
            document["numerics"] = (context.Numerics
                ?? throw new InvalidOperationException($"The stage '{target.StageName}' computes on tensors, but the run has no numerics.")).DeepClone();
        }

        return document;
    }

    private static JsonNode Input(Target target, string role, TargetInput input, IReadOnlyDictionary<string, OutputFile> outputs)
    {
        if (input.File is null)
        {
            return new JsonObject(outputs.Select(output => KeyValuePair.Create<string, JsonNode?>(output.Key, output.Value.Digest.Hex)));
        }

        return outputs.TryGetValue(input.File, out OutputFile file)
            ? file.Digest.Hex
            : throw new UserErrorException(
                $"The target '{target.Address}' reads the file '{input.File}' of '{input.TargetAddress}' as '{role}', but that target does not write it.",
                target.Address,
                NearestName.Hint(input.File, [.. outputs.Keys]),
                ExitCode.TargetFailed);
    }
}
