using System.Globalization;
using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Generation;
using NaturalThoughts.MiniWorld.Problems;

namespace NaturalThoughts.MiniWorld.Teaching;

/// <summary>One trace in the making.</summary>
internal sealed class TraceDraft
{
    /// <summary>Probability that a strategy is written with its marker word.</summary>
    private const double Marked = 0.82;

    private readonly Problem _problem;
    private readonly SeededRandom _random;
    private readonly TracePlan _plan;
    private readonly PhraseBook _book;
    private readonly double _fillerShare;
    private readonly SortedSet<string> _strategies = new(StringComparer.Ordinal);
    private readonly List<string> _sentences = [];

    /// <param name="item">The question.</param>
    /// <param name="random">The only source of variation.</param>
    /// <param name="plan">What the trace does.</param>
    /// <param name="book">How it words its strategies.</param>
    /// <param name="fillerShare">Factor on the words without need.</param>
    public TraceDraft(WorldItem item, SeededRandom random, TracePlan plan, PhraseBook book, double fillerShare) =>
        (_problem, _random, _plan, _book, _fillerShare) = (item.Problem, random, plan, book, fillerShare);

    /// <summary>The strategies used, in ordinal order.</summary>
    public IReadOnlyCollection<string> Strategies => _strategies;

    /// <summary>The final answer; an option's words where there are options.</summary>
    public string Answer => _problem.Show(_plan.Tape[^1]);

    private IReadOnlyList<Step> Steps => _problem.Plan.Steps;

    /// <summary>Puts the thinking into words.</summary>
    public string Write()
    {
        Open();
        int goalAt = Steps.Count >= 2 && Uses(0.16 + (0.03 * Steps.Count)) ? _random.Next(Steps.Count) : -1;
        bool cases = _plan.Cases;
        int otherAt = Uses(0.2) ? TracePlan.Last(Steps, step => step.Other is not null) : -1;
        for (int i = 0; i < Steps.Count; i++)
        {
            Step step = Steps[i];
            int result = _plan.Tape[i];
            IReadOnlyList<int> before = [.. _plan.Tape.Take(i)];
            Fill(0.6);
            if (i == goalAt)
            {
                Use(ReasoningStrategy.SubGoals, _book.SubGoals, step.Goal);
            }

            if (cases && step.Condition is not null)
            {
                cases = false;
                Use(ReasoningStrategy.CaseAnalysis, _book.CaseAnalysis, step.Condition(before));
            }

            if (_plan.Searches && step.Tries is not null)
            {
                foreach (string fact in step.Tries(before))
                {
                    Use(ReasoningStrategy.Backtracking, _book.Backtracking, fact);
                }
            }
            else if (i == _plan.BackAt
                && step.Slips(before, result).Where(value => value != result && TracePlan.Showable(_problem, value)).ToList() is { Count: > 0 } slips)
            {
                Use(ReasoningStrategy.Backtracking, _book.Backtracking, Cue(step) + step.Say(before, _random.Pick(slips)));
            }

            if (_plan.Caught is { } caught && caught.At == i)
            {
                _sentences.Add(Cue(step) + step.Say(before, caught.Result) + " .");
                Use(ReasoningStrategy.SelfVerification, _book.Correction, Denied(step.Check!(before, caught.Result)));
            }

            _sentences.Add(Cue(step) + step.Say(before, result) + " .");
            if (i == otherAt)
            {
                Use(ReasoningStrategy.Exploration, _book.Exploration, step.Other!(before, result));
            }

            if (i == _plan.CheckAt && _plan.Caught is null)
            {
                Use(ReasoningStrategy.SelfVerification, _book.SelfVerification, step.Check!(before, result));
            }
        }

        Close();
        return string.Join(' ', _sentences);
    }

    /// <summary>A reverse fact of a wrong result says that it does not hold: <c>18 - 5 is not 12</c>.</summary>
    private static string Denied(string fact)
    {
        string mark = fact.Contains(" = ", StringComparison.Ordinal) ? " = " : " is ";
        int at = fact.LastIndexOf(mark, StringComparison.Ordinal);
        return $"{fact[..at]} is not {fact[(at + mark.Length)..]}";
    }

    private void Open()
    {
        Fill(1);
        if (Uses(_problem.Facts.Count >= 3 ? 0.4 : 0.22))
        {
            Use(ReasoningStrategy.Restating, _book.Restating, _problem.Goal, _random.Pick(_problem.Facts));
            if (_plan.Verbosity >= 6)
            {
                Use(ReasoningStrategy.Restating, _book.Restating, _problem.Goal, _problem.Facts[0]);
            }
        }

        List<string> cues = [.. Steps.Select(step => step.Label).Where(label => label.Length > 0).Distinct()];
        if (cues.Count >= 3 && Uses(0.4))
        {
            Use(ReasoningStrategy.Decomposition, _book.Decomposition, Number(Steps.Count), string.Join(" , ", cues));
        }

        int answer = _plan.Tape[^1];
        // Whether it estimates does not depend on whether it is right.
        if (_problem.Values is null && _problem.Answer >= 10 && Uses(0.25))
        {
            int low = answer / 10 * 10;
            bool marked = _random.Chance(Marked);
            Use(ReasoningStrategy.Estimation, _book.Estimation, Number(marked ? (answer + 5) / 10 * 10 : low), Number(low + 10), marked ? 1 : 0);
        }
    }

    private void Close()
    {
        Fill(0.8);
        if (_plan.Temperament == Temperament.Thorough)
        {
            _sentences.Add($"so the answer is {Answer} .");
        }
    }

    private void Use(string strategy, Phrases phrases, string first, string second = "", double marked = Marked)
    {
        _strategies.Add(strategy);
        _sentences.Add(phrases.Say(_random, marked, first, second));
    }

    private string Cue(Step step) => _plan.Temperament == Temperament.Terse || step.Label.Length == 0 ? "" : step.Label + " : ";

    private bool Uses(double rate) => TracePlan.Uses(_random, _plan.Temperament, rate);

    private void Fill(double share)
    {
        if (_random.Chance(share * _fillerShare * _plan.Verbosity / 10))
        {
            _sentences.Add(_random.Pick(PhraseBook.Fillers));
        }
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
