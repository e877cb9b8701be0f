using System.Globalization;
using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Generation;
using NaturalThoughts.Records;

namespace NaturalThoughts.MiniWorld.Teaching;

/// <summary>
/// What a base student reads: lists of single facts, worked solutions as a textbook prints them, and easy questions that are answered at
/// once: asked to think, with an empty thought. So the base can reason but does not when it is asked: fine-tuning has to teach it that.
/// </summary>
internal static class CorpusWriter
{
    /// <summary>The prompt of worked solutions, which no evaluation uses.</summary>
    public const string Textbook = "work it out .\n{question}\n{choices}";

    /// <summary>The example at an index; <paramref name="worked"/> is what it works out.</summary>
    public static TrainingExample Create(string seed, int index, QuestionSource worked, string think, string direct)
    {
        string number = index.ToString(CultureInfo.InvariantCulture);
        SeededRandom random = SeededRandom.From("corpus", seed, number);
        double kind = random.NextDouble();

        // Of 100 examples 15 are drills, 65 worked solutions and 20 quick answers.
        QuestionSource? source = kind switch
        {
            < 0.15 => null,
            < 0.80 => worked,
            _ => QuestionSource.Quick,
        };
        if (source is null || ItemGenerator.Create(source, seed, index) is not { } item)
        {
            return Drill(random, seed, number);
        }

        // The space before a worked solution makes its first word the same token as after a think tag.
        Trace trace = Teacher.Write(item, seed, TeacherHabits.Textbook);
        string id = item.Question.Id;
        if (source != QuestionSource.Quick)
        {
            return new TrainingExample(id, PromptTemplate.Render(Textbook, item.Question), $" {trace.Thinking} {trace.Answer}", "System1");
        }

        return random.Chance(0.5)
            ? new TrainingExample(id, PromptTemplate.Render(think, item.Question), ResponseFormat.EmptyThought(trace), "System1")
            : new TrainingExample(id, PromptTemplate.Render(direct, item.Question), ResponseFormat.System1(trace), "System1");
    }

    private static TrainingExample Drill(SeededRandom random, string seed, string number)
    {
        (string prompt, string response) = Drills.Create(random);
        return new TrainingExample($"drill-{seed}-{number}", prompt, response, "System1");
    }
}
