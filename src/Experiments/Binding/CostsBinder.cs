using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments.Costs;
using NaturalThoughts.Experiments.Yaml;
using NaturalThoughts.Teaching;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Binds <c>costs</c>: what a dry run predicts with.</summary>
internal static class CostsBinder
{
    private const double Most = 1e15;

    // The stages that call models; docs/real-data.md.
    private static readonly string[] CallingStages = [AnnotateStage.Name, AnswerStage.Name, EmbedModelStage.Name, JudgeModelStage.Name, TeachStage.Name];

    /// <summary>The settings; null where there are none, or after an error.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="student">The shape of a student that is made here; null with a checkpoint.</param>
    public static CostSettings? Bind(MapReader profile, JsonObject? student)
    {
        int before = profile.Errors.Count;
        if (profile.Map("costs", Shapes.Costs, required: false) is not { } reader)
        {
            return null;
        }

        DeviceSettings? device = Device(reader);
        TokenSettings? tokens = Tokens(reader);
        JsonObject shape = Shape(reader, student);
        long? questions = reader.Long("questions", 1, required: false);
        Dictionary<string, CallSettings> calls = Calls(reader);
        return profile.Errors.Count > before ? null : new CostSettings { Device = device!, Tokens = tokens!, Shape = shape, Questions = questions, Calls = calls };
    }

    private static DeviceSettings? Device(MapReader costs)
    {
        if (costs.Map("device", Shapes.CostDevice) is not { } reader)
        {
            return null;
        }

        string? name = reader.Text("name");
        double? training = reader.Number("trainingTflops", 0, Most, open: true);
        double? generation = reader.Number("generationTflops", 0, Most, open: true);
        double? rows = reader.Number("rowsPerSecond", 0, Most, open: true);
        double? start = reader.Number("secondsPerTarget", 0, Most, required: false);
        double? memory = reader.Number("memoryGb", 0, Most, open: true, required: false);
        double? price = reader.Number("pricePerHour", 0, Most, required: false);
        return name is null || training is null || generation is null || rows is null
            ? null
            : new DeviceSettings
            {
                Name = name,
                TrainingTflops = training.Value,
                GenerationTflops = generation.Value,
                RowsPerSecond = rows.Value,
                SecondsPerTarget = start ?? 0,
                MemoryGb = memory,
                PricePerHour = price ?? 0,
            };
    }

    private static TokenSettings? Tokens(MapReader costs)
    {
        if (costs.Map("tokens", Shapes.CostTokens) is not { } reader)
        {
            return null;
        }

        double? Number(string key, bool required = true) => reader.Number(key, 0, Most, required: required);
        (double? prompt, double? system2, double? system1, double? answer, double? bytes) = (Number("prompt"), Number("system2"), Number("system1"), Number("answer"), Number("bytes"));
        double? question = Number("question", required: false) ?? prompt;
        double corpus = Number("corpus", required: false) ?? 0;
        double? share = reader.Number("difficultyShare", 0, 1, required: false);
        Dictionary<string, double> answers = new(StringComparer.Ordinal);
        foreach ((YamlScalar key, YamlNode value) in reader.Find("answers") is null ? [] : reader.Entries("answers"))
        {
            if (NodeReader.Number(value, key.Value, 0, Most, open: false, reader.Errors) is { } tokens)
            {
                answers[key.Value] = tokens;
            }
        }

        return prompt is null || system2 is null || system1 is null || answer is null || bytes is null
            ? null
            : new TokenSettings
            {
                Prompt = prompt.Value,
                Question = question!.Value,
                System2 = system2.Value,
                System1 = system1.Value,
                Corpus = corpus,
                Answer = answer.Value,
                Answers = answers,
                Bytes = bytes.Value,
                DifficultyShare = share ?? 0.64,
            };
    }

    private static JsonObject Shape(MapReader costs, JsonObject? student)
    {
        JsonObject shape = student?.DeepClone().AsObject() ?? [];
        if (costs.Map("shape", Shapes.CostShape, required: student is null) is not { } reader)
        {
            return shape;
        }

        foreach (string key in Shapes.CostShape.Where(key => reader.Find(key) is not null))
        {
            shape[key] = key switch
            {
                "tie_word_embeddings" => reader.Flag(key),
                "model_type" => reader.Text(key),
                "rope_theta" or "rms_norm_eps" or "initializer_range" => reader.Number(key, 0, Most),
                _ => reader.Integer(key, 1),
            };
        }

        return shape;
    }

    private static Dictionary<string, CallSettings> Calls(MapReader costs)
    {
        Dictionary<string, CallSettings> calls = new(StringComparer.Ordinal);
        foreach ((YamlScalar key, YamlNode value) in costs.Find("calls") is null ? [] : costs.Entries("calls"))
        {
            if (!CallingStages.Contains(key.Value))
            {
                costs.Errors.Add(key.At, $"No stage '{key.Value}' calls models.", NearestName.Hint(key.Value, CallingStages));
            }
            else if (NodeReader.Map(value, key.Value, costs.Errors) is { } map)
            {
                MapReader reader = new(map, $"'{key.Value}'", Shapes.CostCalls, costs.Errors);
                double Number(string name, bool required = true) => reader.Number(name, 0, Most, required: required) ?? 0;
                calls[key.Value] = new CallSettings(Number("calls"), Number("input"), Number("output"), Number("inputPrice", false), Number("outputPrice", false));
            }
        }

        return calls;
    }
}
