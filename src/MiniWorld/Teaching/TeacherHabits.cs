namespace NaturalThoughts.MiniWorld.Teaching;

/// <summary>How a teacher works.</summary>
internal sealed record TeacherHabits
{
    /// <summary>
    /// Probability that the final answer is wrong, for levels 1 to 6. A wrong trace has one wrong step, and all later steps follow it.
    /// </summary>
    public required IReadOnlyList<double> MistakeRates { get; init; }

    /// <summary>Weights of the temperaments: terse, plain, thorough.</summary>
    public required (double Terse, double Plain, double Thorough) Temperaments { get; init; }

    /// <summary>Factor on the number of words without need, 0 .. 1.</summary>
    public double FillerShare { get; init; } = 1;

    /// <summary>The teacher of the pool.</summary>
    public static readonly TeacherHabits Teacher = new() { MistakeRates = [0.01, 0.03, 0.06, 0.10, 0.14, 0.18], Temperaments = (25, 45, 30) };

    /// <summary>The author of the pre-training corpus: no mistakes and fewer words.</summary>
    public static readonly TeacherHabits Textbook = new() { MistakeRates = [0, 0, 0, 0, 0, 0], Temperaments = (30, 50, 20), FillerShare = 0.5 };
}
