using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments.Binding;
using NaturalThoughts.Experiments.Yaml;

namespace NaturalThoughts.Experiments;

/// <summary>Reads a profile and all tables from YAML.</summary>
public static class ExperimentLoader
{
    /// <summary>The profile with the tables that exist under it.</summary>
    /// <param name="folder">The repository's folder experiments, with profiles, tables and prompts.</param>
    /// <param name="profile">The profile's name.</param>
    /// <exception cref="UserErrorException">
    /// Anything is wrong in any of the files: all errors at once, in the order of files, lines and columns, each with its place and a hint.
    /// </exception>
    public static ExperimentSet Load(string folder, string profile) => Load(new ExperimentFiles(folder), profile);

    /// <inheritdoc cref="Load(string, string)" />
    public static ExperimentSet Load(ExperimentFiles files, string profile)
    {
        ErrorList errors = new();
        Profile? bound = ProfileFile.Read(files, profile, errors) is { } map ? ProfileBinder.Bind(map, profile, files, errors) : null;
        List<TableSettings> tables = [];
        List<YamlScalar> names = [];
        foreach (string file in files.Tables)
        {
            string shown = $"{ExperimentFiles.Folder}/tables/{file}.yaml";
            if (YamlReader.Read(files.PathOf(Path.Combine("tables", file + ".yaml")), shown, errors) is not { } table)
            {
                continue;
            }

            if (table.Find("name") is YamlScalar name)
            {
                names.Add(name);
            }

            Profile? under = bound is { Tables.Count: > 0 } && !bound.Tables.Contains(file) ? null : bound;
            if (TableBinder.Bind(table, file, under, profile, files, errors) is { } settings)
            {
                tables.Add(settings);
            }
        }

        NameRules.CheckCase(names, "table", errors);
        errors.ThrowIfAny();
        return new ExperimentSet(bound!, tables);
    }
}
