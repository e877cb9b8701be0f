using NaturalThoughts.Contracts;
using NaturalThoughts.Sources.Mapping;
using NaturalThoughts.Sources.Reading;

namespace NaturalThoughts.Sources.Recorded;

/// <summary>The parameters of <see cref="ImportAnswersStage"/>.</summary>
/// <param name="Source">The files; <c>format</c> is that of their rows (<see cref="RecordedFormats.Rows"/> of <see cref="Format"/>).</param>
public sealed record ImportAnswersOptions(SourceOptions Source)
{
    /// <summary>One of <see cref="RecordedFormats.Known"/>. Default: a field map.</summary>
    public string Format { get; init; } = RecordedFormats.Fields;

    /// <summary>Where what stands; over a named format, only what differs from it.</summary>
    public RecordedMap? Map { get; init; }

    /// <summary>One of <see cref="Recorded.MatchBy"/>. Default: any.</summary>
    public string MatchBy { get; init; } = Recorded.MatchBy.Any;

    /// <summary>Which answer to each question is taken, from 1. Default 1.</summary>
    public int Repeat { get; init; } = 1;

    /// <summary>Which filter's rows are taken; null for that of the first row.</summary>
    public string? Filter { get; init; }

    /// <summary>One of <see cref="Mapping.BadRows"/>. Default: skip.</summary>
    public string BadRows { get; init; } = Mapping.BadRows.Skip;

    /// <summary>The map that is used.</summary>
    public RecordedMap Merged => RecordedFormats.Map(Format).With(Map);

    /// <summary>What is wrong with the parameters.</summary>
    public IReadOnlyList<UserError> Validate()
    {
        List<UserError> errors = [.. Source.Validate()];
        if (!RecordedFormats.Known.Contains(Format))
        {
            errors.Add(new UserError($"There is no format '{Format}' of recorded answers.", "format", NearestName.Hint(Format, RecordedFormats.Known)));
            return errors;
        }

        errors.AddRange(Merged.Validate());
        if (!Recorded.MatchBy.Known.Contains(MatchBy))
        {
            errors.Add(new UserError($"'matchBy' cannot be '{MatchBy}'.", "matchBy", NearestName.Hint(MatchBy, Recorded.MatchBy.Known)));
        }

        if (!Mapping.BadRows.Known.Contains(BadRows))
        {
            errors.Add(new UserError($"'badRows' cannot be '{BadRows}'.", "badRows", NearestName.Hint(BadRows, Mapping.BadRows.Known)));
        }

        if (Repeat < 1)
        {
            errors.Add(new UserError(FormattableString.Invariant($"The repeat is {Repeat}."), "repeat", "Repeats count from 1."));
        }

        return errors;
    }
}
