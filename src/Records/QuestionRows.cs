using NaturalThoughts.Contracts;

namespace NaturalThoughts.Records;

/// <summary>Files of records in which each question appears once, and their joins by question.</summary>
public static class QuestionRows
{
    /// <summary>All rows in file order.</summary>
    /// <param name="path">The file.</param>
    /// <param name="id">The question's id of a row.</param>
    /// <param name="known">The ids that may occur; null for any.</param>
    /// <exception cref="UserErrorException">A question appears twice, or is not known, or a line is no such record.</exception>
    public static List<T> InOrder<T>(string path, Func<T, string> id, IReadOnlyCollection<string>? known = null)
    {
        List<T> rows = JsonLines.Read<T>(path);
        HashSet<string>? allowed = known is null ? null : new(known, StringComparer.Ordinal);
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (T row in rows)
        {
            if (allowed?.Contains(id(row)) == false)
            {
                throw new UserErrorException(
                    $"The question '{id(row)}' of this file is not among the questions.", path, "Both files must come from the same pool.");
            }

            if (!seen.Add(id(row)))
            {
                throw new UserErrorException($"The question '{id(row)}' stands twice.", path, "Each question has one row.");
            }
        }

        return rows;
    }

    /// <summary>All rows by id; the same parameters and errors as <see cref="InOrder"/>.</summary>
    public static Dictionary<string, T> ById<T>(string path, Func<T, string> id, IReadOnlyCollection<string>? known = null) =>
        InOrder(path, id, known).ToDictionary(id, StringComparer.Ordinal);

    /// <summary>The row of a question.</summary>
    /// <exception cref="UserErrorException">There is none; <paramref name="path"/> is where it should stand.</exception>
    public static T Row<T>(IReadOnlyDictionary<string, T> rows, string id, string path) => rows.TryGetValue(id, out T? row)
        ? row
        : throw new UserErrorException($"The question '{id}' has no row in this file.", path, "Both files must come from the same pool.");
}
