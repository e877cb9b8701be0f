using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Pipeline.Graph;

/// <summary>
/// What targets are made of, whatever the addresses they are at: targets with the same definition have the same key, whatever it will be, so one run
/// makes them all. Each is computed when it is asked for, and once.
/// </summary>
/// <param name="targets">Address to target, with all that they read from, without cycles.</param>
public sealed class TargetDefinitions(IReadOnlyDictionary<string, Target> targets)
{
    private readonly Dictionary<string, ContentHash> _known = new(StringComparer.Ordinal);

    /// <summary>A hash of a target and all above it, without addresses.</summary>
    public ContentHash Of(string address)
    {
        lock (_known)
        {
            Stack<string> open = new([address]);
            while (!_known.ContainsKey(address) && open.TryPeek(out string? next))
            {
                string[] before = [.. targets[next].Dependencies.Where(dependency => !_known.ContainsKey(dependency))];
                foreach (string dependency in before)
                {
                    open.Push(dependency);
                }

                if (before.Length == 0)
                {
                    _known.TryAdd(next, Define(targets[next]));
                    open.Pop();
                }
            }

            return _known[address];
        }
    }

    private ContentHash Define(Target target) => CanonicalJson.Hash(new JsonObject
    {
        ["stage"] = target.StageName,
        ["parameters"] = target.Parameters.DeepClone(),
        ["inputs"] = new JsonObject(target.Inputs.Select(input =>
            KeyValuePair.Create<string, JsonNode?>(input.Key, new JsonArray(_known[input.Value.TargetAddress].Hex, input.Value.File)))),
    });
}
