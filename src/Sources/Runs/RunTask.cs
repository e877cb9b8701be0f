namespace NaturalThoughts.Sources.Runs;

/// <summary>What a run answered of one benchmark.</summary>
/// <param name="Name">The benchmark, as the files call it.</param>
/// <param name="Metrics">What the answers were graded by, the one that is taken by default first.</param>
/// <param name="Questions">The questions, in the order of the files; one may have fewer answers than <see cref="Repeats"/>.</param>
public sealed record RunTask(string Name, IReadOnlyList<string> Metrics, IReadOnlyList<RunQuestion> Questions)
{
    /// <summary>The name of the task where the files have none.</summary>
    public const string All = "all questions";

    /// <summary>How often most of the questions were answered.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>What each repeat is called, such as <c>seed 2</c>; empty where they are only counted.</summary>
    public IReadOnlyList<string> RepeatNames { get; init; } = [];

    /// <summary>
    /// True where each repeat is a run of its own (a student trained with another seed, another start of a program), so that something may move all
    /// of its answers together; false where repeats are answers drawn anew.
    /// </summary>
    public bool RepeatsAreRuns { get; init; }

    /// <summary>True where no text of questions or answers may be shown.</summary>
    public bool IsConfidential { get; init; }

    /// <summary>What a reader of a comparison must know of the files, in sentences.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
