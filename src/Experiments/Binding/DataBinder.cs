using NaturalThoughts.Evaluation;
using NaturalThoughts.Experiments.Data;
using NaturalThoughts.Experiments.Yaml;
using NaturalThoughts.Teaching;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Binds <c>data</c>: where questions, traces, answers, annotations and judgements come from.</summary>
internal static class DataBinder
{
    private static readonly string[] Models = [WorldSource.Name];

    // The rule that the stage judges by.
    private static readonly string[] Rules = [GradingProtocol.StrictAnswerLine];

    /// <summary>The sources; null after an error. <paramref name="world"/> is the world of the questions.</summary>
    public static DataSettings? Bind(MapReader profile, out WorldDefaults world)
    {
        world = new WorldDefaults("", null);
        if (profile.Map("data", Shapes.Data) is not { } reader)
        {
            return null;
        }

        int before = reader.Errors.Count;
        RecordSource? questions = null;
        int? count = null;
        if (reader.Map("questions", Shapes.Questions)?.Map(WorldSource.Name, Shapes.WorldQuestions) is { } map)
        {
            string? seed = map.Text("seed");
            count = map.Integer("count", 1, 10_000_000);
            int? levels = map.Integer("levels", 1, WorldSource.Levels, required: false);
            world = new WorldDefaults(seed ?? "", levels);
            questions = WorldSource.Questions(world.Seed, count ?? 1, levels);
        }

        foreach (string key in new[] { "teacher", "second", "annotator" })
        {
            reader.OneOf(key, Models);
        }

        reader.OneOf("agreement", Rules);
        return reader.Errors.Count > before || questions is null
            ? null
            : new DataSettings
            {
                Questions = questions,
                Count = count,
                Teacher = WorldSource.Teacher(world.Seed),
                Second = WorldSource.Second,
                Annotator = WorldSource.Annotator,
                Agreement = new RecordSource(new Output("data/judge", JudgeStage.Output), JudgeStage.Name, []),
            };
    }
}
