using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Generation;
using NaturalThoughts.MiniWorld.Teaching;
using NaturalThoughts.Records;

namespace NaturalThoughts.MiniWorld;

/// <summary>The world's teacher: one trace a question, in the order of the questions. It knows the solution behind each id.</summary>
public sealed class WorldTeachStage : IStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "world-teach";

    /// <summary>The role of the questions.</summary>
    public const string QuestionsRole = "questions";

    /// <summary>The file with the traces.</summary>
    public const string Output = "traces.jsonl";

    /// <summary>Strategies that do something.</summary>
    public const string Functional = "functional";

    /// <summary>Strategies that are words alone.</summary>
    public const string Decorative = "decorative";

    /// <inheritdoc />
    public StageDescription Description { get; } = new(Name, [QuestionsRole], [Output]);

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        WorldTeachOptions options = context.Options<WorldTeachOptions>();
        TeacherHabits habits = Habits(options);
        string path = context.Input(QuestionsRole);
        List<Question> questions = QuestionRows.InOrder<Question>(path, question => question.Id);
        List<Trace> traces = [];
        foreach (Question question in questions)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            if (ItemGenerator.FromId(question.Id) is not { } item || item.Question.Text != question.Text)
            {
                throw new UserErrorException(
                    $"The question '{question.Id}' is none of this world's.", path,
                    "The world's teacher answers the questions of world-pool and world-benchmark.");
            }

            traces.Add(Teacher.Write(item, options.Seed, habits));
        }

        JsonLines.Write(context.Output(Output), traces);
        return new StageResult
        {
            Counts = new(StringComparer.Ordinal)
            {
                ["rows"] = traces.Count,
                ["tokens"] = traces.Sum(trace => (long)trace.Tokens),
                ["mistakes"] = traces.Count(trace => trace.Meta["mistake"] == "true"),
                ["caught"] = traces.Count(trace => trace.Meta["caught"] == "true"),
            },
        };
    }

    /// <summary>The teacher that the options ask for.</summary>
    /// <exception cref="UserErrorException">There is no such kind of strategies.</exception>
    internal static TeacherHabits Habits(WorldTeachOptions options) => options.Strategies switch
    {
        Functional => TeacherHabits.Teacher,
        Decorative => TeacherHabits.Decorative,
        _ => throw new UserErrorException($"There are no '{options.Strategies}' strategies.", "strategies", $"They are {Functional} or {Decorative}."),
    };
}
