namespace NaturalThoughts.Experiments.Costs;

/// <summary>How long texts are presumed to be, in tokens of the student.</summary>
public sealed record TokenSettings
{
    /// <summary>A question, with its options and the chat format around it.</summary>
    public required double Prompt { get; init; }

    /// <summary>A question alone, as it is embedded.</summary>
    public required double Question { get; init; }

    /// <summary>A System-2 response: trace and answer.</summary>
    public required double System2 { get; init; }

    /// <summary>A System-1 response: the answer alone.</summary>
    public required double System1 { get; init; }

    /// <summary>An example of pre-training; 0 where there is none.</summary>
    public double Corpus { get; init; }

    /// <summary>A student's answer in mode think, where <see cref="Answers"/> has no other number.</summary>
    public required double Answer { get; init; }

    /// <summary>Benchmark to a student's answer in mode think.</summary>
    public IReadOnlyDictionary<string, double> Answers { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>Bytes of a token's text in a file.</summary>
    public required double Bytes { get; init; }

    /// <summary>The share of System-2 examples of the mix by difficulty.</summary>
    public double DifficultyShare { get; init; } = 0.64;
}
