using System.Globalization;
using System.Text;
using NaturalThoughts.Evaluation.Modes;
using NaturalThoughts.Reporting.Tables;

namespace NaturalThoughts.Reporting.Modes;

/// <summary>The sections of a table that compare modes of thinking.</summary>
internal static class ModeSection
{
    private static readonly string[] ModeOrder = ["think", "adaptive", "direct"];

    /// <summary>The sections, with an empty line before them; empty where the table compares none.</summary>
    public static string Write(TableOptions options, IReadOnlyList<ModeResult> results, IReadOnlyList<Compositions> compositions)
    {
        if (options.Modes is not { } modes || results.Count == 0)
        {
            return "";
        }

        StringBuilder text = new();
        Answers(text, modes, results);
        Levels(text, results);
        Closed(text, modes, results);
        Routes(text, results);
        OverThought(text, modes, results);
        Composed(text, compositions);
        return text.ToString();
    }

    private static void Answers(StringBuilder text, ModeOptions modes, IReadOnlyList<ModeResult> results)
    {
        text.Append("\n## Answers by mode\n\n");
        MarkdownRows.Write(
            text,
            [
                "student", "mode", "benchmark", "accuracy %", "tokens", "median", "95 %", "opens a tag %", "never closes %", "reasons %", "unparsed %",
                "cut off %", .. modes.Budgets.Select(budget => "within " + Count(budget)),
            ],
            results.Select(result =>
            {
                ModeSummary summary = ModeSummary.Of(result.Answers);
                return (string[])
                [
                    result.Cell.Student, result.Cell.Mode, result.Benchmark.Name, Percent(summary.Accuracy), Tokens(summary.MeanTokens),
                    Count(summary.MedianTokens), Count(summary.HighTokens),
                    Percent(summary.Opens), Percent(summary.Unclosed), Percent(summary.Reasons), Percent(summary.Unparsed), Percent(summary.Truncated),
                    .. modes.Budgets.Select(budget => Percent(ModeSummary.AccuracyWithin(result.Answers, budget))),
                ];
            }));
        text.Append("\nAll replicates together. reasons: says something before it states its answer, with a tag or without; docs/mixing.md has the rule. "
            + "within k: accuracy where only answers of at most k tokens count as right.\n");
    }

    private static void Levels(StringBuilder text, IReadOnlyList<ModeResult> results)
    {
        string[] levels =
            [.. results.SelectMany(result => result.Answers).Select(answer => answer.Level).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        if (levels.Length == 0)
        {
            return;
        }

        text.Append("\n## By level\n\n");
        string[] header = ["student", "mode", .. levels.Select(level => "level " + level)];
        MarkdownRows.Write(text, header, results.GroupBy(result => result.Cell).Select(row => (string[])
        [
            row.Key.Student, row.Key.Mode,
            .. levels.Select(level =>
                ModeSummaryOf(row, level) is { } summary ? $"{Percent(summary.Accuracy)} / {Tokens(summary.MeanTokens)} / {Percent(summary.Reasons)}" : ""),
        ]));
        text.Append("\nAccuracy in percent / tokens per answer / share that reasons in percent, all benchmarks together.\n");
    }

    private static ModeSummary? ModeSummaryOf(IEnumerable<ModeResult> row, string level) =>
        row.SelectMany(result => result.Answers).Where(answer => answer.Level == level).ToArray() is { Length: > 0 } answers ? ModeSummary.Of(answers) : null;

    private static void Closed(StringBuilder text, ModeOptions modes, IReadOnlyList<ModeResult> results)
    {
        ModeResult[] closed = [.. results.Where(result => result.Closed.Count > 0)];
        if (closed.Length == 0)
        {
            return;
        }

        text.Append("\n## Thoughts closed at a budget\n\n");
        string[] header = ["student", "benchmark", .. modes.Closed.Select(budget => Count(budget) + " tokens"), "its own end"];
        MarkdownRows.Write(text, header, closed.Select(result => (string[])
        [
            result.Cell.Student, result.Benchmark.Name,
            .. result.Closed.Select(part => ModeSummary.Of(part.Answers))
                .Select(summary => $"{Percent(summary.Accuracy)} / {Tokens(summary.MeanTokens)}"),
            $"{Percent(result.Answers.Average(answer => answer.Score))} / {Tokens(result.Answers.Average(answer => (double)answer.Tokens))}",
        ]));
        text.Append(
            "\nAccuracy in percent / tokens per answer, asked to think. A thought that is longer is cut after so many of its tokens and closed, and the "
            + "student goes on; shorter ones, and answers without tags, stay.\n");
    }

    private static void Routes(StringBuilder text, IReadOnlyList<ModeResult> results)
    {
        IReadOnlyList<ModeRouting> routes = ModeRouting.Of(results);
        if (routes.Count == 0)
        {
            return;
        }

        string[] modes = [.. ModeOrder.Where(mode => routes.Any(route => route.Rows.Any(row => row.Cell.Mode == mode)))];
        text.Append("\n## An oracle between think and direct\n\n");
        MarkdownRows.Write(text, ["student", "benchmark", "oracle", .. modes.Select(mode => "regret of " + mode)], routes.Select(route => (string[])
        [
            route.Student, route.Benchmark.Name, $"{Percent(route.Route.Accuracy)} / {Tokens(route.Route.Tokens)}",
            .. modes.Select(mode =>
                route.Rows.FirstOrDefault(row => row.Cell.Mode == mode) is { } row ? $"{Percent(route.Regret(row))} / {Tokens(route.Excess(row))}" : ""),
        ]));
        text.Append(
            "\nOracle: accuracy in percent / tokens per answer of a router that takes, question by question, "
            + "the shortest right answer of the two modes. It knows the answers, "
            + "luck of sampling included: an upper bound. Regret: points that a mode is short of it / tokens that it spends beyond it.\n");
    }

    private static void OverThought(StringBuilder text, ModeOptions modes, IReadOnlyList<ModeResult> results)
    {
        (ModeCell Key, OverThinking? Over)[] rows =
        [
            .. results.GroupBy(result => result.Cell).Select(row => (row.Key, Over: OverThinking.Of(modes, [.. row]))).Where(row => row.Over is not null),
        ];
        if (rows.Length == 0)
        {
            return;
        }

        text.Append("\n## Thinking where it is needed\n\n");
        MarkdownRows.Write(
            text,
            ["student", "mode", "AUC on easy %", "accuracy on hard %", "F1 %"],
            rows.Select(row => (string[])[row.Key.Student, row.Key.Mode, Percent(row.Over!.Auc), Percent(row.Over.HardAccuracy), Percent(row.Over.Joined)]));
        text.Append(
            CultureInfo.InvariantCulture,
            $"\nAfter OptimalThinkingBench (arXiv 2508.13141), all benchmarks together: "
            + $"easy are the {rows[0].Over!.Easy} questions of level {string.Join(", ", modes.Easy)}, ")
            .Append(
                CultureInfo.InvariantCulture,
                $"hard the {rows[0].Over!.Hard} of level {string.Join(", ", modes.Hard)}. AUC: mean of right x max(0, 1 - tokens / {modes.Scale}), all tokens "
                + $"of an answer. F1: harmonic mean of the two.\n");
    }

    private static void Composed(StringBuilder text, IReadOnlyList<Compositions> compositions)
    {
        if (compositions.Count == 0)
        {
            return;
        }

        string[] levels = [.. compositions.SelectMany(set => set.Names("levels")).Distinct().Order(StringComparer.Ordinal)];
        text.Append("\n## What the mixes are composed of\n\n");
        string[] header = ["student", "System 2", "System 1", "without instruction", "share of System 2 %", .. levels.Select(level => $"level {level} %")];
        MarkdownRows.Write(text, header, compositions.Select(set => (string[])
        [
            set.Cell.Student, Examples(set.Mean("all", null, "system2")), Examples(set.Mean("all", null, "system1")),
            Examples(set.Mean("all", null, "withoutInstruction")), Percent(set.Share),
            .. levels.Select(level =>
                Percent(set.Mean("levels", level, "system2") / (set.Mean("levels", level, "system2") + set.Mean("levels", level, "system1")))),
        ]));
        text.Append("\nExamples of a replicate, on average; by level the share of System 2. The file of modes has the domains, too.\n");
    }

    private static string Percent(double share) => Numbers.Fixed(100 * share, 1);

    private static string Tokens(double tokens) => Numbers.Fixed(tokens, 1);

    private static string Examples(double count) => Numbers.Fixed(count, 1);

    private static string Count(int value) => value.ToString(CultureInfo.InvariantCulture);
}
