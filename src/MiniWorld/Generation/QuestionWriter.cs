using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Problems;

namespace NaturalThoughts.MiniWorld.Generation;

/// <summary>Puts a problem into words: its facts in order, at times a sentence that does not matter, and what is asked.</summary>
internal static class QuestionWriter
{
    public static string Write(SeededRandom random, Problem problem, int level)
    {
        List<string> sentences = [.. problem.Facts];
        if (random.Chance(0.18 + (0.04 * level)))
        {
            string noise = problem.Noise.Count > 0 && random.Chance(0.6) ? random.Pick(problem.Noise) : random.Pick(Words.Chatter);
            sentences.Insert(random.Next(sentences.Count + 1), noise);
        }

        return string.Join(" . ", sentences) + " . " + problem.Ask + " ?";
    }
}
