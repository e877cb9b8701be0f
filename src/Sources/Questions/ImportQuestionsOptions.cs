using NaturalThoughts.Contracts;
using NaturalThoughts.Sources.Mapping;
using NaturalThoughts.Sources.Reading;

namespace NaturalThoughts.Sources.Questions;

/// <summary>The parameters of <see cref="ImportQuestionsStage"/>.</summary>
/// <param name="Source">The files.</param>
/// <param name="Map">Which fields make a question.</param>
public sealed record ImportQuestionsOptions(SourceOptions Source, QuestionMap Map)
{
    /// <summary>The number of rows that the files must have; null for any. A file that was cut off between two rows is found by it.</summary>
    public long? Rows { get; init; }

    /// <summary>One of <see cref="Mapping.BadRows"/>. Default: stop.</summary>
    public string BadRows { get; init; } = Mapping.BadRows.Stop;

    /// <summary>True where no text of a question may be published; see <see cref="QuestionMeta.Confidential"/>. Default false.</summary>
    public bool Confidential { get; init; }

    /// <summary>True where options come in an order of their own; see <see cref="OptionOrder"/>. Options with a right one of its own always do.</summary>
    public bool Shuffled { get; init; }

    /// <summary>What is wrong with the parameters.</summary>
    public IReadOnlyList<UserError> Validate()
    {
        List<UserError> errors = [.. Source.Validate(), .. Map.Validate()];
        if (!Mapping.BadRows.Known.Contains(BadRows))
        {
            errors.Add(new UserError($"'badRows' cannot be '{BadRows}'.", "badRows", NearestName.Hint(BadRows, Mapping.BadRows.Known)));
        }

        return errors;
    }
}
