using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Reporting.Tables;

/// <summary>
/// The grades of one replicate, taken apart into repeats: the k-th grade of a question is that of repeat k. A file without repeats is one of a
/// single repeat.
/// </summary>
/// <param name="Ids">The questions' ids in ordinal order.</param>
/// <param name="Repeats">Per repeat the grades in that order.</param>
internal sealed record RepeatedGrades(IReadOnlyList<string> Ids, IReadOnlyList<IReadOnlyList<Grade>> Repeats)
{
    /// <summary>One character a question, repeat after repeat; see <see cref="OutcomesFile.Character"/>.</summary>
    public string Outcomes => string.Concat(Repeats.SelectMany(grades => grades.Select(OutcomesFile.Character)));

    /// <summary>Reads the grades of a student, one or more per question.</summary>
    /// <param name="path">The file with the grades.</param>
    /// <param name="role">What it is, for messages.</param>
    /// <exception cref="UserErrorException">There are no grades, or some questions have more of them than others.</exception>
    public static RepeatedGrades Read(string path, string role)
    {
        SortedDictionary<string, List<Grade>> byQuestion = new(StringComparer.Ordinal);
        foreach (Grade grade in JsonLines.Read<Grade>(path))
        {
            if (!byQuestion.TryGetValue(grade.QuestionId, out List<Grade>? grades))
            {
                byQuestion.Add(grade.QuestionId, grades = []);
            }

            grades.Add(grade);
        }

        if (byQuestion.Count == 0)
        {
            throw new UserErrorException($"The grades '{role}' are empty.", path, "A benchmark needs at least one question.");
        }

        int repeats = byQuestion.Values.Min(grades => grades.Count);
        if (byQuestion.FirstOrDefault(question => question.Value.Count > repeats) is { Value: { } more } odd)
        {
            string often = repeats == 1 && more.Count == 2 ? "twice" : FormattableString.Invariant($"{more.Count} times, another one {repeats}");
            throw new UserErrorException(
                $"The grades '{role}' hold the question '{odd.Key}' {often}.", path, "Each question is graded once per replicate and repeat.");
        }

        return new RepeatedGrades([.. byQuestion.Keys], [.. Enumerable.Range(0, repeats).Select(k => byQuestion.Values.Select(grades => grades[k]).ToArray())]);
    }
}
