using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments.Yaml;

namespace NaturalThoughts.Experiments.DeclaredFindings;

/// <summary>Reads the files of findings: all of them for their keys, that of the profile for its cells.</summary>
internal static class FindingsFile
{
    /// <summary>The findings of a profile; null where it has none, or after an error.</summary>
    /// <param name="files">Where experiments are declared.</param>
    /// <param name="profile">The profile; null after an error in it.</param>
    /// <param name="profileName">Its name.</param>
    /// <param name="tables">Its tables; null where some of them could not be read.</param>
    /// <param name="errors">Where errors go.</param>
    public static FindingsSettings? Read(ExperimentFiles files, Profile? profile, string profileName, IReadOnlyList<TableSettings>? tables, ErrorList errors)
    {
        FindingsSettings? found = null;
        string own = files.Findings.Contains(ExperimentFiles.FindingsOf(profileName))
            ? ExperimentFiles.FindingsOf(profileName)
            : ExperimentFiles.FindingsOf(null);
        foreach (string file in files.Findings)
        {
            string shown = $"{ExperimentFiles.Folder}/{file}";
            if (file.Split('.') is [_, var name, _] && !files.Profiles.Contains(name))
            {
                errors.Add(new Mark(shown, 1, 1), $"There is no profile '{name}' for these findings.", NearestName.Hint(name, files.Profiles));
            }

            if (YamlReader.Read(files.PathOf(file), shown, errors) is not { } map)
            {
                continue;
            }

            FindingsBinder binder = new(map, files, errors);
            if (file == own && profile is not null && binder.IsFor(profileName))
            {
                found = binder.Bind(profile, tables, file, ContentHash.OfFile(files.PathOf(file)));
            }
            else
            {
                binder.Bind(null, null, file, default);
            }
        }

        return found;
    }
}
