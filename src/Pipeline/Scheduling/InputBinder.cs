using System.Globalization;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Pipeline.Scheduling;

/// <summary>
/// Puts a target's inputs into a scratch folder as hard links to verified objects, under the names that their stages gave them.
/// </summary>
internal static class InputBinder
{
    /// <param name="settings">The store, and the shared cache that has what the store lacks.</param>
    /// <param name="scratch">Where the links go.</param>
    /// <param name="node">The target, whose key is known.</param>
    /// <param name="incomplete">Receives the addresses of producers with an output that is missing or was damaged.</param>
    /// <param name="cancellation">Stops taking objects.</param>
    public static async Task<Dictionary<string, string>> BindAsync(
        RunSettings settings, ScratchFolder scratch, RunNode node, List<string> incomplete, CancellationToken cancellation)
    {
        Dictionary<string, string> bound = new(StringComparer.Ordinal);
        foreach ((string role, TargetInput input) in node.Target.Inputs.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            string folder = scratch.Subfolder("in" + bound.Count.ToString(CultureInfo.InvariantCulture));
            IReadOnlyDictionary<string, OutputFile> outputs = node.Bound[input.TargetAddress];
            foreach (string name in input.File is { } only ? [only] : outputs.Keys)
            {
                OutputFile file = outputs[name];
                string? source = settings.Store.Find(file);
                if (source is null && settings.Shared is { } shared && await shared.PullAsync(file, cancellation).ConfigureAwait(false))
                {
                    source = settings.Store.Find(file);
                }

                if (source is not null)
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

            bound.Add(role, input.File is { } named ? Path.Combine(folder, named) : folder);
        }

        foreach ((string role, string folder) in node.Target.Sources)
        {
            bound.Add(role, folder);
        }

        return bound;
    }
}
