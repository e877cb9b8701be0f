using System.Globalization;
using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Generation;
using NaturalThoughts.Records;

namespace NaturalThoughts.MiniWorld.Teaching;

/// <summary>Writes the reasoning for a question: its steps in words, strategies where they are called for, at times a mistake.</summary>
internal static class Teacher
{
    /// <summary>The trace, a pure function of the question, the seed and the habits.</summary>
    public static Trace Write(WorldItem item, string seed, TeacherHabits habits)
    {
        SeededRandom random = SeededRandom.From("teach", WorldEdition.Number, seed, item.Question.Id);
        TracePlan plan = TracePlan.Draw(item, random, habits);
        PhraseBook book = random.Chance(habits.Unusual) ? PhraseBook.Unusual : PhraseBook.Usual;
        TraceDraft draft = new(item, random, plan, book, habits.FillerShare);
        string thinking = draft.Write();
        return new Trace(item.Question.Id, thinking, "Answer: " + draft.Answer, WordSplitter.Count(thinking))
        {
            Meta = new(StringComparer.Ordinal)
            {
                ["caught"] = plan.Caught is null ? "false" : "true",
                ["mistake"] = plan.Tape[^1] == item.Problem.Answer ? "false" : "true",
                ["phrases"] = book == PhraseBook.Usual ? "usual" : "unusual",
                ["strategies"] = string.Join(',', draft.Strategies),
                ["verbosity"] = plan.Verbosity.ToString(CultureInfo.InvariantCulture),
            },
        };
    }
}
