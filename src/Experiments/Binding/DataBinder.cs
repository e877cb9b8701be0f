using NaturalThoughts.Evaluation;
using NaturalThoughts.Experiments.Data;
using NaturalThoughts.Experiments.Keys;
using NaturalThoughts.Experiments.Yaml;
using NaturalThoughts.Teaching;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Binds <c>data</c>: where questions, traces, answers, annotations and judgements come from.</summary>
internal static class DataBinder
{
    private static readonly string[] Annotators = ["annotator", "secondAnnotator"];

    // The rule that the stage judges by.
    private static readonly string[] Rules = [GradingProtocol.StrictAnswerLine];

    /// <summary>The sources; null after an error.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="files">Where the experiments are.</param>
    /// <param name="world">The world of the questions; they may be of none, and then it stays what it was.</param>
    public static DataSettings? Bind(MapReader profile, ExperimentFiles files, ref WorldDefaults world)
    {
        if (profile.Map("data") is not { } reader)
        {
            return null;
        }

        int before = reader.Errors.Count;
        (RecordSource? questions, int? count) = Questions(reader, files, ref world);
        OutsideFiles? outside = questions?.Outside;

        // What is in the files of the questions says no more than they do, where they are wrong.
        bool IsBound(YamlNode node) => questions is not null || node is not YamlMap map || map.Find(SourceKeys.File) is not null;
        RecordSource? teacher = Model(
            reader, "teacher", WorldSource.Teacher(world.Seed, world.Strategies),
            node => IsBound(node) ? RecordedBinder.Traces(node, outside, files, reader.Errors) : null,
            map => EndpointSources.Teacher(map, files, reader.Errors), EndpointShapes.Teacher);
        if (outside is not null && reader.Find("teacher") is YamlScalar)
        {
            reader.Errors.Add(
                reader.AtOf("teacher"), "The world's teacher can answer the world's questions only.",
                "Give 'teacher: {recorded: <traces>}' or 'teacher: {endpoint: <address>, ...}', or use the world's questions.");
        }

        RecordSource? annotator = Annotator(reader, Annotators[0], "data/annotations", files);
        RecordSource? other = reader.Find(Annotators[1]) is null ? null : Annotator(reader, Annotators[1], "data/second-annotations", files);
        RecordSource? agreement = Agreement(reader, files);
        bool needsSecond = agreement is null || agreement.Outside is null;
        RecordSource? second = needsSecond || reader.Find("second") is not null
            ? Model(
                reader, "second", WorldSource.Second, node => IsBound(node) ? RecordedBinder.Answers(node, outside, files, reader.Errors) : null,
                map => EndpointSources.Second(map, files, reader.Errors), EndpointShapes.Teacher)
            : null;
        return reader.Errors.Count > before
            ? null
            : new DataSettings
            {
                Questions = questions!,
                Count = count,
                Teacher = teacher!,
                Second = second,
                Annotator = annotator!,
                SecondAnnotator = other,
                Agreement = agreement!,
            };
    }

    private static (RecordSource? Source, int? Count) Questions(MapReader data, ExperimentFiles files, ref WorldDefaults world)
    {
        switch (SourceReader.Read(data, "questions", SourceShapes.Questions, [SourceKeys.World, SourceKeys.File]))
        {
            case (SourceKeys.World, { } map):
                MapReader? reader = new MapReader(map, "'questions'", SourceShapes.QuestionsOfWorld, data.Errors).Map(SourceKeys.World);
                string? seed = reader?.Text("seed");
                int? count = reader?.Integer("count");
                int? levels = reader?.Integer("levels");
                string? strategies = reader?.Text("strategies");
                world = new WorldDefaults(seed ?? "", levels, strategies);
                return (WorldSource.Questions(world.Seed, count ?? 1, levels), count);
            case (SourceKeys.File, { } map):
                MapReader file = new(map, "'questions'", SourceShapes.PoolFile, data.Errors);

                // Rows that are no questions are left out: 'rows' is no count of questions.
                return (QuestionFileBinder.Bind(file, "data/questions", files, graded: false), null);
            default:
                return (null, null);
        }
    }

    private static RecordSource? Annotator(MapReader data, string key, string address, ExperimentFiles files)
    {
        RecordSource? source = Model(
            data, key, WorldSource.Annotator, node => SignalBinder.Annotations(node, files, data.Errors),
            map => EndpointSources.Annotator(map, key, address, files, data.Errors), EndpointShapes.Annotator);
        return key == Annotators[0] || source is null ? source : source with { Output = source.Output with { Address = address } };
    }

    /// <summary>What a model writes: <c>world</c>, <c>{recorded: ...}</c>, or <c>{endpoint: ...}</c>.</summary>
    private static RecordSource? Model(
        MapReader data, string key, RecordSource world, Func<YamlNode, RecordSource?> recorded, Func<YamlMap, RecordSource?> endpoint, Shape keys) =>
        data.Find(key) is YamlMap
            ? Other(data, key, recorded, endpoint, keys)
            : data.OneOf(key, [SourceKeys.World]) is null ? null : world;

    private static RecordSource? Other(MapReader data, string key, Func<YamlNode, RecordSource?> recorded, Func<YamlMap, RecordSource?> endpoint, Shape keys)
    {
        switch (SourceReader.Read(data, key, [.. SourceShapes.Recorded, .. keys], [SourceKeys.Recorded, SourceKeys.Endpoint]))
        {
            case (SourceKeys.Recorded, { } map):
                _ = new MapReader(map, $"'{key}'", SourceShapes.Recorded, data.Errors);
                return recorded(map.Find(SourceKeys.Recorded)!);
            case (SourceKeys.Endpoint, { } map):
                return endpoint(map);
            default:
                return null;
        }
    }

    private static RecordSource? Agreement(MapReader data, ExperimentFiles files)
    {
        if (data.Find("agreement") is not YamlMap)
        {
            return data.OneOf("agreement", Rules) is null ? null : new RecordSource(new Output("data/judge", JudgeStage.Output), JudgeStage.Name, []);
        }

        return Other(
            data, "agreement", node => SignalBinder.Judgements(node, files, data.Errors), map => EndpointSources.Judge(map, files, data.Errors),
            EndpointShapes.Judge);
    }
}
