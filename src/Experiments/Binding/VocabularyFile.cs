using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments.Keys;
using NaturalThoughts.Experiments.Yaml;
using NaturalThoughts.Teaching;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Reads a vocabulary of strategies. What <c>merge-strategies</c> writes is one, its list of unmatched names included, which is ignored.</summary>
internal static class VocabularyFile
{
    private const string Key = "vocabulary";
    private const string Prompts = "prompts";

    /// <summary>The vocabulary of an annotator; null where it has none, or after an error.</summary>
    public static JsonObject? Bind(MapReader annotator, ExperimentFiles files)
    {
        if (annotator.Text(Key) is not { } name)
        {
            return null;
        }

        ErrorList errors = annotator.Errors;
        string[] known =
            [.. FolderFiles.In(files.PathOf(Prompts), "*.yaml").Select(path => $"{Prompts}/{Path.GetFileName(path)}").Order(StringComparer.Ordinal)];
        if (!known.Contains(name))
        {
            errors.Add(annotator.AtOf(Key), $"There is no vocabulary '{Quoted.Of(name)}'.", NearestName.Hint(name, known));
            return null;
        }

        int before = errors.Count;
        if (YamlReader.Read(files.PathOf(name), $"{ExperimentFiles.Folder}/{name}", errors) is not { } whole)
        {
            return null;
        }

        MapReader reader = new(whole, "the vocabulary", EndpointShapes.Vocabulary, errors);
        JsonObject vocabulary = [];
        foreach ((YamlScalar word, YamlNode node) in reader.Entries(Key))
        {
            IReadOnlyList<YamlScalar>? others = node is YamlList { Items.Count: 0 } ? [] : NodeReader.Distinct(node, word.Value, errors);
            vocabulary[word.Value] = new JsonArray([.. (others ?? []).Select(other => (JsonNode)other.Value)]);
        }

        if (errors.Count == before)
        {
            EndpointBinder.Check<MergeStrategiesOptions>(new() { [Key] = vocabulary.DeepClone() }, options => options.Validate(), reader);
        }

        return errors.Count > before ? null : vocabulary;
    }
}
