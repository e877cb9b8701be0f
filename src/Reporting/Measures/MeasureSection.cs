using System.Globalization;
using System.Text;
using NaturalThoughts.Reporting.Tables;

namespace NaturalThoughts.Reporting.Measures;

/// <summary>The section of a table with its measures: a row per student and benchmark, the columns that the table asks for.</summary>
internal static class MeasureSection
{
    private static readonly (string Fault, string Heading)[] Faults =
    [
        ("unparsed", "unparsed %"), ("truncated", "cut off %"), ("emptyThinking", "empty think %"), ("unclosedThinking", "unclosed think %"),
        ("answerInThinking", "answer inside think %"), ("repetitionLoops", "loops %"), ("undecided", "undecided %"),
    ];

    /// <summary>The section, with an empty line before it; empty where the table asks for no measure.</summary>
    public static string Write(TableOptions options, IReadOnlyList<CellMeasures> cells)
    {
        string[] measures = [.. options.Columns.Where(TableColumns.IsMeasure)];
        if (measures.Length == 0)
        {
            return "";
        }

        StringBuilder text = new("\n## Answers by benchmark\n\n");
        MarkdownRows.Write(
            text,
            ["student", "benchmark", "answers", "accuracy %", .. measures.SelectMany(Headings)],
            cells.Select(cell =>
                (string[])[cell.Cell.Address, cell.Benchmark.Name, Answers(cell), Percent(cell.Errors.Mean), .. measures.SelectMany(measure =>
                    Values(measure, cell))]));
        text.Append('\n').AppendJoin('\n', measures.SelectMany(Notes).Distinct().Select(note => "- " + note)).Append('\n');
        return text.ToString();
    }

    private static IEnumerable<string> Headings(string measure) => measure switch
    {
        TableColumns.Errors => ["± questions", "± seeds", "± replicates"],
        TableColumns.Faults => Faults.Select(fault => fault.Heading),
        TableColumns.Macro => ["macro averages %"],
        TableColumns.Phrasings => ["phrasings", "lowest to highest %", "sd over phrasings", "sd over seeds", "sd beyond seeds"],
        _ => [measure + " %"],
    };

    private static IEnumerable<string> Values(string measure, CellMeasures cell)
    {
        if (TableColumns.At(measure) is var (name, given))
        {
            int k = given ?? cell.Repeats;
            double? value = name switch
            {
                "pass" => cell.Pass(k),
                "maj" => cell.Majority(k),
                _ => cell.Average(k),
            };
            return [value is { } known ? Percent(known) : ""];
        }

        return measure switch
        {
            TableColumns.Errors => [Percent(cell.Errors.Question), Percent(cell.Errors.Seed), Percent(cell.Errors.Replicate)],
            TableColumns.Faults => Faults.Select(fault => Percent(cell.Fault(fault.Fault))),
            TableColumns.Macro => [string.Join(", ", cell.GroupNames.Select(group => Macro(group, cell.Groups(group))))],
            _ => PhrasingSpread.Of(cell) is { } spread
                ? [
                    Count(spread.Count), $"{Percent(spread.Lowest)} to {Percent(spread.Highest)}", Percent(spread.Deviation), Percent(spread.SeedDeviation),
                    Percent(spread.Excess)]
                : ["", "", "", "", ""],
        };
    }

    private static IEnumerable<string> Notes(string measure) => measure switch
    {
        TableColumns.Errors =>
            [
                "± questions: standard error were other questions asked; ± seeds: were the same questions answered with other seeds; "
                + "± replicates: were the student trained anew.",
            ],
        TableColumns.Macro => ["Macro averages: the mean over the values of a name, each weighing the same, with their number in parentheses."],
        TableColumns.Faults => [],
        TableColumns.Phrasings =>
        [
            "Phrasings: each prompt of the benchmark asked once per replicate with the seed of the first repeat. sd over seeds: "
            + "of as many answers with one prompt; "
                + "sd beyond seeds: root of the difference of the two variances.",
        ],
        _ =>
            [
                "pass@k: unbiased estimator of Chen et al. 2021 over all answers to a question; maj@k: majority of the first k answers, ties shared; avg@k: "
                + "accuracy of the first k answers. k: all answers, unless a number is given.",
            ],
    };

    private static string Answers(CellMeasures cell) => cell.Replicates.Count == 1
        ? string.Create(CultureInfo.InvariantCulture, $"{cell.Questions} x {cell.Repeats}")
        : string.Create(CultureInfo.InvariantCulture, $"{cell.Questions} x {cell.Repeats} x {cell.Replicates.Count}");

    private static string Macro(string name, IReadOnlyList<(string Value, int Questions, double Accuracy)> groups) =>
        $"{name} {Percent(groups.Average(group => group.Accuracy))} ({Count(groups.Count)})";

    private static string Percent(double share) => Numbers.Fixed(100 * share, 1);

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);
}
