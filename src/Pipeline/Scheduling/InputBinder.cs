using System.Globalization;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Pipeline.Scheduling;

/// <summary>
/// Puts a target's inputs into a scratch folder as hard links to verified objects, under the names that their stages gave them.
/// </summary>
internal static class InputBinder
{
    /// <param name="store">Where the objects are.</param>
    /// <param name="scratch">Where the links go.</param>
    /// <param name="node">The target, whose key is known.</param>
    /// <param name="incomplete">Receives the addresses of producers with an output that is missing or was damaged.</param>
    public static Dictionary<string, string> Bind(ObjectStore store, ScratchFolder scratch, RunNode node, List<string> incomplete)
    {
        Dictionary<string, string> bound = new(StringComparer.Ordinal);
        foreach ((string role, TargetInput input) in node.Target.Inputs.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            string folder = scratch.Subfolder("in" + bound.Count.ToString(CultureInfo.InvariantCulture));
            IReadOnlyDictionary<string, OutputFile> outputs = node.Bound[input.TargetAddress];
            foreach (string name in input.File is { } only ? [only] : outputs.Keys)
            {
                if (store.Find(outputs[name]) is { } source)
                {
                    string path = Path.Combine(folder, name);
                    Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                    HardLink.CreateOrCopy(source, path);
                }
                else if (!incomplete.Contains(input.TargetAddress))
                {
                    incomplete.Add(input.TargetAddress);
                }
            }

            bound.Add(role, input.File is { } file ? Path.Combine(folder, file) : folder);
        }

        return bound;
    }
}
