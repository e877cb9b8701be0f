using NaturalThoughts.Records;

namespace NaturalThoughts.Reporting.Diagnosing;

/// <summary>What is known of a cell. Whatever is empty or null is not known, and what needs it is not tested.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Seeds">Per seed the answers to all benchmarks, repeats one after another.</param>
public sealed record DiagnosedCell(string Address, IReadOnlyList<IReadOnlyList<DiagnosedAnswer>> Seeds)
{
    /// <summary>Per seed the loss of the fine-tuning, step by step, in nats per supervised token.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Losses { get; init; } = [];

    /// <summary>Per seed the training examples.</summary>
    public IReadOnlyList<IReadOnlyList<TrainingExample>> Training { get; init; } = [];

    /// <summary>The student that the cell's were fine-tuned from, asked the same.</summary>
    public DiagnosedCell? Base { get; init; }

    /// <summary>The same students asked in another mode.</summary>
    public DiagnosedCell? OtherMode { get; init; }

    /// <summary>Students of the same row with the next smaller training set.</summary>
    public DiagnosedCell? Smaller { get; init; }

    /// <summary>The answers of all seeds.</summary>
    internal IEnumerable<DiagnosedAnswer> Answers => Seeds.SelectMany(seed => seed);
}
