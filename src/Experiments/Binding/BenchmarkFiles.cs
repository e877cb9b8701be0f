using NaturalThoughts.Contracts;
using NaturalThoughts.Evaluation;
using NaturalThoughts.Experiments.Benchmarks;
using NaturalThoughts.Experiments.Data;
using NaturalThoughts.Experiments.Keys;
using NaturalThoughts.Experiments.Yaml;
using NaturalThoughts.Sources.Prompting;
using NaturalThoughts.Sources.Questions;
using NaturalThoughts.Sources.Reading;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Binds benchmarks that have a file of their own: <c>{file: benchmarks/MATH-500.yaml}</c>.</summary>
internal static class BenchmarkFiles
{
    /// <summary>True when the file is a benchmark's YAML, and not one of rows.</summary>
    public static bool IsDeclared(YamlMap source) => source.Find(SourceKeys.File) is YamlScalar file && file.Value.EndsWith(".yaml", StringComparison.Ordinal);

    /// <summary>The benchmark; null after an error. Protocols of the profile take the place of the file's.</summary>
    public static BenchmarkSettings? Bind(YamlScalar key, MapReader reader, ExperimentFiles files)
    {
        IReadOnlyList<string> protocols = BenchmarkBinder.Protocols(reader);
        string name = reader.Text(SourceKeys.File)!;
        string[] known = [.. files.Benchmarks.Select(file => $"{BenchmarkFileBinder.Folder}/{file}.yaml")];
        if (!known.Contains(name))
        {
            reader.Errors.Add(reader.AtOf(SourceKeys.File), $"There is no benchmark file '{name}' in experiments.", NearestName.Hint(name, known));
            return null;
        }

        if (BenchmarkFileBinder.Read(files, name, GradingProtocol.Names, reader.Errors) is not { } benchmark)
        {
            return null;
        }

        int before = reader.Errors.Count;
        string address = $"{BenchmarkFileBinder.Folder}/{key.Value}";
        RecordSource questions = Import(address, benchmark.Source, benchmark.ImportParameters(), name, reader, files);
        RecordSource? examples = benchmark.FewShot is { } shots
            ? Import(address + "/examples", shots.Source, shots.Source.Parameters(shots.Map), name, reader, files)
            : null;
        BenchmarkPrompt Prompt(string text) => benchmark.FewShot is { } few
            ? new BenchmarkPrompt(FewShotPromptsStage.Name, few.PromptParameters(text), examples)
            : RepeatsBinder.Prompt(text);
        return reader.Errors.Count > before
            ? null
            : RepeatsBinder.Bind(reader, files, new BenchmarkSettings(key.Value, (int?)benchmark.Source.Rows, benchmark.Options, questions)
            {
                Protocols = protocols.Count > 0 ? protocols : benchmark.Protocols,
                Prompt = Prompt(benchmark.Prompt),
                Phrasings = [.. benchmark.Phrasings.Select(Prompt)],
                Shuffled = benchmark.Shuffled,
                Seeds = benchmark.Seeds,
                MacroAverages = benchmark.MacroAverages,
            });
    }

    private static RecordSource Import(
        string address, SourceFiles source, System.Text.Json.Nodes.JsonObject parameters, string name, MapReader reader, ExperimentFiles files)
    {
        foreach (string missing in source.Files.Where(file => file.Value is null).Select(file => Path.Combine(files.Data, file.Key))
            .Where(path => !File.Exists(path)))
        {
            string from = (source.Hub is null ? "" : $"Write ./build.sh --target=Fetch {Path.GetFileNameWithoutExtension(name)}. ")
                + (source.From is null ? "Get it" : $"Get it from {source.From}");
            files.Lacks(
                reader.Errors, reader.AtOf(SourceKeys.File), $"There is no file '{missing}', which {name} names.",
                $"{from}; the folder of such files is data, or what NATURALTHOUGHTS_DATA names.");
        }

        return new RecordSource(new Output(address, ImportQuestionsStage.Questions), ImportQuestionsStage.Name, parameters)
        {
            Outside = new OutsideFiles(SourceOptions.Role, files.Data, source.Files, SourceFiles.DigestKey),
        };
    }
}
