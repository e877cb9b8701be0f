using System.Globalization;
using NaturalThoughts.Reporting.Tables;

namespace NaturalThoughts.Reporting.Measures;

/// <summary>All measures in long form: a line per cell, benchmark and measure. Shares are fractions of 1 with six decimals.</summary>
internal static class MeasureCsv
{
    /// <summary>The faults that are counted, as the stage <c>measure</c> names them.</summary>
    public static IReadOnlyList<string> Faults { get; } =
    [
        "unparsed", "truncated", "undecided", "emptyThinking", "unclosedThinking", "answerInThinking", "repetitionLoops",
    ];

    private static readonly string[] Header = ["cell", "benchmark", "measure", "value"];

    public static string Write(IReadOnlyList<CellMeasures> cells) => CsvTable.Lines(cells
        .SelectMany(cell => Values(cell).Select(value => (string[])[cell.Cell.Address, cell.Benchmark.Name, value.Measure, value.Value]))
        .Prepend(Header));

    private static IEnumerable<(string Measure, string Value)> Values(CellMeasures cell)
    {
        static string Six(double? value) => value is { } known ? Numbers.Fixed(known, 6) : "";
        static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);
        (double mean, double question, double seed, double replicate) = cell.Errors;
        yield return ("questions", Count(cell.Questions));
        yield return ("answers", Count(cell.Repeats));
        yield return ("replicates", Count(cell.Replicates.Count));
        yield return ("mean", Six(mean));
        yield return ("se_questions", Six(question));
        yield return ("se_seeds", Six(seed));
        yield return ("se_replicates", Six(replicate));
        foreach (int k in Powers(cell.Repeats))
        {
            yield return ("pass@" + Count(k), Six(cell.Pass(k)));
        }

        foreach (int k in Powers(cell.Repeats))
        {
            yield return ("maj@" + Count(k), Six(cell.Majority(k)));
        }

        yield return ("avg@" + Count(cell.Repeats), Six(cell.Average(cell.Repeats)));
        yield return ("tokens", Numbers.Fixed(cell.Tokens, 2));
        foreach (string fault in Faults)
        {
            yield return (fault, Six(cell.Fault(fault)));
        }

        foreach (string name in cell.GroupNames)
        {
            (string Value, int Questions, double Accuracy)[] groups = [.. cell.Groups(name)];
            yield return ($"macro/{name}", Six(groups.Average(group => group.Accuracy)));
            foreach ((string value, int questions, double accuracy) in groups)
            {
                yield return ($"{name}/{value}", Six(accuracy));
                yield return ($"{name}/{value}/questions", Count(questions));
            }
        }

        for (int i = 0; i < cell.Phrasings.Count; i++)
        {
            yield return ($"phrasing/{Count(i + 1)}", Six(cell.Phrasings[i]));
        }

        if (PhrasingSpread.Of(cell) is { } spread)
        {
            yield return ("sd_phrasings", Six(spread.Deviation));
            yield return ("sd_seeds", Six(spread.SeedDeviation));
            yield return ("sd_phrasings_beyond_seeds", Six(spread.Excess));
        }
    }

    // 1, 2, 4, ... and all.
    private static IEnumerable<int> Powers(int repeats)
    {
        for (int k = 1; k < repeats; k *= 2)
        {
            yield return k;
        }

        yield return repeats;
    }
}
