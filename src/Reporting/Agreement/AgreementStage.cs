using System.Globalization;
using System.Text;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Reporting.Agreement;

/// <summary>
/// A table of how far two annotators of the same rows agree: on the domain, on verbosity, on each strategy (given or not), and on the sets of
/// strategies and topics. Rows that only one of them annotated are counted and left out.
/// </summary>
public sealed class AgreementStage : IStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "annotator-agreement";

    /// <summary>The role of the first annotator's rows.</summary>
    public const string FirstRole = "first";

    /// <summary>The role of the second annotator's rows.</summary>
    public const string SecondRole = "second";

    /// <summary>The file with the table.</summary>
    public const string Markdown = "agreement.md";

    /// <summary>The file with the table as CSV.</summary>
    public const string Csv = "agreement.csv";

    /// <inheritdoc />
    public StageDescription Description { get; } = new(Name, [FirstRole, SecondRole], [Markdown, Csv]);

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        AgreementOptions options = context.Options<AgreementOptions>();
        Dictionary<string, Annotation> others = QuestionRows.ById<Annotation>(context.Input(SecondRole), row => row.QuestionId);
        List<Annotation> all = QuestionRows.InOrder<Annotation>(context.Input(FirstRole), row => row.QuestionId);
        (Annotation First, Annotation Second)[] both = [.. all.Where(row => others.ContainsKey(row.QuestionId)).Select(row => (row, others[row.QuestionId]))];
        if (both.Length == 0)
        {
            throw new UserErrorException("The two annotators have no row in common.", context.Input(SecondRole), "Both must annotate the same traces.");
        }

        List<AgreementRow> rows = Rows(both);
        File.WriteAllText(context.Output(Markdown), ToMarkdown(options, rows));
        File.WriteAllText(context.Output(Csv), ToCsv(rows));
        return new StageResult
        {
            Counts =
                new(StringComparer.Ordinal) { ["rows"] = both.Length, ["onlyFirst"] = all.Count - both.Length, ["onlySecond"] = others.Count - both.Length },
        };
    }

    private static List<AgreementRow> Rows((Annotation First, Annotation Second)[] both)
    {
        string[] domains =
            [.. both.SelectMany(pair => new[] { pair.First.Domain, pair.Second.Domain }).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        int[] DomainsOf(Func<(Annotation First, Annotation Second), Annotation> side) =>
            [.. both.Select(pair => Array.BinarySearch(domains, side(pair).Domain, StringComparer.Ordinal))];
        List<AgreementRow> rows =
        [
            AgreementRow.Of("domain", DomainsOf(pair => pair.First), DomainsOf(pair => pair.Second), distances: false),
            AgreementRow.Of("verbosity", [.. both.Select(pair => pair.First.Verbosity)], [.. both.Select(pair => pair.Second.Verbosity)], distances: true),
            AgreementRow.OfSets("strategies (overlap)", [.. both.Select(pair => pair.First.Strategies)], [.. both.Select(pair => pair.Second.Strategies)]),
        ];
        (Annotation First, Annotation Second)[] topical = [.. both.Where(pair => pair.First.Topics is not null && pair.Second.Topics is not null)];
        if (topical.Length > 0)
        {
            rows.Add(
                AgreementRow.OfSets("topics (overlap)", [.. topical.Select(pair => pair.First.Topics!)], [.. topical.Select(pair => pair.Second.Topics!)]));
        }

        foreach (string strategy in both.SelectMany(pair => pair.First.Strategies.Concat(pair.Second.Strategies)).Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal))
        {
            int[] Has(Func<(Annotation First, Annotation Second), Annotation> side) =>
                [.. both.Select(pair => side(pair).Strategies.Contains(strategy, StringComparer.Ordinal) ? 1 : 0)];
            rows.Add(AgreementRow.Of(strategy, Has(pair => pair.First), Has(pair => pair.Second), distances: false));
        }

        return rows;
    }

    private static string ToMarkdown(AgreementOptions options, List<AgreementRow> rows)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"# Agreement of {options.First} and {options.Second}\n\n");
        text.Append(
            "Kappa is Cohen's, with its standard error; weighted is with quadratic weights; "
            + "alpha is Krippendorff's (interval for verbosity, else nominal).\n\n");
        text.Append("| label | items | equal | kappa | SE | weighted | alpha |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n");
        foreach (AgreementRow row in rows)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {row.Label} | {row.Items} | "
                + $"{string.Join(" | ", Values(row).Select(value => double.IsNaN(value) ? "" : value.ToString("0.000", CultureInfo.InvariantCulture)))} |\n");
        }

        return text.ToString();
    }

    private static string ToCsv(List<AgreementRow> rows)
    {
        StringBuilder text = new("label,items,equal,kappa,standardError,weighted,alpha\n");
        foreach (AgreementRow row in rows)
        {
            string label = row.Label.Contains(',', StringComparison.Ordinal) || row.Label.Contains('"', StringComparison.Ordinal)
                ? $"\"{row.Label.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
                : row.Label;
            IEnumerable<string> values = Values(row).Select(value => double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture));
            text.Append(CultureInfo.InvariantCulture, $"{label},{row.Items},{string.Join(',', values)}\n");
        }

        return text.ToString();
    }

    private static double[] Values(AgreementRow row) => [row.Observed, row.Kappa, row.StandardError, row.Weighted, row.Alpha];
}
