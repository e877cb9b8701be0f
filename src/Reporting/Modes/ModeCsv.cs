using System.Globalization;
using NaturalThoughts.Evaluation.Modes;
using NaturalThoughts.Reporting.Tables;

namespace NaturalThoughts.Reporting.Modes;

/// <summary>
/// All that a table compares between modes, in long form: a line per row, benchmark, level and measure. <c>all</c> stands for all benchmarks together,
/// or all levels. Shares are fractions of 1 with six decimals, tokens have two.
/// </summary>
internal static class ModeCsv
{
    private const string All = "all";
    private static readonly string[] Header = ["cell", "benchmark", "level", "measure", "value"];

    public static string Write(ModeOptions options, IReadOnlyList<ModeResult> results, IReadOnlyList<Compositions> compositions) => CsvTable.Lines(
        [Header, .. results.SelectMany(result => Measures(options, result)), .. Rows(options, results), .. ModeRouting.Of(results)
            .SelectMany(Routes), .. compositions.SelectMany(Composed)]);

    private static IEnumerable<string[]> Measures(ModeOptions options, ModeResult result)
    {
        foreach (string[] row in Summary(options, result.Cell.Address, result.Benchmark.Name, All, result.Answers))
        {
            yield return row;
        }

        foreach (IGrouping<string, ModeAnswer> level in result.Answers.Where(answer => answer.Level is not null).GroupBy(answer => answer.Level!)
            .OrderBy(level => level.Key, StringComparer.Ordinal))
        {
            foreach (string[] row in Summary(options, result.Cell.Address, result.Benchmark.Name, level.Key, [.. level]))
            {
                yield return row;
            }
        }

        foreach ((int budget, IReadOnlyList<ModeAnswer> answers) in result.Closed)
        {
            ModeSummary closed = ModeSummary.Of(answers);
            string[] Line(string measure, string value) => [result.Cell.Address, result.Benchmark.Name, All, $"closed_{Count(budget)}{measure}", value];
            yield return Line("", Share(closed.Accuracy));
            yield return Line("_tokens", Tokens(closed.MeanTokens));
            yield return Line("_unparsed", Share(closed.Unparsed));
        }
    }

    private static IEnumerable<string[]> Summary(ModeOptions options, string cell, string benchmark, string level, IReadOnlyList<ModeAnswer> answers)
    {
        ModeSummary summary = ModeSummary.Of(answers);
        (string Measure, string Value)[] values =
        [
            ("answers", Count(summary.Answers)),
            ("accuracy", Share(summary.Accuracy)),
            ("tokens_mean", Tokens(summary.MeanTokens)),
            ("tokens_median", Count(summary.MedianTokens)),
            ("tokens_p95", Count(summary.HighTokens)),
            ("opens_tag", Share(summary.Opens)),
            ("unclosed", Share(summary.Unclosed)),
            ("reasons", Share(summary.Reasons)),
            ("unparsed", Share(summary.Unparsed)),
            ("cut_off", Share(summary.Truncated)),
            .. options.Budgets.Select(budget => ($"within_{Count(budget)}", Share(ModeSummary.AccuracyWithin(answers, budget)))),
        ];
        return values.Select(value => (string[])[cell, benchmark, level, value.Measure, value.Value]);
    }

    private static IEnumerable<string[]> Rows(ModeOptions options, IReadOnlyList<ModeResult> results)
    {
        foreach (IGrouping<ModeCell, ModeResult> row in results.GroupBy(result => result.Cell))
        {
            foreach (string[] line in Summary(options, row.Key.Address, All, All, [.. row.SelectMany(result => result.Answers)]))
            {
                yield return line;
            }

            if (OverThinking.Of(options, [.. row]) is { } over)
            {
                (string Measure, string Value)[] values =
                    [
                        ("easy_questions", Count(over.Easy)),
                        ("hard_questions", Count(over.Hard)),
                        ("auc_oaa", Share(over.Auc)),
                        ("hard_accuracy", Share(over.HardAccuracy)),
                        ("f1", Share(over.Joined)),
                    ];
                foreach ((string measure, string value) in values)
                {
                    yield return [row.Key.Address, All, All, measure, value];
                }
            }
        }
    }

    private static IEnumerable<string[]> Routes(ModeRouting routing)
    {
        foreach (ModeResult row in routing.Rows)
        {
            yield return [row.Cell.Address, routing.Benchmark.Name, All, "oracle_accuracy", Share(routing.Route.Accuracy)];
            yield return [row.Cell.Address, routing.Benchmark.Name, All, "oracle_tokens", Tokens(routing.Route.Tokens)];
            yield return [row.Cell.Address, routing.Benchmark.Name, All, "regret", Share(routing.Regret(row))];
            yield return [row.Cell.Address, routing.Benchmark.Name, All, "excess_tokens", Tokens(routing.Excess(row))];
        }
    }

    private static IEnumerable<string[]> Composed(Compositions set)
    {
        string cell = set.Cell.Address;
        foreach (string kind in (string[])["system2", "system1", "withoutInstruction"])
        {
            yield return [cell, "", All, "examples/" + kind, Tokens(set.Mean("all", null, kind))];
            foreach (string level in set.Names("levels"))
            {
                yield return [cell, "", level, "examples/" + kind, Tokens(set.Mean("levels", level, kind))];
            }

            foreach (string domain in set.Names("domains"))
            {
                yield return [cell, "", All, $"examples/{domain}/{kind}", Tokens(set.Mean("domains", domain, kind))];
            }
        }
    }

    private static string Share(double value) => Numbers.Fixed(value, 6);

    private static string Tokens(double value) => Numbers.Fixed(value, 2);

    private static string Count(int value) => value.ToString(CultureInfo.InvariantCulture);
}
