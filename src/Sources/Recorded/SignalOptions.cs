using NaturalThoughts.Contracts;
using NaturalThoughts.Sources.Mapping;
using NaturalThoughts.Sources.Reading;

namespace NaturalThoughts.Sources.Recorded;

/// <summary>The parameters of <see cref="ImportAnnotationsStage"/> and <see cref="ImportJudgementsStage"/>.</summary>
/// <param name="Source">The files.</param>
/// <param name="Map">Where what stands.</param>
public sealed record SignalOptions(SourceOptions Source, SignalMap Map)
{
    /// <summary>One of <see cref="Mapping.BadRows"/>. Default: skip.</summary>
    public string BadRows { get; init; } = Mapping.BadRows.Skip;

    /// <summary>The domains that may occur; null for any.</summary>
    public IReadOnlyList<string>? Domains { get; init; }

    internal IReadOnlyList<UserError> Validate(params (string Name, string? Path)[] needed)
    {
        List<UserError> errors = [.. Source.Validate(), .. Map.Validate(needed)];
        if (!Mapping.BadRows.Known.Contains(BadRows))
        {
            errors.Add(new UserError($"'badRows' cannot be '{BadRows}'.", "badRows", NearestName.Hint(BadRows, Mapping.BadRows.Known)));
        }

        return errors;
    }
}
