using NaturalThoughts.Checkpoints.Config;
using NaturalThoughts.Checkpoints.Weights;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints.Inspection;

/// <summary>
/// Compares a checkpoint's headers with its config.json: names, shapes, types. No weight is read, except for a tied pair that is there twice.
/// </summary>
internal sealed class WeightCheck
{
    // As many as tell what is wrong; a checkpoint of another model differs in hundreds.
    private const int MostErrors = 20;

    private const string OfOneModel = "Give config.json and weights of the same model.";

    private readonly ModelConfig _config;
    private readonly CheckpointWeights _weights;
    private readonly List<UserError> _errors = [];

    private WeightCheck(ModelConfig config, CheckpointWeights weights) => (_config, _weights) = (config, weights);

    /// <summary>What does not fit, the first <see cref="MostErrors"/> and whether there is more; none where the weights are those of the config.</summary>
    public static IReadOnlyList<UserError> Errors(ModelConfig config, CheckpointWeights weights)
    {
        WeightCheck check = new(config, weights);
        foreach (UserError error in check.Types().Concat(check.Names()))
        {
            if (check._errors.Count == MostErrors)
            {
                check._errors.Add(new UserError($"More tensors do not fit; the first {MostErrors} errors are listed.", weights.Location));
                break;
            }

            check._errors.Add(error);
        }

        return check._errors;
    }

    private IEnumerable<UserError> Types() => _weights.Tensors
        .Where(item => !FloatConversion.Supports(item.Value.Type) && !ModelTensors.IsNoWeight(item.Key))
        .Select(item =>
            Error(item.Key, $"is {item.Value.Type.Spelling()}; F32, F16 or BF16 is needed.", "Quantised weights are not read: save the model in bfloat16."));

    private IEnumerable<UserError> Names() => Prefixed() is { } prefixed ? [prefixed] : Missing().Concat(Superfluous());

    /// <summary>All names have something before them, or lack it: one error in place of two for each tensor.</summary>
    private UserError? Prefixed()
    {
        const string Start = "model.";
        string? embedding = _weights.Tensors.Keys.FirstOrDefault(name => name.EndsWith(ModelTensors.Embedding[Start.Length..], StringComparison.Ordinal));
        if (embedding is null || _weights.Tensors.ContainsKey(ModelTensors.Embedding))
        {
            return null;
        }

        string prefix = embedding[..^(ModelTensors.Embedding.Length - Start.Length)];
        int count = _weights.Tensors.Keys.Count(name => name.StartsWith(prefix, StringComparison.Ordinal));
        return Error(
            embedding,
            $"should be called '{ModelTensors.Embedding}': {count} names begin with '{Quoted.Of(prefix)}' in place of '{Start}'.",
            $"Save the model with save_pretrained of {ConfigReader.Architecture(_config.Family)}, or rename the tensors.");
    }

    private IEnumerable<UserError> Missing()
    {
        foreach ((string name, long[] shape) in ModelTensors.Of(_config))
        {
            if (!_weights.Tensors.TryGetValue(name, out TensorEntry? entry))
            {
                yield return Absent(name, shape);
            }
            else if (!entry.Shape.SequenceEqual(shape))
            {
                yield return Error(name, $"has the shape {Text(entry.Shape)}; config.json asks for {Text(shape)}.", OfOneModel);
            }
        }
    }

    private UserError Absent(string name, long[] shape)
    {
        bool hasHead = _weights.Tensors.ContainsKey(ModelTensors.Head);
        return (name, hasHead) switch
        {
            (ModelTensors.Embedding, true) when _config.TieWordEmbeddings => new UserError(
                $"The embedding '{name}' {Text(shape)} is missing; by tie_word_embeddings '{ModelTensors.Head}', which is there, is only another name for it.",
                _weights.Location,
                $"Rename '{ModelTensors.Head}' to '{name}', or save the model again."),
            (ModelTensors.Head, _) => new UserError(
                $"The tensor '{name}' {Text(shape)} is missing, and tie_word_embeddings is false.",
                _weights.Location,
                "Set tie_word_embeddings to true in config.json if the output layer is the embedding; else fetch the whole model."),
            _ => new UserError($"The tensor '{name}' {Text(shape)} is missing.", _weights.Location, OfOneModel),
        };
    }

    private IEnumerable<UserError> Superfluous()
    {
        HashSet<string> known = new(StringComparer.Ordinal);
        known.UnionWith(ModelTensors.Of(_config).Select(tensor => tensor.Name).Take(_weights.Tensors.Count + 1));
        foreach ((string name, TensorEntry entry) in _weights.Tensors.Where(item => !known.Contains(item.Key) && !ModelTensors.IsNoWeight(item.Key)))
        {
            if (name != ModelTensors.Head || !_config.TieWordEmbeddings)
            {
                yield return Error(name, $"{Text(entry.Shape)} has no place in the model of config.json.", OfOneModel);
            }

            // Transformers 5 would not tie two that differ, Transformers 4 would; so neither is guessed.
            else if (_weights.Tensors.ContainsKey(ModelTensors.Embedding) && !_weights.Same(name, ModelTensors.Embedding))
            {
                yield return Error(
                    name, "is the embedding, by tie_word_embeddings; it is there and differs.", "Set tie_word_embeddings to false, or remove the tensor.");
            }
        }
    }

    private UserError Error(string tensor, string message, string hint) => new($"The tensor '{Quoted.Of(tensor)}' {message}", _weights.PathOf(tensor), hint);

    private static string Text(IEnumerable<long> shape) =>
        $"[{Quoted.List([.. shape.Select(size => size.ToString(System.Globalization.CultureInfo.InvariantCulture))])}]";
}
