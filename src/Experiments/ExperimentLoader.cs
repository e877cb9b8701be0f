using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments.Binding;
using NaturalThoughts.Experiments.DeclaredFindings;
using NaturalThoughts.Experiments.Yaml;

namespace NaturalThoughts.Experiments;

/// <summary>Reads a profile and all tables from YAML.</summary>
public static class ExperimentLoader
{
    /// <summary>The profile with the tables that exist under it.</summary>
    /// <param name="folder">The repository's folder experiments, with profiles, tables and prompts.</param>
    /// <param name="profile">The profile's name, or that of a <see cref="ProfileVariant"/>.</param>
    /// <exception cref="UserErrorException">
    /// Anything is wrong in any of the files: all errors at once, in the order of files, lines and columns, each with its place and a hint.
    /// </exception>
    public static ExperimentSet Load(string folder, string profile) => Load(new ExperimentFiles(folder), profile);

    /// <inheritdoc cref="Load(string, string)" />
    public static ExperimentSet Load(ExperimentFiles files, string profile)
    {
        ErrorList errors = new();
        ProfileVariant variant = ProfileVariant.Of(profile, []);
        Profile? bound = ProfileFile.Read(files, variant.Base, errors) is { } map
            ? ProfileBinder.Bind(variant.Apply(map, errors), variant.Base, files, errors)
            : null;
        List<TableSettings> tables = [];
        List<YamlScalar> names = [];
        IEnumerable<(string File, string Name, bool Counts)> all = files.Tables.Select(name => ("tables/" + name, name, bound is null or { Tables.Count: 0 }))
            .Concat(
                files.TableVariants.SelectMany(variant =>
                    files.TablesOf(variant).Select(name => ($"tables/{name}.{variant}", name, bound?.Tables.Contains(variant) == true))));
        foreach ((string file, string fileName, bool counts) in all)
        {
            if (YamlReader.Read(files.PathOf(file + ".yaml"), $"{ExperimentFiles.Folder}/{file}.yaml", errors) is not { } table)
            {
                continue;
            }

            if (counts && table.Find("name") is YamlScalar name)
            {
                if (name.Value == fileName && names.FirstOrDefault(other => other.Value == name.Value) is { } twice)
                {
                    errors.Add(
                        name.At, $"The profile has two tables '{name.Value}', the other one in {twice.At.File}.",
                        "Give one of them another name, or take one out of 'tables'.");
                }

                names.Add(name);
            }

            // One that does not count under this profile is read for its keys alone.
            if (TableBinder.Bind(table, fileName, counts ? bound : null, variant.Base, files, errors) is { } settings)
            {
                tables.Add(settings with { File = file + ".yaml" });
            }
        }

        NameRules.CheckCase(names, "table", errors);
        FindingsSettings? findings = FindingsFile.Read(files, bound, variant.Name, errors.Count == 0 ? tables : null, errors);
        errors.ThrowIfAny();
        return new ExperimentSet(bound! with { Name = variant.Name }, [.. tables.OrderBy(table => table.Name, StringComparer.Ordinal)]) { Findings = findings };
    }
}
