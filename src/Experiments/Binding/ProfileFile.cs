using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments.Yaml;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Reads a profile's file and those that it extends.</summary>
internal static class ProfileFile
{
    /// <summary>The merged map, keys of the named file on top; null after an error.</summary>
    public static YamlMap? Read(ExperimentFiles files, string profile, ErrorList errors)
    {
        if (!files.Profiles.Contains(profile, StringComparer.Ordinal))
        {
            string hint = files.Profiles.Count == 0 ? "experiments/profiles holds no YAML file." : NearestName.Hint(profile, files.Profiles);
            string path = files.PathOf(Path.Combine("profiles", profile + ".yaml"));
            throw RegularFile.KindOf(path) is { } kind
                ? new UserErrorException($"The file of the profile '{profile}' is {kind}, not a regular file.", "--profile", $"Replace {path}.")
                : new UserErrorException($"There is no profile '{profile}'.", "--profile", hint);
        }

        List<string> chain = [profile + ".yaml"];
        YamlMap? top = One(files, chain[0], errors);
        List<YamlMap?> maps = [top];
        while (top?.Find("extends") is { } below)
        {
            if (NodeReader.Text(below, "extends", errors) is not { } name)
            {
                return null;
            }

            if (chain.Contains(name))
            {
                string cycle = string.Join(" -> ", chain.SkipWhile(file => file != name).Append(name));
                errors.Add(below.At, $"These profiles extend each other: {cycle}.", "Remove one of the links.");
                return null;
            }

            if (!files.Profiles.Contains(Path.ChangeExtension(name, null)) || !name.EndsWith(".yaml", StringComparison.Ordinal))
            {
                errors.Add(below.At, $"There is no profile file '{name}'.", NearestName.Hint(name, [.. files.Profiles.Select(known => known + ".yaml")]));
                return null;
            }

            chain.Add(name);
            top = One(files, name, errors);
            maps.Add(top);
        }

        // From the one below all up: a source that another took the place of leaves nothing behind.
        return top is null ? null : Enumerable.Reverse(maps).Aggregate((below, above) => below!.With(above!, SourceReader.Replaces));
    }

    private static YamlMap? One(ExperimentFiles files, string name, ErrorList errors) =>
        YamlReader.Read(files.PathOf(Path.Combine("profiles", name)), $"{ExperimentFiles.Folder}/profiles/{name}", errors);
}
