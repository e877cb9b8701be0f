using NaturalThoughts.Evaluation;
using NaturalThoughts.Experiments.Data;
using NaturalThoughts.Experiments.Yaml;
using NaturalThoughts.Sources.Mapping;
using NaturalThoughts.Teaching;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Binds <c>data</c>: where questions, traces, answers, annotations and judgements come from.</summary>
internal static class DataBinder
{
    // The rule that the stage judges by.
    private static readonly string[] Rules = [GradingProtocol.StrictAnswerLine];

    /// <summary>The sources; null after an error.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="files">Where the experiments are.</param>
    /// <param name="world">The world of the questions; they may be of none, and then it stays what it was.</param>
    public static DataSettings? Bind(MapReader profile, ExperimentFiles files, ref WorldDefaults world)
    {
        if (profile.Map("data", Shapes.Data) is not { } reader)
        {
            return null;
        }

        int before = reader.Errors.Count;
        (RecordSource? questions, int? count) = Questions(reader, files, ref world);
        RecordSource? teacher = null;
        if (reader.OneOf("teacher", [SourceKeys.World]) is not null)
        {
            teacher = WorldSource.Teacher(world.Seed);
            if (questions is { Outside: not null })
            {
                reader.Errors.Add(reader.AtOf("teacher"), "The world's teacher knows the world's questions alone.", "Take questions of the world.");
            }
        }

        RecordSource? second = Second(reader, questions?.Outside, files);
        reader.OneOf("annotator", [SourceKeys.World]);
        reader.OneOf("agreement", Rules);
        return reader.Errors.Count > before
            ? null
            : new DataSettings
            {
                Questions = questions!,
                Count = count,
                Teacher = teacher!,
                Second = second!,
                Annotator = WorldSource.Annotator,
                Agreement = new RecordSource(new Output("data/judge", JudgeStage.Output), JudgeStage.Name, []),
            };
    }

    private static (RecordSource? Source, int? Count) Questions(MapReader data, ExperimentFiles files, ref WorldDefaults world)
    {
        switch (SourceKeys.Read(data, "questions", Shapes.Questions, [SourceKeys.World, SourceKeys.File]))
        {
            case (SourceKeys.World, { } map):
                MapReader? reader = new MapReader(map, "'questions'", [SourceKeys.World], data.Errors).Map(SourceKeys.World, Shapes.WorldQuestions);
                string? seed = reader?.Text("seed");
                int? count = reader?.Integer("count", 1, 10_000_000);
                int? levels = reader?.Integer("levels", 1, WorldSource.Levels, required: false);
                world = new WorldDefaults(seed ?? "", levels);
                return (WorldSource.Questions(world.Seed, count ?? 1, levels), count);
            case (SourceKeys.File, { } map):
                MapReader file = new(map, "'questions'", Shapes.QuestionFile, data.Errors);
                RecordSource? source = QuestionFileBinder.Bind(file, "data/questions", BadRows.Skip, files);

                // Rows that are no questions are left out: 'rows' is no count of questions.
                return (source, null);
            default:
                return (null, null);
        }
    }

    private static RecordSource? Second(MapReader data, OutsideFiles? questions, ExperimentFiles files)
    {
        if (data.Find("second") is not YamlMap)
        {
            return data.OneOf("second", [SourceKeys.World]) is null ? null : WorldSource.Second;
        }

        return SourceKeys.Read(data, "second", Shapes.Recorded, [SourceKeys.Recorded]) is (SourceKeys.Recorded, { } map)
            ? RecordedBinder.Answers(map.Find(SourceKeys.Recorded)!, SourceKeys.Recorded, "data/second", questions, files, data.Errors)
            : null;
    }
}
