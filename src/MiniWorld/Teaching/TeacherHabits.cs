namespace NaturalThoughts.MiniWorld.Teaching;

/// <summary>How a teacher reasons: its use of strategies, its mistakes, its wordiness.</summary>
internal sealed record TeacherHabits
{
    /// <summary>Functional: of slips in a trace that verifies itself, the share that the check catches and corrects.</summary>
    public const double Caught = 0.85;

    /// <summary>Functional: probability that a trace without backtracking takes a candidate that it did not try.</summary>
    public const double Untried = 0.7;

    /// <summary>Functional: probability that a trace without case analysis takes the wrong case.</summary>
    public const double WrongCase = 0.3;

    /// <summary>Functional: what one point of verbosity adds to the probability of a slip, as a share of it: words without need distract.</summary>
    public const double Distraction = 0.05;

    /// <summary>Functional: the verbosity at which the probability of a slip is what <see cref="MistakeRates"/> says; near the teacher's mean.</summary>
    public const int UsualVerbosity = 3;

    /// <summary>Probability of a slip, for levels 1 to 6: one step goes wrong, and all later steps follow it.</summary>
    public required IReadOnlyList<double> MistakeRates { get; init; }

    /// <summary>Weights of the temperaments: terse, plain, thorough.</summary>
    public required (double Terse, double Plain, double Thorough) Temperaments { get; init; }

    /// <summary>Factor on the number of words without need, 0 .. 1.</summary>
    public double FillerShare { get; init; } = 1;

    /// <summary>Share of the traces in unusual phrases, which the annotator was not written for.</summary>
    public double Unusual { get; init; } = 0.3;

    /// <summary>True where strategies do something: checks catch slips, searches and cases are worked out by them alone. False where they are words.</summary>
    public bool Functional { get; init; }

    /// <summary>The teacher of the pool whose strategies do something.</summary>
    public static readonly TeacherHabits Teacher =
        new() { MistakeRates = [0.05, 0.10, 0.18, 0.26, 0.34, 0.42], Temperaments = (25, 45, 30), Functional = true };

    /// <summary>The same teacher with strategies that are words alone.</summary>
    public static readonly TeacherHabits Decorative = Teacher with { Functional = false };

    /// <summary>The author of the pre-training corpus: no mistakes and fewer words.</summary>
    public static readonly TeacherHabits Textbook = new() { MistakeRates = [0, 0, 0, 0, 0, 0], Temperaments = (30, 50, 20), FillerShare = 0.5 };
}
