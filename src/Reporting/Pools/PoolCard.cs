using System.Globalization;
using System.Text;
using NaturalThoughts.Reporting.Tables;

namespace NaturalThoughts.Reporting.Pools;

/// <summary>Writes the page of a pool, card.md.</summary>
internal static class PoolCard
{
    public static string Write(WorldCardOptions options, PoolRows rows)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"# {options.Title}\n\n{rows.Rows.Count} of {rows.Questions} questions have a trace and an annotation.\n");
        foreach (string note in options.Notes)
        {
            text.Append('\n').Append(note).Append('\n');
        }

        text.Append("\n## Families\n\n");
        MarkdownRows.Write(
            text, ["family", "domain", "questions", "levels", "mean trace tokens", "disagreement %"], Group(rows, row => row.Family).Select(Family));
        text.Append("\n## Levels\n\n");
        MarkdownRows.Write(text, ["level", "questions", "mean trace tokens", "disagreement %"], Group(rows, row => row.Level).Select(group =>
            (string[])[group.Key, Number(group.Count()), Mean(group), Disagreement(group)]));
        text.Append(CultureInfo.InvariantCulture, $"\nTeacher and fast solver disagree on {Disagreement(rows.Rows)} % of the questions.\n");
        BeingRight(text, rows);
        Figures(text);
        text.Append("\n## What the annotator reads\n\nAgainst what the source knows of each question and trace.\n\n");
        MarkdownRows.Write(text, ["label", "truth", "read", "precision", "recall"],
        [
            .. Labels(rows, "domain ", row => [row.Domain], row => [row.Annotation.Domain]),
            .. Labels(rows, "topic ", row => row.Topic.Length == 0 ? [] : [row.Topic], row => row.Annotation.Topics ?? []),
            .. Labels(rows, "", row => row.Strategies, row => row.Annotation.Strategies),
        ]);
        text.Append("\nVerbosity 0-10: ").AppendJoin(", ", rows.Rows
            .GroupBy(row => row.Annotation.Verbosity)
            .OrderBy(group => group.Key)
            .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Key}: {group.Count()}"))).Append(".\n");
        text.Append("\n## One of each family\n");
        foreach (IGrouping<string, PoolRow> group in Group(rows, row => row.Family))
        {
            Example(text, group.First());
        }

        return text.ToString();
    }

    /// <summary>Traces by length, in classes that double: 0-15, 16-31, 32-63, ...</summary>
    public static IReadOnlyDictionary<string, int> Lengths(PoolRows rows)
    {
        int longest = rows.Rows.Max(row => row.Trace.Tokens);
        Dictionary<string, int> counts = [];
        int from = 0;
        for (int to = 16; from <= longest; to *= 2)
        {
            int low = from, high = to;
            counts.Add(
                string.Create(CultureInfo.InvariantCulture, $"{low}-{high - 1}"), rows.Rows.Count(row => row.Trace.Tokens >= low && row.Trace.Tokens < high));
            from = to;
        }

        return counts;
    }

    private static IEnumerable<IGrouping<string, PoolRow>> Group(PoolRows rows, Func<PoolRow, string> key) =>
        rows.Rows.GroupBy(key).OrderBy(group => group.Key, StringComparer.Ordinal);

    private static string[] Family(IGrouping<string, PoolRow> group) =>
    [
        group.Key,
        string.Join(", ", group.Select(row => row.Domain).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)),
        Number(group.Count()),
        string.Join(
            ' ', group.GroupBy(row => row.Level).OrderBy(level => level.Key, StringComparer.Ordinal).Select(level => $"{level.Key}:{Number(level.Count())}")),
        Mean(group),
        Disagreement(group),
    ];

    private static IEnumerable<string[]> Labels(
        PoolRows rows, string prefix, Func<PoolRow, IReadOnlyList<string>> truth, Func<PoolRow, IReadOnlyList<string>> read)
    {
        SortedDictionary<string, int> inTruth = rows.Count(truth), inRead = rows.Count(read);
        SortedDictionary<string, int> inBoth = rows.Count(row => truth(row).Intersect(read(row), StringComparer.Ordinal));
        foreach (string label in inTruth.Keys.Union(inRead.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            int both = inBoth.GetValueOrDefault(label), actual = inTruth.GetValueOrDefault(label), found = inRead.GetValueOrDefault(label);
            yield return [prefix + label, Number(actual), Number(found), Share(both, found), Share(both, actual)];
        }
    }

    // What a strategy, or words without need, go along with; families and levels are mixed, and strategies are more frequent on harder ones.
    private static void BeingRight(StringBuilder text, PoolRows rows)
    {
        PoolRow[] known = [.. rows.Rows.Where(row => row.Mistaken is not null)];
        if (known.Length == 0)
        {
            return;
        }

        string[] Row(string label, Func<PoolRow, bool> has) => [label, .. Wrong(known.Where(has)), .. Wrong(known.Where(row => !has(row)))];
        text.Append("\n## Traces that are wrong\n\nBy what the source knows of each trace.\n\n");
        MarkdownRows.Write(text, ["traces with", "number", "wrong %", "others", "wrong %"],
        [
            .. known.SelectMany(row => row.Strategies).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Select(strategy => Row(strategy, row => row.Strategies.Contains(strategy, StringComparer.Ordinal))),
            Row("verbosity 0-3", row => row.Annotation.Verbosity <= 3),
            Row("verbosity 7-10", row => row.Annotation.Verbosity >= 7),
        ]);
    }

    private static string[] Wrong(IEnumerable<PoolRow> rows)
    {
        PoolRow[] all = [.. rows];
        return [Number(all.Length), all.Length == 0 ? "" : Numbers.Fixed(100 * Numbers.Ratio(all.Count(row => row.Mistaken == true), all.Length), 1)];
    }

    private static void Figures(StringBuilder text)
    {
        text.Append('\n');
        foreach (string name in (string[])["domain", "level", "length", "strategies"])
        {
            text.Append(CultureInfo.InvariantCulture, $"![{name}]({name}.svg)\n");
        }
    }

    private static void Example(StringBuilder text, PoolRow row)
    {
        text.Append(
            CultureInfo.InvariantCulture, $"\n### {row.Family}\n\n`{row.Question.Id}`, level {row.Level}, reference answer `{row.Question.Reference}`\n");
        Block(text, "Question", string.Join('\n', [row.Question.Text, .. row.Question.Options.Select((option, i) => $"{(char)('A' + i)}. {option}")]));
        Block(
            text, string.Create(CultureInfo.InvariantCulture, $"Trace ({row.Trace.Tokens} tokens), then the answer"),
            row.Trace.Thinking + "\n---\n" + row.Trace.Answer);
        if (row.Answer is not null)
        {
            Block(text, "Fast solver", row.Answer.Output);
        }

        text.Append(
            CultureInfo.InvariantCulture,
            $"\nAnnotation: {row.Annotation.Domain}; {string.Join(", ", row.Annotation.Strategies)}; verbosity {row.Annotation.Verbosity}. ");
        text.Append(CultureInfo.InvariantCulture, $"Source: {row.Domain}; {string.Join(", ", row.Strategies)}.\n");
    }

    private static void Block(StringBuilder text, string heading, string body) =>
        text.Append(CultureInfo.InvariantCulture, $"\n{heading}:\n\n````text\n{body}\n````\n");

    private static string Mean(IEnumerable<PoolRow> rows) => Numbers.Fixed(Numbers.Ratio(rows.Sum(row => (long)row.Trace.Tokens), rows.Count()), 1);

    private static string Disagreement(IEnumerable<PoolRow> rows)
    {
        PoolRow[] judged = [.. rows.Where(row => row.Agrees is not null)];
        return judged.Length == 0 ? "" : Numbers.Fixed(100 * Numbers.Ratio(judged.Count(row => row.Agrees == false), judged.Length), 1);
    }

    private static string Share(int part, int whole) => whole == 0 ? "" : Numbers.Fixed(Numbers.Ratio(part, whole), 3);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
