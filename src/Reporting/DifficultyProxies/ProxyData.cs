using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Reporting.DifficultyProxies;

/// <summary>What all models of a table answered to the same questions, in ordinal order of the questions' ids.</summary>
internal sealed class ProxyData
{
    /// <summary>Number of questions.</summary>
    public int Count => GroupOf.Count;

    /// <summary>The categories in ordinal order.</summary>
    public required IReadOnlyList<string> Groups { get; init; }

    /// <summary>The category of each question.</summary>
    public required IReadOnlyList<int> GroupOf { get; init; }

    /// <summary>The questions of each category.</summary>
    public required IReadOnlyList<int[]> Members { get; init; }

    /// <summary>Row to its answers, in the order of the table.</summary>
    public required IReadOnlyDictionary<string, ProxyAnswers> Models { get; init; }

    /// <summary>Reads questions and grades.</summary>
    /// <exception cref="UserErrorException">A question has no category, or the rows answer different questions.</exception>
    public static ProxyData Read(StageContext context, ProxiesOptions options)
    {
        string benchmark = options.Benchmarks[0].Name;
        Dictionary<string, ProxyAnswers> models = new(StringComparer.Ordinal);
        List<string> categories = [];
        string[]? ids = null;
        foreach (TableCell cell in options.Cells)
        {
            string path = context.Input(TableRoles.Questions(cell.Address, benchmark, cell.Seeds[0]));
            List<Question> questions = [.. JsonLines.Read<Question>(path).OrderBy(question => question.Id, StringComparer.Ordinal)];
            string[] own = [.. questions.Select(question => question.Id)];
            if (ids is null)
            {
                ids = own;
                categories = [.. questions.Select(question => question.Meta.GetValueOrDefault(options.Proxies.By)
                    ?? throw new UserErrorException(
                        $"The question '{question.Id}' has no '{options.Proxies.By}'.", path, "Name one of the meta of the benchmark's map in 'by'."))];
            }
            else if (!own.SequenceEqual(ids, StringComparer.Ordinal))
            {
                throw new UserErrorException(
                    $"'{cell.Address}' answers other questions than '{options.Cells[0].Address}'.", path, "Write 'questions: common' in the table.");
            }

            models.Add(cell.Address, ProxyAnswers.Read(context.Input(TableRoles.Grades(cell.Address, benchmark, cell.Seeds[0])), questions));
        }

        string[] groups = [.. categories.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        int[] groupOf = [.. categories.Select(category => Array.IndexOf(groups, category))];
        return new ProxyData
        {
            Groups = groups,
            GroupOf = groupOf,
            Members = [.. groups.Select((_, g) => Enumerable.Range(0, groupOf.Length).Where(i => groupOf[i] == g).ToArray())],
            Models = models,
        };
    }
}
