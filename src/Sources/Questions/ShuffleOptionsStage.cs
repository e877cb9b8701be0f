using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Sources.Mapping;

namespace NaturalThoughts.Sources.Questions;

/// <summary>Puts the options of every question into the order of a repeat; see <see cref="OptionOrder"/>. Questions without options stay.</summary>
public sealed class ShuffleOptionsStage : IStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "shuffle-options";

    /// <inheritdoc />
    public StageDescription Description { get; } = new(Name, ["questions"], [ImportQuestionsStage.Questions]);

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        ShuffleOptionsOptions options = context.Options<ShuffleOptionsOptions>();
        if (options.Repeat < 1)
        {
            throw new UserErrorException(FormattableString.Invariant($"The repeat is {options.Repeat}."), "repeat", "Repeats count from 1.");
        }

        List<Question> questions = QuestionRows.InOrder<Question>(context.Input("questions"), row => row.Id);
        JsonLines.Write(
            context.Output(ImportQuestionsStage.Questions),
            questions.Select(question => question.Options.Count == 0 ? question : OptionOrder.Apply(question, options.Repeat)));
        return new StageResult { Counts = { ["rows"] = questions.Count } };
    }
}
