namespace NaturalThoughts.Reporting.Findings;

/// <summary>A statement about cells that was written down before the run which tests it.</summary>
public sealed record Finding
{
    /// <summary>A short name, unique in the file.</summary>
    public required string Id { get; init; }

    /// <summary>What is claimed, in a sentence.</summary>
    public required string Statement { get; init; }

    /// <summary>What published work says of it; null where it says nothing.</summary>
    public string? Paper { get; init; }

    /// <summary>Findings of a family are corrected together.</summary>
    public required string Family { get; init; }

    /// <summary>True for a positive control: an effect that must be found before anything else is judged.</summary>
    public bool IsControl { get; init; }

    /// <summary>Where it was visible in data that existed when it was written down; <c>no</c> for nowhere.</summary>
    public required string Seen { get; init; }

    /// <summary>One of <see cref="FindingMeasure.Known"/>.</summary>
    public string Measure { get; init; } = FindingMeasure.Accuracy;

    /// <summary>One of <see cref="FindingForm.Known"/>.</summary>
    public string As { get; init; } = FindingForm.Difference;

    /// <summary>True for the ratio of two cells.</summary>
    public bool IsRatio => As == FindingForm.Ratio;

    /// <summary>One of <see cref="FindingDirection.Known"/>.</summary>
    public required string Direction { get; init; }

    /// <summary>The value of no effect: 0 for a sum and 1 for a ratio unless the file says otherwise. In the units of <see cref="Measure"/>.</summary>
    public double Reference { get; init; }

    /// <summary>
    /// The smallest effect of interest, or the margin of equivalence and non-inferiority: a distance from <see cref="Reference"/>, at least 0.
    /// </summary>
    public required double Smallest { get; init; }

    /// <summary>The cells and their weights, in the order that <see cref="As"/> asks for.</summary>
    public required IReadOnlyList<FindingTerm> Terms { get; init; }

    /// <summary>What <see cref="FindingChoice.Term"/> stands for; null where no term is called so.</summary>
    public FindingChoice? Best { get; init; }

    /// <summary>The addresses of all cells that the finding needs.</summary>
    public IEnumerable<string> Cells => Terms.Select(term => term.Cell).Where(cell => cell != FindingChoice.Term).Concat(Best?.Of ?? []);

    /// <summary>The benchmarks and their weights in the endpoint.</summary>
    public required IReadOnlyList<FindingStratum> Strata { get; init; }

    /// <summary>Levels of questions that count with a plus; empty for all questions.</summary>
    public IReadOnlyList<string> PlusLevels { get; init; } = [];

    /// <summary>Levels of questions that are subtracted; empty for none.</summary>
    public IReadOnlyList<string> MinusLevels { get; init; } = [];

    /// <summary>The replicates that count, by their seeds; empty for all that a cell has.</summary>
    public IReadOnlyList<int> Seeds { get; init; } = [];

    /// <summary>Whether the finding is tested on a replicate.</summary>
    public bool Counts(int seed) => (Seeds.Count == 0 || Seeds.Contains(seed)) && Best?.Seeds.Contains(seed) != true;
}
