using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments.Costs;
using NaturalThoughts.Experiments.Data;
using NaturalThoughts.Experiments.Keys;
using NaturalThoughts.Experiments.Yaml;
using NaturalThoughts.Pipeline.Slurm;
using NaturalThoughts.Selection;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Turns a profile's map into a <see cref="Profile"/>.</summary>
internal static class ProfileBinder
{
    /// <summary>The profile; null after an error.</summary>
    public static Profile? Bind(YamlMap map, string fileName, ExperimentFiles files, ErrorList errors)
    {
        int before = errors.Count;
        MapReader reader = new(OldKeys.Remove(map, errors, out bool old), "the profile", ProfileShapes.Profile, errors);
        string? name = reader.Text("name");
        if (name is not null && name != fileName)
        {
            errors.Add(reader.AtOf("name"), $"The profile is called '{name}', but its file is '{fileName}.yaml'.", "Give both the same name.");
        }

        string? description = reader.Text("description");
        string? seed = reader.Text("seed");
        double? minutes = reader.Number("timeLimitMinutes");
        string? checkpoint = CheckpointBinder.Bind(reader, files);
        bool trained = reader.Find("checkpoint") is null;
        (string? template, bool parsed) = ChatBinder.Bind(reader, files, hasCheckpoint: !trained);
        IReadOnlyDictionary<string, string> prompts = PromptFiles.Bind(reader, files);
        WorldDefaults world = new(seed ?? name ?? "", null);
        DataSettings? data = old ? null : DataBinder.Bind(reader, files, ref world);
        IReadOnlyList<BenchmarkSettings> benchmarks = old ? [] : BenchmarkBinder.Bind(reader, files, world);
        IReadOnlyList<BenchmarkSettings> nearTo = old || reader.Find("targets") is null or YamlScalar { IsNull: true }
            ? []
            : BenchmarkBinder.SelectionTargets(reader, files, world);
        CleanSettings? clean = CleanBinder.Bind(reader, benchmarks);
        System.Text.Json.Nodes.JsonObject? student = trained ? StudentBinder.Bind(reader) : null;
        PretrainingSettings? pretraining = trained && !old ? PretrainingBinder.Bind(reader, world, prompts) : null;
        IReadOnlyList<int> sizes = Sizes(reader, data?.Count);
        TrainingSettings? sft = TrainingBinder.Sft(reader, sizes, out IReadOnlyDictionary<int, int> epochs);
        GenerationSettings? generation = Generation(reader);
        (int? embeddingTokens, string? embeddingPrecision, RecordSource? embeddingModel) = EmbeddingBinder.Bind(reader);
        ClusterOptions? clustering = MethodBinder.Clustering(reader, data?.Count);
        IReadOnlyList<MethodSettings> methods = MethodBinder.Methods(reader);
        IReadOnlyList<int> replicates = reader.Integers("replicates");
        IReadOnlyList<int>? baselineReplicates = TableBinder.BaselineReplicates(reader);
        TokenBudget? budget = Budget(reader, pretraining);
        SlurmSettings cluster = ClusterBinder.Bind(reader);
        ServeSettings? serve = ServeBinder.Bind(reader, files);
        CostSettings? costs = CostsBinder.Bind(reader, student);
        IReadOnlyList<string> tables = Tables(reader, files);
        double? dropout = ModeBinder.Dropout(reader, prompts);
        ModeSettings? modes = ModeBinder.Bind(reader);
        MapReader? resume = reader.Part("resume");
        double? everyMinutes = resume?.Number("everyMinutes");
        int? kept = resume?.Integer("keep");
        TrainingBinder.CheckLengths(reader, student, pretraining?.Training, sft, generation);
        if (errors.Count > before)
        {
            return null;
        }

        return new Profile
        {
            Name = name!,
            Description = description!,
            Seed = seed ?? name!,
            Data = data! with { Clean = clean },
            Benchmarks = benchmarks,
            Checkpoint = checkpoint,
            ChatTemplate = template,
            ParsesSpecialTokens = parsed,
            Student = student,
            Pretraining = pretraining,
            Sft = sft!,
            SftEpochs = epochs,
            Generation = generation!,
            EmbeddingBatchTokens = embeddingTokens,
            EmbeddingPrecision = embeddingPrecision,
            EmbeddingModel = embeddingModel,
            Clustering = clustering!,
            SelectionTargets = nearTo,
            Methods = methods,
            Sizes = [.. sizes.Order()],
            Replicates = replicates,
            BaselineReplicates = baselineReplicates,
            Budget = budget!,
            Prompts = prompts,
            InstructionDropout = dropout!.Value,
            Modes = modes,
            Cluster = cluster,
            Serve = serve,
            Costs = costs,
            Tables = tables,
            CheckpointInterval = TimeSpan.FromMinutes(everyMinutes!.Value),
            KeptCheckpoints = kept!.Value,
            TimeLimit = minutes is { } limit ? TimeSpan.FromMinutes(limit) : null,
        };
    }

    // With nothing behind the colon a profile has the usual tables, whatever it extends.
    private static IReadOnlyList<string> Tables(MapReader reader, ExperimentFiles files)
    {
        IReadOnlyList<YamlScalar> variants = reader.Find("tables") is null or YamlScalar { IsNull: true } ? [] : reader.Texts("tables");
        foreach (YamlScalar item in variants.Where(item => !files.TableVariants.Contains(item.Value)))
        {
            reader.Errors.Add(item.At, $"There is no table '*.{item.Value}.yaml'.", NearestName.Hint(item.Value, files.TableVariants));
        }

        return [.. variants.Select(item => item.Value)];
    }

    private static IReadOnlyList<int> Sizes(MapReader reader, int? count)
    {
        IReadOnlyList<int> sizes = reader.Integers("sizes");
        if (count is not null && reader.Find("sizes") is YamlList list)
        {
            foreach (YamlScalar item in list.Items.OfType<YamlScalar>())
            {
                if (ScalarText.IsInteger(item.Value)
                    && int.TryParse(item.Value, System.Globalization.CultureInfo.InvariantCulture, out int size) && size > count)
                {
                    reader.Errors.Add(
                        item.At, $"The size {size} is above the number of questions, {count}.", "Select fewer, or raise the 'count' of the questions.");
                }
            }
        }

        return sizes;
    }

    private static GenerationSettings? Generation(MapReader profile)
    {
        if (profile.Map("generation") is not { } reader)
        {
            return null;
        }

        double? temperature = reader.Number("temperature");
        double? topP = reader.Number("topP");
        int? maxNewTokens = reader.Integer("maxNewTokens");
        int? batch = reader.Integer("batch");
        string? precision = reader.Text("precision");
        return temperature is null || topP is null || maxNewTokens is null || batch is null
            ? null
            : new GenerationSettings(temperature.Value, topP.Value, maxNewTokens.Value, batch.Value, precision);
    }

    private static TokenBudget? Budget(MapReader profile, PretrainingSettings? pretraining)
    {
        if (profile.Map("budget") is not { } reader)
        {
            return null;
        }

        long? pretrainingTokens = reader.Long("pretrainingTokens");
        long? sftTokens = reader.Long("sftTokens");
        long? generationTokens = reader.Long("generationTokens");
        if (pretraining is not null && (long)pretraining.Examples * pretraining.Training.Options.Epochs * 2 > pretrainingTokens)
        {
            reader.Errors.Add(
                reader.AtOf("pretrainingTokens"),
                $"{pretraining.Examples} examples for {pretraining.Training.Options.Epochs} epochs take more than the budget of {pretrainingTokens} tokens.",
                "Raise the budget, or train on less: an example has at least two tokens.");
        }

        return pretrainingTokens is null || sftTokens is null || generationTokens is null
            ? null
            : new TokenBudget(pretrainingTokens.Value, sftTokens.Value, generationTokens.Value);
    }
}
