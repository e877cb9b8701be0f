using NaturalThoughts.Contracts;

namespace NaturalThoughts.Evaluation.Repeats;

/// <summary>The parameters of <see cref="MeasureStage"/>.</summary>
public sealed record MeasureOptions
{
    /// <summary>The protocol of the grades, one of <see cref="GradingProtocol.Names"/>: by its rules two answers are the same vote.</summary>
    public required string Protocol { get; init; }

    /// <summary>Names of the questions' meta to keep, over whose values averages are taken.</summary>
    public IReadOnlyList<string> MacroAverages { get; init; } = [];

    /// <summary>All that is wrong with these options.</summary>
    public IReadOnlyList<UserError> Validate() => new GradeOptions { Protocol = Protocol }.Validate();
}
