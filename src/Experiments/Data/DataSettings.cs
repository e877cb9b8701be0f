namespace NaturalThoughts.Experiments.Data;

/// <summary>Where the records come from that students are trained on: <c>data</c> of a profile.</summary>
public sealed record DataSettings
{
    /// <summary>The questions of the pool.</summary>
    public required RecordSource Questions { get; init; }

    /// <summary>What is dropped from them; null for nothing.</summary>
    public CleanSettings? Clean { get; init; }

    /// <summary>How many questions there are, before some are dropped; null where only a run tells.</summary>
    public required int? Count { get; init; }

    /// <summary>The source of the traces.</summary>
    public required RecordSource Teacher { get; init; }

    /// <summary>The answers of a second model, to be compared with the teacher's; null where the judgements need none.</summary>
    public required RecordSource? Second { get; init; }

    /// <summary>The annotations of the traces.</summary>
    public required RecordSource Annotator { get; init; }

    /// <summary>Annotations of the same traces by somebody else, to be compared with the first; null for none.</summary>
    public RecordSource? SecondAnnotator { get; init; }

    /// <summary>The judgements: whether teacher and second model agree.</summary>
    public required RecordSource Agreement { get; init; }
}
