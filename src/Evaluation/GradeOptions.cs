using NaturalThoughts.Contracts;

namespace NaturalThoughts.Evaluation;

/// <summary>The parameters of <see cref="GradeStage"/>.</summary>
public sealed record GradeOptions
{
    /// <summary>One of <see cref="GradingProtocol.Names"/>.</summary>
    public required string Protocol { get; init; }

    /// <summary>All that is wrong with these options.</summary>
    public IReadOnlyList<UserError> Validate() => GradingProtocol.Names.Contains(Protocol, StringComparer.Ordinal)
        ? []
        : [new UserError($"There is no grading protocol '{Protocol}'.", "protocol", NearestName.Hint(Protocol, GradingProtocol.Names))];
}
