using System.Globalization;
using NaturalThoughts.Contracts;
using NaturalThoughts.Evaluation.Protocols;
using NaturalThoughts.Records;

namespace NaturalThoughts.Evaluation.Repeats;

/// <summary>
/// Brings the grades of all repeats together: one file with every grade, repeat after repeat, and per question what the repeats came to
/// (scores, votes, faults, the values of meta for macro averages). Repeat k has the roles <c>questions/k</c> and <c>grades/k</c>, from 1.
/// </summary>
public sealed class MeasureStage : IStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "measure";

    /// <summary>The file with a <see cref="RepeatedQuestion"/> per question, in the order of repeat 1.</summary>
    public const string Measures = "measures.jsonl";

    /// <inheritdoc />
    public StageDescription Description { get; } = new(Name, [QuestionsRole(1), GradesRole(1)], [GradeStage.Output, Measures]);

    /// <summary>The role of the questions as a repeat asked them.</summary>
    public static string QuestionsRole(int repeat) => string.Create(CultureInfo.InvariantCulture, $"questions/{repeat}");

    /// <summary>The role of a repeat's grades.</summary>
    public static string GradesRole(int repeat) => string.Create(CultureInfo.InvariantCulture, $"grades/{repeat}");

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        MeasureOptions options = context.Options<MeasureOptions>();
        if (options.Validate() is { Count: > 0 } errors)
        {
            throw new UserErrorException(errors);
        }

        IGradingProtocol protocol = ProtocolCatalog.Find(options.Protocol)!;
        int repeats = Enumerable.Range(1, int.MaxValue - 1).First(repeat => !context.Inputs.ContainsKey(GradesRole(repeat))) - 1;
        List<Question> first = QuestionRows.InOrder<Question>(context.Input(QuestionsRole(1)), row => row.Id);
        string[] ids = [.. first.Select(question => question.Id)];
        List<(Question Question, Grade Grade)>[] answers = [.. ids.Select(_ => new List<(Question, Grade)>())];
        List<Grade> all = [];
        for (int repeat = 1; repeat <= repeats; repeat++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            (string questionPath, string gradePath) = (context.Input(QuestionsRole(repeat)), context.Input(GradesRole(repeat)));
            Dictionary<string, Question> questions = QuestionRows.ById<Question>(questionPath, row => row.Id, ids);
            Dictionary<string, Grade> grades = QuestionRows.ById<Grade>(gradePath, row => row.QuestionId, ids);
            for (int q = 0; q < ids.Length; q++)
            {
                Grade grade = QuestionRows.Row(grades, ids[q], gradePath);
                answers[q].Add((QuestionRows.Row(questions, ids[q], questionPath), grade));
                all.Add(grade);
            }

            context.Progress?.Report(new StageProgress(repeat, repeats, "repeats"));
        }

        JsonLines.Write(context.Output(GradeStage.Output), all);
        JsonLines.Write(context.Output(Measures), answers.Select(row => Measure(protocol, options, row)));
        return new StageResult { Counts = new(StringComparer.Ordinal) { ["questions"] = ids.Length, ["repeats"] = repeats, ["rows"] = all.Count } };
    }

    private static RepeatedQuestion Measure(IGradingProtocol protocol, MeasureOptions options, List<(Question Question, Grade Grade)> answers)
    {
        Question question = answers[0].Question;
        return new RepeatedQuestion(
            question.Id,
            [.. answers.Select(row => row.Grade.Score)],
            AnswerVotes.Of(protocol, answers),
            [.. answers.Select(row => row.Grade.Tokens)])
        {
            Faults = Faults(answers),
            Groups = new(
                options.MacroAverages.Where(question.Meta.ContainsKey).ToDictionary(name => name, name => question.Meta[name]), StringComparer.Ordinal),
        };
    }

    private static SortedDictionary<string, long> Faults(List<(Question Question, Grade Grade)> answers)
    {
        SortedDictionary<string, long> counts = new(StringComparer.Ordinal)
        {
            ["unparsed"] = answers.Count(row => row.Grade.Extracted is null),
            ["truncated"] = answers.Count(row => row.Grade.Truncated),
            ["undecided"] = answers.Count(row => row.Grade.Undecided),
        };
        OutputFaults.Count(
            [.. answers.Select(row =>
                new AnsweredQuestion(
                    row.Question, new ModelAnswer(row.Grade.QuestionId, row.Grade.Prompt, row.Grade.Output, row.Grade.Tokens, row.Grade.Truncated)))],
            counts);
        return new(counts.Where(count => count.Value > 0).ToDictionary(), StringComparer.Ordinal);
    }
}
