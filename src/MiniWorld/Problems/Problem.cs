using System.Globalization;

namespace NaturalThoughts.MiniWorld.Problems;

/// <summary>A question before it is put into words, and its solution.</summary>
internal sealed record Problem
{
    /// <summary>The sentences that matter, in order, without their full stops.</summary>
    public required IReadOnlyList<string> Facts { get; init; }

    /// <summary>The sentence that asks, without its question mark.</summary>
    public required string Ask { get; init; }

    /// <summary>What is asked for: a short noun phrase.</summary>
    public required string Goal { get; init; }

    /// <summary>The steps that solve it.</summary>
    public required SolutionPlan Plan { get; init; }

    /// <summary>The right answer, found by the generator independently of the plan.</summary>
    public required int Answer { get; init; }

    /// <summary>The words that values stand for; null when values are numbers.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    /// <summary>The topic within the domain; null where it is the family's.</summary>
    public string? Topic { get; init; }

    /// <summary>Sentences of the family that look as if they mattered and do not.</summary>
    public IReadOnlyList<string> Noise { get; init; } = [];

    /// <summary>
    /// Where the answer is one of the text's own words: the values, the right one among them, that the text names in the same way. Options
    /// are drawn from these. Null where options are drawn from other answers of the family.
    /// </summary>
    public IReadOnlyList<int>? Alike { get; init; }

    /// <summary>True where the text names the answer and no other value of its kind, so that one can tell it without a step.</summary>
    public bool Told { get; init; }

    /// <summary>A value as it is written.</summary>
    public string Show(int value) => Values is null ? value.ToString(CultureInfo.InvariantCulture) : Values[value];

    /// <summary>True when <paramref name="value"/> can be an answer to this kind of question.</summary>
    public bool CanBeAnswer(int value) => value >= 0 && value <= (Values is null ? SolutionPlan.Limit : Values.Count - 1);
}
