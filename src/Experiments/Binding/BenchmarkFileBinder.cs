using System.Globalization;
using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments.Benchmarks;
using NaturalThoughts.Experiments.Keys;
using NaturalThoughts.Experiments.Yaml;
using NaturalThoughts.Sources.Mapping;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Reads experiments/benchmarks/NAME.yaml.</summary>
internal static class BenchmarkFileBinder
{
    /// <summary>The folder of the files below experiments.</summary>
    public const string Folder = "benchmarks";

    /// <summary>The benchmark; null after an error.</summary>
    /// <param name="files">The experiments' files.</param>
    /// <param name="path">The file's path below experiments, such as <c>benchmarks/MATH-500.yaml</c>.</param>
    /// <param name="protocols">The ids of all protocols; null where they are not looked at.</param>
    /// <param name="errors">Where errors go.</param>
    public static BenchmarkFile? Read(ExperimentFiles files, string path, IReadOnlyCollection<string>? protocols, ErrorList errors) =>
        YamlReader.Read(files.PathOf(path), $"{ExperimentFiles.Folder}/{path}", errors) is { } map
            ? Bind(new MapReader(map, "the benchmark", BenchmarkShapes.Benchmark, errors), files, Path.GetFileNameWithoutExtension(path), protocols)
            : null;

    private static BenchmarkFile? Bind(MapReader reader, ExperimentFiles files, string fileName, IReadOnlyCollection<string>? known)
    {
        int before = reader.Errors.Count;
        string? name = reader.Text("name");
        if (name is not null && name != fileName)
        {
            reader.Errors.Add(reader.AtOf("name"), $"The benchmark is called '{name}', but its file is '{fileName}.yaml'.", "Give both the same name.");
        }

        int? version = reader.Integer("version");
        string? description = reader.Text("description");
        SourceFiles? source = SourceFilesBinder.Bind(reader);
        QuestionMap? map = FieldMapBinder.Bind(reader, graded: true);
        string? answer = reader.Text("answer");
        int? options = reader.Integer("options");
        if (map is not null && options is { } count && map.Options is null != (count == 0))
        {
            reader.Errors.Add(
                reader.AtOf("options"), $"'options' is {count}, but the map has {(map.Options is null ? "none" : "some")}.",
                "Give the most options of a question; 0 for free answers.");
        }

        string? prompt = PromptFile(reader, "prompt", files, hasOptions: options > 0);
        IReadOnlyList<string> phrasings = RepeatsBinder.Phrasings(reader, files, options > 0);
        FewShotSettings? fewShot = FewShot(reader, files, options > 0);
        bool? confidential = reader.Flag("confidential");
        bool? shuffled = reader.Flag("shuffled");
        if (shuffled == true && options == 0)
        {
            reader.Errors.Add(reader.AtOf("shuffled"), "A benchmark of free answers has no options to shuffle.", "Remove 'shuffled'.");
        }

        IReadOnlyList<string> protocols = Protocols(reader, known);
        int? seeds = reader.Integer("seeds");
        IReadOnlyList<YamlScalar> averages = reader.Texts("macroAverages");
        foreach (YamlScalar item in averages.Where(item => map?.Meta.ContainsKey(item.Value) == false))
        {
            reader.Errors.Add(item.At, $"'{item.Value}' is not among the names of 'meta'.", NearestName.Hint(item.Value, map!.Meta.Keys));
        }

        IReadOnlyDictionary<int, string> changes = Changes(reader, version);
        return reader.Errors.Count > before
            ? null
            : new BenchmarkFile
            {
                Name = name!,
                Version = version!.Value,
                Description = description!,
                Source = source!,
                Map = map!,
                Confidential = confidential!.Value,
                Shuffled = shuffled!.Value,
                Answer = answer!,
                Options = options!.Value,
                Prompt = prompt!,
                Phrasings = phrasings,
                FewShot = fewShot,
                Protocols = protocols,
                Seeds = seeds!.Value,
                MacroAverages = [.. averages.Select(item => item.Value)],
                Changes = changes,
            };
    }

    private static FewShotSettings? FewShot(MapReader benchmark, ExperimentFiles files, bool hasOptions)
    {
        if (benchmark.Map("fewShot") is not { } reader)
        {
            return null;
        }

        int before = reader.Errors.Count;
        SourceFiles? source = SourceFilesBinder.Bind(reader);
        QuestionMap? map = FieldMapBinder.Bind(reader, graded: true);
        int? count = reader.Integer("count");
        string? by = reader.Text("by");
        string? example = PromptFile(reader, "example", files, hasOptions);
        string? line = reader.Text("optionLine");
        string? prefix = reader.Text("solutionPrefix");
        if (by is not null && map?.Meta.ContainsKey(by) == false)
        {
            reader.Errors.Add(reader.AtOf("by"), $"'{by}' is not among the names of 'meta' of the examples.", NearestName.Hint(by, map.Meta.Keys));
        }

        return reader.Errors.Count > before
            ? null
            : new FewShotSettings
            {
                Source = source!,
                Map = map!,
                Count = count!.Value,
                By = by,
                Example = example!,
                OptionLine = line,
                SolutionPrefix = prefix,
            };
    }

    private static string? PromptFile(MapReader reader, string key, ExperimentFiles files, bool hasOptions)
    {
        if (reader.Text(key) is not { } name)
        {
            return null;
        }

        return PromptFiles.Question(name, reader.AtOf(key), files, hasOptions, reader.Errors);
    }

    private static IReadOnlyList<string> Protocols(MapReader reader, IReadOnlyCollection<string>? known)
    {
        IReadOnlyList<YamlScalar> protocols = reader.Texts("protocols");
        foreach (YamlScalar item in protocols.Where(item => known?.Contains(item.Value) == false))
        {
            reader.Errors.Add(item.At, $"There is no protocol '{item.Value}'.", NearestName.Hint(item.Value, known!));
        }

        return [.. protocols.Select(item => item.Value)];
    }

    private static SortedDictionary<int, string> Changes(MapReader reader, int? version)
    {
        SortedDictionary<int, string> changes = [];
        foreach ((YamlScalar key, YamlNode value) in reader.Entries("changes"))
        {
            if (NodeReader.Integer(key, "changes", new Bounds(1, int.MaxValue), reader.Errors) is { } number
                && NodeReader.Text(value, key.Value, reader.Errors) is { } what)
            {
                changes[(int)number] = what;
            }
        }

        if (version is { } now && changes.Count > 0 && !changes.Keys.SequenceEqual(Enumerable.Range(1, now)))
        {
            reader.Errors.Add(
                reader.AtOf("changes"),
                $"'changes' must say what each version from 1 to {now.ToString(CultureInfo.InvariantCulture)} changed.",
                "Add a line for the new version, or set 'version' to the last line's.");
        }

        return changes;
    }
}
