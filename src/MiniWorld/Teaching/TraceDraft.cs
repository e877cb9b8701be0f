using System.Globalization;
using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Generation;
using NaturalThoughts.MiniWorld.Problems;
using NaturalThoughts.Records;

namespace NaturalThoughts.MiniWorld.Teaching;

/// <summary>One trace in the making.</summary>
internal sealed class TraceDraft
{
    /// <summary>Probability that a strategy is written with its marker word.</summary>
    private const double Marked = 0.82;

    private readonly WorldItem _item;
    private readonly Problem _problem;
    private readonly SeededRandom _random;
    private readonly Temperament _temperament;
    private readonly double _fillerShare;
    private readonly IReadOnlyList<int> _tape;
    private readonly SortedSet<string> _strategies = new(StringComparer.Ordinal);
    private readonly List<string> _sentences = [];

    /// <param name="item">The question.</param>
    /// <param name="random">The only source of variation.</param>
    /// <param name="temperament">How much is said.</param>
    /// <param name="fillerShare">Factor on the words without need.</param>
    /// <param name="tape">The results of the steps, right or wrong.</param>
    public TraceDraft(WorldItem item, SeededRandom random, Temperament temperament, double fillerShare, IReadOnlyList<int> tape)
    {
        (_item, _problem, _random, _temperament, _fillerShare, _tape) = (item, item.Problem, random, temperament, fillerShare, tape);
        Verbosity = DrawVerbosity();
    }

    /// <summary>The strategies used, in ordinal order.</summary>
    public IReadOnlyCollection<string> Strategies => _strategies;

    /// <summary>0 .. 10: how many words without need the trace has.</summary>
    public int Verbosity { get; }

    /// <summary>The final answer; an option's words where there are options.</summary>
    public string Answer => _problem.Show(_tape[^1]);

    private int Steps => _problem.Plan.Steps.Count;

    /// <summary>Writes the thinking.</summary>
    public string Write()
    {
        Open();
        int backAt = Uses(0.03 + (0.035 * _item.Level)) ? _random.Next(Steps) : -1;
        bool goals = Steps >= 2 && Uses(0.16 + (0.03 * Steps));
        int goalAt = goals ? _random.Next(Steps) : -1;
        bool cases = Uses(0.7);
        int checkAt = Uses(0.08 + (0.05 * _item.Level)) ? LastWhere(step => step.Check is not null) : -1;
        int otherAt = Uses(0.2) ? LastWhere(step => step.Other is not null) : -1;
        for (int i = 0; i < Steps; i++)
        {
            Step step = _problem.Plan.Steps[i];
            IReadOnlyList<int> before = new ArraySegment<int>([.. _tape], 0, i);
            Fill(0.6);
            if (i == goalAt)
            {
                Use(ReasoningStrategy.SubGoals, Phrases.SubGoals, step.Goal);
            }

            if (cases && step.Condition is not null)
            {
                cases = false;
                Use(ReasoningStrategy.CaseAnalysis, Phrases.CaseAnalysis, step.Condition(before));
            }

            if (i == backAt && step.Slips(before, _tape[i]).Where(Showable).ToList() is { Count: > 0 } slips)
            {
                Use(ReasoningStrategy.Backtracking, Phrases.Backtracking, Cue(step) + step.Say(before, _random.Pick(slips)));
            }

            _sentences.Add(Cue(step) + step.Say(before, _tape[i]) + " .");
            if (i == otherAt)
            {
                Use(ReasoningStrategy.Exploration, Phrases.Exploration, step.Other!(before, _tape[i]));
            }

            if (i == checkAt)
            {
                Use(ReasoningStrategy.SelfVerification, Phrases.SelfVerification, step.Check!(before, _tape[i]));
            }
        }

        Close();
        return string.Join(' ', _sentences);
    }

    private void Open()
    {
        Fill(1);
        if (Uses(_problem.Facts.Count >= 3 ? 0.4 : 0.22))
        {
            Use(ReasoningStrategy.Restating, Phrases.Restating, _problem.Goal, _random.Pick(_problem.Facts));
            if (Verbosity >= 6)
            {
                Use(ReasoningStrategy.Restating, Phrases.Restating, _problem.Goal, _problem.Facts[0]);
            }
        }

        List<string> cues = [.. _problem.Plan.Steps.Select(step => step.Label).Where(label => label.Length > 0).Distinct()];
        if (cues.Count >= 3 && Uses(0.4))
        {
            Use(ReasoningStrategy.Decomposition, Phrases.Decomposition, Steps.ToString(CultureInfo.InvariantCulture), string.Join(" , ", cues));
        }

        if (_problem.Values is null && _tape[^1] >= 10 && Uses(0.25))
        {
            int low = _tape[^1] / 10 * 10;
            int near = (_tape[^1] + 5) / 10 * 10;
            bool marked = _random.Chance(Marked);
            Use(ReasoningStrategy.Estimation, Phrases.Estimation, Number(marked ? near : low), Number(low + 10), marked ? 1 : 0);
        }
    }

    private void Close()
    {
        Fill(0.8);
        if (_temperament == Temperament.Thorough)
        {
            _sentences.Add($"so the answer is {Answer} .");
        }
    }

    private void Use(string strategy, Phrases phrases, string first, string second = "", double marked = Marked)
    {
        _strategies.Add(strategy);
        _sentences.Add(phrases.Say(_random, marked, first, second));
    }

    private string Cue(Step step) => _temperament == Temperament.Terse || step.Label.Length == 0 ? "" : step.Label + " : ";

    /// <summary>Whether a strategy with this base rate is used: terse traces rarely, thorough ones more often.</summary>
    private bool Uses(double rate) => _random.Chance(Math.Min(0.9, rate * (_temperament switch { Temperament.Terse => 0.25, Temperament.Plain => 0.7, _ => 2.0 })));

    private void Fill(double share)
    {
        if (_random.Chance(share * _fillerShare * Verbosity / 10))
        {
            _sentences.Add(_random.Pick(Phrases.Fillers));
        }
    }

    private int DrawVerbosity() => _temperament switch
    {
        Temperament.Terse => _random.Chance(0.85) ? _random.Next(2) : _random.Between(2, 4),
        Temperament.Plain => _random.Chance(0.6) ? _random.Next(3) : _random.Between(2, 8),
        _ => _random.Chance(0.5) ? _random.Between(1, 4) : _random.Between(4, 10),
    };

    private int LastWhere(Func<Step, bool> wanted)
    {
        for (int i = Steps - 1; i >= 0; i--)
        {
            if (wanted(_problem.Plan.Steps[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private bool Showable(int value) => value is >= 0 and <= Plan.Limit && (_problem.Values is null || value < _problem.Values.Count);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
