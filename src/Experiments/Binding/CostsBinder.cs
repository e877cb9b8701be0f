using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments.Costs;
using NaturalThoughts.Experiments.Keys;
using NaturalThoughts.Experiments.Yaml;
using NaturalThoughts.Teaching;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Binds <c>costs</c>: what a dry run predicts with.</summary>
internal static class CostsBinder
{
    // The stages that call models; docs/real-data.md.
    private static readonly string[] CallingStages = [AnnotateStage.Name, AnswerStage.Name, EmbedModelStage.Name, JudgeModelStage.Name, TeachStage.Name];

    /// <summary>The settings; null where there are none, or after an error.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="student">The shape of a student that is made here; null with a checkpoint.</param>
    public static CostSettings? Bind(MapReader profile, JsonObject? student)
    {
        int before = profile.Errors.Count;
        if (profile.Map("costs") is not { } reader)
        {
            return null;
        }

        DeviceSettings? device = Device(reader);
        TokenSettings? tokens = Tokens(reader);
        JsonObject shape = Shape(reader, student);
        long? questions = reader.Long("questions");
        Dictionary<string, CallSettings> calls = Calls(reader);
        return profile.Errors.Count > before
            ? null
            : new CostSettings { Device = device!, Tokens = tokens!, Shape = shape, Questions = questions, Calls = calls };
    }

    private static DeviceSettings? Device(MapReader costs)
    {
        if (costs.Map("device") is not { } reader)
        {
            return null;
        }

        string? name = reader.Text("name");
        double? training = reader.Number("trainingTflops");
        double? generation = reader.Number("generationTflops");
        double? rows = reader.Number("rowsPerSecond");
        double? start = reader.Number("secondsPerTarget");
        double? memory = reader.Number("memoryGb");
        double? price = reader.Number("pricePerHour");
        return name is null || training is null || generation is null || rows is null
            ? null
            : new DeviceSettings
            {
                Name = name,
                TrainingTflops = training.Value,
                GenerationTflops = generation.Value,
                RowsPerSecond = rows.Value,
                SecondsPerTarget = start!.Value,
                MemoryGb = memory,
                PricePerHour = price!.Value,
            };
    }

    private static TokenSettings? Tokens(MapReader costs)
    {
        if (costs.Map("tokens") is not { } reader)
        {
            return null;
        }

        double? prompt = reader.Number("prompt"), system2 = reader.Number("system2"), system1 = reader.Number("system1");
        double? answer = reader.Number("answer"), bytes = reader.Number("bytes"), corpus = reader.Number("corpus");
        double? question = reader.Number("question") ?? prompt;
        double? share = reader.Number("difficultyShare");
        Dictionary<string, double> answers = new(StringComparer.Ordinal);
        foreach ((YamlScalar key, YamlNode value) in reader.Entries("answers"))
        {
            if (NodeReader.Number(value, key.Value, reader.Shape["answers"].Value!.Bounds, reader.Errors) is { } tokens)
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
                Corpus = corpus!.Value,
                Answer = answer.Value,
                Answers = answers,
                Bytes = bytes.Value,
                DifficultyShare = share!.Value,
            };
    }

    private static JsonObject Shape(MapReader costs, JsonObject? student)
    {
        JsonObject shape = student?.DeepClone().AsObject() ?? [];
        if (costs.Map("shape", required: student is null) is not { } reader)
        {
            return shape;
        }

        foreach ((string key, JsonNode? value) in reader.Parameters())
        {
            shape[key] = value?.DeepClone();
        }

        return shape;
    }

    private static Dictionary<string, CallSettings> Calls(MapReader costs)
    {
        Dictionary<string, CallSettings> calls = new(StringComparer.Ordinal);
        foreach ((YamlScalar key, YamlNode value) in costs.Entries("calls"))
        {
            if (!CallingStages.Contains(key.Value))
            {
                costs.Errors.Add(key.At, $"No stage '{key.Value}' calls models.", NearestName.Hint(key.Value, CallingStages));
            }
            else if (NodeReader.Map(value, key.Value, costs.Errors) is { } map)
            {
                MapReader reader = new(map, $"'{key.Value}'", ProfileShapes.CostCalls, costs.Errors);
                double Number(string name) => reader.Number(name) ?? 0;
                calls[key.Value] = new CallSettings(Number("calls"), Number("input"), Number("output"), Number("inputPrice"), Number("outputPrice"));
            }
        }

        return calls;
    }
}
