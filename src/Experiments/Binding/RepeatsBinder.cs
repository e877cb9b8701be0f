using NaturalThoughts.Evaluation;
using NaturalThoughts.Experiments.Yaml;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>
/// Binds how often and in which words a benchmark is asked: <c>seeds</c> and <c>phrasings</c> of the profile, over those of the benchmark's file.
/// </summary>
internal static class RepeatsBinder
{
    /// <summary>The benchmark with what the profile says of it; null after an error.</summary>
    public static BenchmarkSettings? Bind(MapReader reader, ExperimentFiles files, BenchmarkSettings benchmark)
    {
        int before = reader.Errors.Count;
        int? seeds = reader.Integer("seeds");
        IReadOnlyList<string> phrasings = Phrasings(reader, files, benchmark.Options > 0);
        return reader.Errors.Count > before
            ? null
            : benchmark with { Seeds = seeds ?? benchmark.Seeds, Phrasings = phrasings.Count > 0 ? [.. phrasings.Select(Prompt)] : benchmark.Phrasings };
    }

    /// <summary>The texts of <c>phrasings</c>; empty where there are none.</summary>
    public static IReadOnlyList<string> Phrasings(MapReader reader, ExperimentFiles files, bool hasOptions)
    {
        if (reader.Find("phrasings") is null)
        {
            return [];
        }

        IReadOnlyList<YamlScalar> names = reader.Texts("phrasings");
        return [.. names.Select(name => PromptFiles.Question(name.Value, name.At, files, hasOptions, reader.Errors)).OfType<string>()];
    }

    /// <summary>A prompt without examples.</summary>
    public static BenchmarkPrompt Prompt(string text) => new(PromptsStage.Name, StageParameters.Of(new PromptsOptions { Template = text }), null);
}
