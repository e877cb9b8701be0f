using System.Globalization;
using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Generation;
using NaturalThoughts.MiniWorld.Problems;
using NaturalThoughts.Records;

namespace NaturalThoughts.MiniWorld.Teaching;

/// <summary>Writes the reasoning for a question: its steps in words, strategies where they are called for, at times a mistake.</summary>
internal static class Teacher
{
    /// <summary>The trace, a pure function of the question, the seed and the habits.</summary>
    public static Trace Write(WorldItem item, string seed, TeacherHabits habits)
    {
        SeededRandom random = SeededRandom.From("teach", seed, item.Question.Id);
        bool mistaken = random.Chance(habits.MistakeRates[item.Level - 1]);
        (double terse, double plain, double thorough) = habits.Temperaments;
        double draw = random.NextDouble() * (terse + plain + thorough);
        Temperament temperament = draw < terse ? Temperament.Terse : draw < terse + plain ? Temperament.Plain : Temperament.Thorough;
        TraceDraft draft = new(item, random, temperament, habits.FillerShare, mistaken ? Slip.Draw(random, item) : item.Problem.Plan.Results);
        string thinking = draft.Write();
        return new Trace(item.Question.Id, thinking, "Answer: " + draft.Answer, WordSplitter.Count(thinking))
        {
            Meta = new(StringComparer.Ordinal)
            {
                ["mistake"] = mistaken ? "true" : "false",
                ["strategies"] = string.Join(',', draft.Strategies),
                ["verbosity"] = draft.Verbosity.ToString(CultureInfo.InvariantCulture),
            },
        };
    }
}
