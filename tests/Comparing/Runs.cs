using NaturalThoughts.Sources.Runs;

namespace NaturalThoughts.Comparing.Tests;

/// <summary>Runs of a few questions, written as strings: a word for each question, a digit for each of its repeats.</summary>
internal static class Runs
{
    /// <summary>A run of one benchmark: <c>"q1=10 q2=11"</c> are two questions with two answers each.</summary>
    public static RecordedRun Of(string label, string answers, string metric = "acc", string task = "Sums") =>
        new(label, "/" + label, [Task(answers, metric, task)]);

    public static RunTask Task(string answers, string metric = "acc", string task = "Sums")
    {
        RunQuestion[] questions =
            [.. answers.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => Question(word.Split('=')[0], word.Split('=')[1]))];
        return new RunTask(task, [metric], questions)
        {
            Repeats = questions.GroupBy(question => question.Answers.Count).OrderByDescending(group => group.Count()).First().Key,
        };
    }

    /// <summary><c>id</c>, <c>id/text</c> or <c>/text</c>; a digit of 0 or 1 is a verdict, 5 a half, - none.</summary>
    public static RunQuestion Question(string name, string scores)
    {
        string[] parts = name.Split('/');
        return new RunQuestion(
            parts[0].Length > 0 ? parts[0] : null,
            parts.Length > 1 ? QuestionText.Key(parts[1]) : null,
            parts.Length > 1 ? parts[1] : null,
            [.. scores.Select(score => new RunAnswer([score switch { '1' => 1, '0' => 0, '5' => 0.5, _ => double.NaN }], 10, "answer" + score))]);
    }
}
