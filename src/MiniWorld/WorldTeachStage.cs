using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Generation;
using NaturalThoughts.MiniWorld.Teaching;
using NaturalThoughts.Records;

namespace NaturalThoughts.MiniWorld;

/// <summary>The world's teacher: one trace a question, in the order of the questions. It knows the solution behind each id.</summary>
public sealed class WorldTeachStage : IStage
{
    /// <inheritdoc />
    public StageDescription Description { get; } = new("world-teach", ["questions"], ["traces.jsonl"]);

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        WorldTeachOptions options = context.Options<WorldTeachOptions>();
        string path = context.Input("questions");
        List<Question> questions = QuestionRows.InOrder<Question>(path, question => question.Id);
        List<Trace> traces = [];
        foreach (Question question in questions)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            if (ItemGenerator.FromId(question.Id) is not { } item || item.Question.Text != question.Text)
            {
                throw new UserErrorException($"The question '{question.Id}' is none of this world's.", path, "The world's teacher answers the questions of world-pool and world-benchmark.");
            }

            traces.Add(Teacher.Write(item, options.Seed, TeacherHabits.Teacher));
        }

        JsonLines.Write(context.Output("traces.jsonl"), traces);
        return new StageResult
        {
            Counts = new(StringComparer.Ordinal) { ["rows"] = traces.Count, ["tokens"] = traces.Sum(trace => (long)trace.Tokens) },
        };
    }
}
