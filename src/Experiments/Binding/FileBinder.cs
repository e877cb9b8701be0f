using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments.Benchmarks;
using NaturalThoughts.Experiments.Data;
using NaturalThoughts.Experiments.Keys;
using NaturalThoughts.Experiments.Yaml;
using NaturalThoughts.Sources.Reading;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Binds the files that a source reads: <c>file</c>, <c>sha256</c> and <c>entries</c>.</summary>
internal static class FileBinder
{
    /// <summary>The files; null after an error. A path counts from the checkout's root; a folder stands for all of its files with rows.</summary>
    /// <param name="reader">The map with the key <c>file</c>.</param>
    /// <param name="files">Where the experiments are.</param>
    public static OutsideFiles? Bind(MapReader reader, ExperimentFiles files)
    {
        if (reader.Text(SourceKeys.File) is not { } text)
        {
            return null;
        }

        string path = files.Find(text);
        int before = reader.Errors.Count;
        bool isFolder = Directory.Exists(path) || (reader.Find("sha256") is YamlMap && !File.Exists(path));
        Dictionary<string, string?> declared = Names(path, isFolder).ToDictionary(name => name, _ => (string?)null, StringComparer.Ordinal);
        if (reader.Find("sha256") is YamlMap digests && isFolder)
        {
            // A folder may be declared whole: then it need not be there.
            foreach ((YamlScalar name, YamlNode digest) in digests.Entries)
            {
                declared[name.Value] = Digest(digest, reader.Errors);
                if (Path.IsPathRooted(name.Value) || name.Value.Split('/').Contains(".."))
                {
                    reader.Errors.Add(name.At, $"'{name.Value}' is not a file below the folder '{text}'.", "Write a relative path without '..'.");
                }
            }
        }
        else if (reader.Find("sha256") is { } digest && !isFolder)
        {
            declared[Path.GetFileName(path)] = Digest(digest, reader.Errors);
        }
        else if (reader.Find("sha256") is not null)
        {
            reader.Errors.Add(reader.AtOf("sha256"), $"'{text}' is a folder, which has no digest of its own.", "Write 'sha256: {name: digest}' for its files.");
        }

        string folder = isFolder ? path : Path.GetDirectoryName(path)!;
        foreach ((string name, _) in declared.Where(file => file.Value is null && !File.Exists(Path.Combine(folder, file.Key))))
        {
            files.Lacks(
                reader.Errors, reader.AtOf(SourceKeys.File), $"There is no file '{Path.Combine(folder, name)}'.",
                "Give its path from the checkout's root or as a whole path; with 'sha256' a plan can be made without it.");
        }

        if (declared.Count == 0)
        {
            reader.Errors.Add(
                reader.AtOf(SourceKeys.File), $"The folder '{path}' has no file with rows.",
                $"These are read: {string.Join(", ", RowFormats.Known)}; each may be packed with gzip or zip.");
        }

        return reader.Errors.Count > before ? null : new OutsideFiles(SourceOptions.Role, folder, declared, SourceFiles.DigestKey);
    }

    /// <summary>The parameters of the files, without their digests.</summary>
    public static void AddTo(JsonObject parameters, MapReader reader, string format, IReadOnlyList<string>? entries)
    {
        JsonObject source = new() { [StageParameters.Name(nameof(SourceOptions.Format))] = format };
        IReadOnlyList<string>? chosen = reader.Find("entries") is null ? entries : [.. reader.Texts("entries").Select(entry => entry.Value)];
        if (chosen is not null)
        {
            source[StageParameters.Name(nameof(SourceOptions.Entries))] = new JsonArray([.. chosen.Select(entry => (JsonNode)entry)]);
        }

        parameters[SourceFiles.Parameter] = source;
    }

    /// <summary>How the rows are written, by the ending of a name: <c>train.jsonl.gz</c> holds JSON lines; null where it says nothing.</summary>
    public static string? FormatOf(OutsideFiles files)
    {
        string name = files.Files.Keys.Order(StringComparer.Ordinal).First();
        return RowFormats.Known.FirstOrDefault(format => format == EndingOf(name));
    }

    private static IEnumerable<string> Names(string path, bool isFolder) =>
        !isFolder ? [Path.GetFileName(path)]
        : Directory.Exists(path)
        ? Directory.EnumerateFiles(path).Select(file => Path.GetFileName(file)!).Where(name => EndingOf(name) is not "").Order(StringComparer.Ordinal)
        : [];

    // Of a file with rows: of all else in a folder, such as README.md, it is empty.
    private static string EndingOf(string name)
    {
        string ending = Path.GetExtension(name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name[..^3] : name).TrimStart('.').ToLowerInvariant();
        return ending == "zip" || RowFormats.Known.Contains(ending) ? ending : "";
    }

    private static string? Digest(YamlNode node, ErrorList errors)
    {
        if (NodeReader.Text(node, "sha256", errors) is not { } text)
        {
            return null;
        }

        if (!ContentHash.TryParse(text, out _))
        {
            errors.Add(node.At, $"'{text}' is not a SHA-256 digest.", "Write 64 lower-case hexadecimal digits; `sha256sum` prints them.");
            return null;
        }

        return text;
    }
}
