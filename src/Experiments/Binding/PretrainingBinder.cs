using NaturalThoughts.Experiments.Data;
using NaturalThoughts.Experiments.Yaml;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Binds <c>pretraining</c>: the recipe, and the corpus and tokenizer of the base student.</summary>
internal static class PretrainingBinder
{
    /// <summary>The settings; null after an error. Corpus and tokenizer are of the questions' world unless the corpus names another.</summary>
    public static PretrainingSettings? Bind(MapReader profile, WorldDefaults world, IReadOnlyDictionary<string, string> prompts)
    {
        if (profile.Map("pretraining") is not { } reader)
        {
            return null;
        }

        TrainingSettings? training = TrainingBinder.Pretraining(reader);
        string? tokenizer = reader.Text("tokenizer");
        if (reader.Map("corpus")?.Map(WorldSource.Name) is not { } corpus)
        {
            return null;
        }

        string seed = corpus.Text("seed") ?? world.Seed;
        int? count = corpus.Integer("count");
        int? levels = corpus.Integer("levels") ?? world.Levels;
        return training is null || tokenizer is null || count is null
            ? null
            : new PretrainingSettings(training, WorldSource.Corpus(seed, count.Value, levels, prompts), count.Value, WorldSource.Tokenizer(seed, prompts));
    }
}
