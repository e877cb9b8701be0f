namespace NaturalThoughts.MiniWorld.Annotating;

/// <summary>Rates how many sentences of a trace say nothing: no digit, and no longer word that the question has.</summary>
internal static class VerbosityReader
{
    private const int LongWord = 4;

    /// <summary>0 (none of them) .. 10 (about three in four).</summary>
    public static int Verbosity(string question, string thinking)
    {
        HashSet<string> asked = [.. question.Split(' ').Where(word => word.Length >= LongWord)];
        int empty = 0;
        int full = 0;
        foreach (string sentence in StrategyReader.Sentences(thinking))
        {
            if (sentence.Any(char.IsAsciiDigit) || sentence.Split(' ').Any(asked.Contains))
            {
                full++;
            }
            else
            {
                empty++;
            }
        }

        // A trace of full verbosity has a filler before three in five steps and about two more.
        double expected = (0.6 * full) + 1.8;
        return Math.Clamp((int)Math.Round(10 * empty / expected, MidpointRounding.AwayFromZero), 0, 10);
    }
}
