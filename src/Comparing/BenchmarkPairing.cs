using System.Globalization;
using NaturalThoughts.Contracts;
using NaturalThoughts.Reporting.Tables;
using NaturalThoughts.Sources.Runs;
using NaturalThoughts.Statistics;

namespace NaturalThoughts.Comparing;

/// <summary>The answers of several runs to one benchmark, brought to the same questions and repeats.</summary>
internal sealed class BenchmarkPairing
{
    private readonly IReadOnlyList<RecordedRun> _runs;
    private readonly RunTask[] _tasks;
    private readonly CompareOptions _options;
    private readonly List<UserError> _errors;
    private readonly List<string> _notes = [];
    private readonly int[] _metrics;
    private List<int[]> _rows = [];
    private int _repeats;

    private BenchmarkPairing(IReadOnlyList<RecordedRun> runs, RunTask[] tasks, CompareOptions options, int[] metrics, List<UserError> errors)
    {
        (_runs, _tasks, _options, _metrics, _errors) = (runs, tasks, options, metrics, errors);
    }

    private string Name => _tasks[0].Name;

    /// <summary>The pairing; null where something is in the way, which is then among the errors.</summary>
    public static BenchmarkPairing? Of(IReadOnlyList<RecordedRun> runs, RunTask[] tasks, CompareOptions options, List<UserError> errors)
    {
        int before = errors.Count;
        MetricChoice? choice = MetricChoice.Of(runs, tasks, options.Metric, errors);
        if (choice is null)
        {
            return null;
        }

        BenchmarkPairing pairing = new(runs, tasks, options, choice.Places, errors);
        pairing._notes.AddRange(choice.Notes);
        for (int k = 0; k < tasks.Length; k++)
        {
            pairing._notes.AddRange(tasks[k].Notes.Select(note => $"{runs[k].Label}: {note}"));
        }

        pairing.Match();
        pairing.DropUnfinished();
        pairing.AgreeOnRepeats();
        pairing.CompareReferences();
        if (errors.Count == before && pairing._rows.Count == 0)
        {
            errors.Add(pairing.NothingCommon());
        }

        return errors.Count == before ? pairing : null;
    }

    /// <summary>The comparison, without the correction over all tests.</summary>
    public BenchmarkComparison Compare()
    {
        double[][,] scores = [.. Enumerable.Range(0, _tasks.Length).Select(Scores)];
        ScoredRun[] runs = [.. scores.Select(Scored)];
        PairedComparison[] pairs = [.. Enumerable.Range(1, _tasks.Length - 1).Select(k => Compare(scores, k))];
        return new BenchmarkComparison(Name, _rows.Count, _repeats, runs, pairs, _notes);
    }

    private PairedComparison Compare(double[][,] scores, int run)
    {
        bool areRuns = RepeatsAreRuns(0) || RepeatsAreRuns(run);
        return new PairedComparison(_runs[run].Label, _runs[0].Label, PairedTest.Of(scores[0], scores[run], areRuns), Flips(scores, run))
        {
            BothWays = areRuns
                ? Enumerable.Range(0, _rows.Count)
                    .Count(q => Mean(scores[0], q) == Mean(scores[run], q) && Enumerable.Range(0, _repeats).Any(r => scores[0][q, r] != scores[run][q, r]))
                : 0,
        };
    }

    private void Match()
    {
        QuestionMatch[] matches = [.. _tasks.Skip(1).Select(task => QuestionMatch.Of(_tasks[0].Questions, task.Questions, _options.Match))];
        for (int i = 0; i < _tasks[0].Questions.Count; i++)
        {
            if (matches.All(match => match.Partner[i] >= 0))
            {
                _rows.Add([i, .. matches.Select(match => match.Partner[i])]);
            }
        }

        for (int k = 1; k < _tasks.Length; k++)
        {
            QuestionMatch match = matches[k - 1];
            int onlyFirst = match.Partner.Count(partner => partner < 0), both = match.Partner.Length - onlyFirst;
            if (match.Unchecked > 0)
            {
                _notes.Add(
                    FormattableString.Invariant(
                        $"{match.Unchecked} questions of {_runs[k].Label} are matched with {_runs[0].Label} by their ids alone: one of the two has no texts."));
            }

            if (onlyFirst + match.OnlyInSecond == 0)
            {
                continue;
            }

            string example = onlyFirst > 0
                ? First(_tasks[0].Questions[Array.FindIndex(match.Partner, partner => partner < 0)])
                : First(match.FirstOnlyInSecond!);
            string other = match.OtherText > 0 ? FormattableString.Invariant($"; ids in both with another text: {match.OtherText}") : "";
            Differ(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{onlyFirst} questions are only in {_runs[0].Label}, "
                    + $"{match.OnlyInSecond} only in {_runs[k].Label} ({example}{other}); {both} are in both"),
                "Add --common to compare the questions that all runs have.");
        }

        static string First(RunQuestion question) => $"the first is {Quoted.Of(question.Name, 60)}";
    }

    // An answer that nobody judged, or a question that was answered less often than the others of its run.
    private void DropUnfinished()
    {
        for (int k = 0; k < _tasks.Length; k++)
        {
            RunTask task = _tasks[k];
            int[] rows = [.. _rows.Select(row => row[k])];
            int[] ragged = [.. rows.Where(at => task.Questions[at].Answers.Count != task.Repeats)];
            if (ragged.Length > 0)
            {
                Differ(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{ragged.Length} questions of {_runs[k].Label} have another number of answers than {task.Repeats}, the first is "
                        + $"{Quoted.Of(task.Questions[ragged[0]].Name, 60)}"),
                    "Where each row is a question of its own, give it an id; else add --common to leave these questions out.");
            }

            int[] silent = [.. rows.Where(at => task.Questions[at].Answers.Any(answer => double.IsNaN(answer.Scores[_metrics[k]])))];
            if (silent.Length > 0)
            {
                Differ(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{silent.Length} questions of {_runs[k].Label} have an answer without a verdict by '{task.Metrics[_metrics[k]]}', the first is "
                        + $"{Quoted.Of(task.Questions[silent[0]].Name, 60)}"),
                    "Add --common to leave these questions out, or name another metric with --metric.");
            }

            HashSet<int> gone = [.. ragged, .. silent];
            _rows = [.. _rows.Where(row => !gone.Contains(row[k]))];
        }
    }

    private void AgreeOnRepeats()
    {
        _repeats = _tasks.Min(task => task.Repeats);
        if (_tasks.Any(task => task.Repeats != _repeats))
        {
            Differ(
                "each question has another number of answers: "
                + string.Join(", ", _tasks.Select((task, k) => FormattableString.Invariant($"{task.Repeats} in {_runs[k].Label}"))),
                FormattableString.Invariant(
                    $"Add --common to compare the first {(_repeats == 1 ? "answer" : FormattableString.Invariant($"{_repeats} answers"))} of each run."));
        }
    }

    // Of one format references are spelled alike: another one is another version of the questions.
    private void CompareReferences()
    {
        for (int k = 1; k < _tasks.Length; k++)
        {
            RunQuestion[] other = _runs[k].Format is null || _runs[k].Format != _runs[0].Format ? [] :
            [
                .. _rows.Select(row => (Mine: _tasks[0].Questions[row[0]], Other: _tasks[k].Questions[row[k]]))
                    .Where(pair => pair.Mine.Reference is not null && pair.Other.Reference is not null && pair.Mine.Reference != pair.Other.Reference)
                    .Select(pair => pair.Mine),
            ];
            if (other.Length > 0)
            {
                _notes.Add(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{other.Length} questions have another reference in {_runs[k].Label} than in {_runs[0].Label}, the first is "
                        + $"{Quoted.Of(other[0].Name, 60)}: the files are of two versions of the benchmark."));
            }
        }
    }

    private void Differ(string what, string hint)
    {
        if (_options.Common)
        {
            _notes.Add(char.ToUpperInvariant(what[0]) + what[1..] + ": what not all runs have is left out.");
        }
        else
        {
            _errors.Add(new UserError(char.ToUpperInvariant(what[0]) + what[1..] + ".", Name, hint));
        }
    }

    private UserError NothingCommon() => new(
        "No question is in all runs. The first is "
        + $"{string.Join(", ", _tasks.Select((task, k) => $"{Quoted.Of(task.Questions[0].Name, 60)} in {_runs[k].Label}"))}.",
        Name,
        "Check that they are of one benchmark. Ids that mean the same may stand in another field: --map=id=FIELD; "
        + "with --map=text=FIELD questions are matched by their text.");

    private double[,] Scores(int run)
    {
        double[,] scores = new double[_rows.Count, _repeats];
        for (int q = 0; q < _rows.Count; q++)
        {
            IReadOnlyList<RunAnswer> answers = Question(run, q).Answers;
            for (int r = 0; r < _repeats; r++)
            {
                scores[q, r] = answers[r].Scores[_metrics[run]];
            }
        }

        return scores;
    }

    // As both call it, or by its number.
    private string RepeatName(int run, int repeat)
    {
        string?[] names = [.. new[] { _tasks[0], _tasks[run] }.Select(task => task.RepeatNames.ElementAtOrDefault(repeat)).Distinct()];
        return names is [{ } same] ? same : FormattableString.Invariant($"answer {repeat + 1}");
    }

    private bool RepeatsAreRuns(int run) => _tasks[run].RepeatsAreRuns;

    private RunQuestion Question(int run, int row) => _tasks[run].Questions[_rows[row][run]];

    private ScoredRun Scored(double[,] scores, int run)
    {
        RepeatedMean mean = RepeatedMean.Of(scores);
        double error = _repeats > 1 && RepeatsAreRuns(run) ? CrossedMeanSquares.Of(scores).StandardError : mean.QuestionError;
        Interval interval;
        if (_repeats == 1 && PairedTest.IsBinary(scores))
        {
            interval = new Proportion((int)scores.Cast<double>().Sum(), _rows.Count).Wilson(1 - DetectableEffect.Level);
        }
        else
        {
            double reach = double.IsNaN(error) ? double.NaN : TDistribution.Quantile(1 - (DetectableEffect.Level / 2), _rows.Count - 1) * error;
            interval = new Interval(Math.Max(0, mean.Mean - reach), Math.Min(1, mean.Mean + reach));
        }

        double?[] tokens = [.. Enumerable.Range(0, _rows.Count).SelectMany(q => Question(run, q).Answers.Take(_repeats)).Select(answer => answer.Tokens)];
        return new ScoredRun(
            _runs[run].Label,
            _tasks[run].Metrics[_metrics[run]],
            mean.Mean,
            error,
            interval,
            tokens.All(count => count is not null) ? tokens.Average() : null);
    }

    private FlippedQuestion[] Flips(double[][,] scores, int run)
    {
        bool isConfidential = _tasks[0].IsConfidential || _tasks[run].IsConfidential;
        List<FlippedQuestion> flips = [];
        for (int q = 0; q < _rows.Count; q++)
        {
            double first = Mean(scores[0], q), second = Mean(scores[run], q);
            if (first != second)
            {
                (RunQuestion mine, RunQuestion other) = (Question(0, q), Question(run, q));
                int shown = Enumerable.Range(0, _repeats).First(r => Math.Sign(scores[run][q, r] - scores[0][q, r]) == Math.Sign(second - first));
                flips.Add(new FlippedQuestion(
                    mine.Name,
                    first,
                    second,
                    isConfidential ? null : mine.Answers[shown].Answer,
                    isConfidential ? null : other.Answers[shown].Answer,
                    isConfidential ? null : mine.Text ?? other.Text)
                {
                    Repeat = _repeats == 1 ? null : RepeatName(run, shown),
                });
            }
        }

        return [.. flips.OrderByDescending(flip => Math.Abs(flip.Second - flip.First)).ThenBy(flip => flip.Name, Sources.Reading.NaturalOrder.Instance)];
    }

    private double Mean(double[,] scores, int q)
    {
        double sum = 0;
        for (int r = 0; r < _repeats; r++)
        {
            sum += scores[q, r];
        }

        return sum / _repeats;
    }
}
