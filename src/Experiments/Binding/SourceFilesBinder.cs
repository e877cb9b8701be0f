using System.Text.RegularExpressions;
using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments.Benchmarks;
using NaturalThoughts.Experiments.Yaml;
using NaturalThoughts.Sources.Reading;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Binds <c>source</c>: files of somebody else.</summary>
internal static partial class SourceFilesBinder
{
    /// <summary>Stands for a digest that is not known.</summary>
    public const string Unknown = "unknown";

    /// <summary>The files; null after an error.</summary>
    public static SourceFiles? Bind(MapReader parent)
    {
        int before = parent.Errors.Count;
        if (parent.Map("source") is not { } reader)
        {
            return null;
        }

        SortedDictionary<string, string?> files = new(StringComparer.Ordinal);
        foreach ((YamlScalar key, YamlNode value) in reader.Entries("files"))
        {
            string? digest = NodeReader.Text(value, key.Value, reader.Errors);
            if (key.Value.Length == 0 || Path.IsPathRooted(key.Value) || key.Value.Split('/').Contains(".."))
            {
                reader.Errors.Add(key.At, $"'{key.Value}' is not a path below the data folder.", "Write a relative path without '..'.");
            }
            else if (digest is not null && digest != Unknown && !ContentHash.TryParse(digest, out _))
            {
                reader.Errors.Add(value.At, $"'{digest}' is not a SHA-256 digest.", $"Write its 64 lower-case hexadecimal digits, or '{Unknown}'.");
            }
            else
            {
                files[key.Value] = digest == Unknown ? null : digest;
            }
        }

        string? format = reader.Text("format");
        IReadOnlyList<YamlScalar> entries = reader.Texts("entries");
        long? rows = reader.Long("rows");
        HubFolder? hub = Hub(reader);
        string? from = reader.Text("from");
        string? licence = reader.Text("licence");
        return reader.Errors.Count > before
            ? null
            : new SourceFiles
            {
                Files = files,
                Format = format!,
                Entries = entries.Count > 0 ? [.. entries.Select(entry => entry.Value)] : null,
                Rows = rows,
                Hub = hub,
                From = from,
                Licence = licence,
            };
    }

    private static HubFolder? Hub(MapReader source)
    {
        if (source.Map("hub") is not { } reader)
        {
            return null;
        }

        string? dataset = reader.Text("dataset");
        if (dataset is not null && !Dataset().IsMatch(dataset))
        {
            reader.Errors.Add(reader.AtOf("dataset"), $"'{dataset}' is not the name of a data set.", "Write OWNER/NAME, such as TIGER-Lab/MMLU-Pro.");
        }

        string revision = reader.Text("revision")!, folder = reader.Text("folder")!;
        return dataset is null ? null : new HubFolder(dataset, revision, folder.Trim('/'));
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9][A-Za-z0-9._-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Dataset();
}
