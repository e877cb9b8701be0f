using System.Globalization;
using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Teaching;
using NaturalThoughts.Traces;

namespace NaturalThoughts.MiniWorld.Generation;

/// <summary>What a base student reads: single facts, one-step questions of every family, and two-step traces of the pool's families.</summary>
internal static class CorpusWriter
{
    /// <summary>The example at an index.</summary>
    public static TrainingExample Create(string seed, int index, string think, string direct)
    {
        string number = index.ToString(CultureInfo.InvariantCulture);
        SeededRandom random = SeededRandom.From("corpus", seed, number);
        double kind = random.NextDouble();
        if (kind < 0.35)
        {
            return Drill(random, seed, number);
        }

        // Of 100 examples 20 are two-step traces, 33 one-step traces and 12 one-step answers.
        QuestionSource source = kind < 0.55 ? QuestionSource.SecondSteps : QuestionSource.FirstSteps;
        if (ItemGenerator.Create(source, seed, index) is not { } item)
        {
            return Drill(random, seed, number);
        }

        Trace trace = Teacher.Write(item, seed, TeacherHabits.Textbook);
        return kind < 0.88
            ? new TrainingExample(item.Question.Id, PromptTemplate.Render(think, item.Question), ResponseFormat.System2(trace), "System2")
            : new TrainingExample(item.Question.Id, PromptTemplate.Render(direct, item.Question), ResponseFormat.System1(trace), "System1");
    }

    private static TrainingExample Drill(SeededRandom random, string seed, string number)
    {
        (string prompt, string response) = Drills.Create(random);
        return new TrainingExample($"drill-{seed}-{number}", prompt, response, "System1");
    }
}
