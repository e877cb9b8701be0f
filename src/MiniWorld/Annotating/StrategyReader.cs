using System.Text.RegularExpressions;

namespace NaturalThoughts.MiniWorld.Annotating;

/// <summary>
/// Finds strategies by cues in the trace and by what its sentences do. Cues are words that people use for other ends too, and a strategy can be
/// written without any, so it errs both ways. The cues are those of the teacher's usual phrases; where the teacher words a strategy in another
/// way, what the sentences do has to show it.
/// </summary>
internal static partial class StrategyReader
{
    private static readonly (string Strategy, string[] Cues)[] Cues =
    [
        (ReasoningStrategy.Backtracking, [" wait ", " wrong ", " go back ", " rather ", " does not "]),
        (ReasoningStrategy.CaseAnalysis, [" case ", " cases ", " that holds "]),
        (ReasoningStrategy.Decomposition, [" split ", " break ", " steps ", " step ", " one after the other "]),
        (ReasoningStrategy.Estimation, [" about ", " roughly ", " estimate ", " between "]),
        (ReasoningStrategy.Exploration, [" another ", " other way ", " alternatively ", " the same "]),
        (ReasoningStrategy.Restating, [" we need ", " the question ", " given ", " know "]),
        (ReasoningStrategy.SelfVerification, [" check ", " verify ", " as it should "]),
        (ReasoningStrategy.SubGoals, [" goal ", " target ", " first find ", " to get there "]),
    ];

    /// <summary>The strategies in ordinal order.</summary>
    public static IReadOnlyList<string> Strategies(string question, string thinking)
    {
        string text = $" {thinking} ";
        SortedSet<string> found = new(StringComparer.Ordinal);
        foreach ((string strategy, string[] cues) in Cues)
        {
            if (cues.Any(cue => text.Contains(cue, StringComparison.Ordinal)))
            {
                found.Add(strategy);
            }
        }

        ReadFacts(thinking, found);
        ReadSentences(question, [.. Sentences(thinking)], found);
        return [.. found];
    }

    /// <summary>The sentences of a text without their full stops.</summary>
    public static IEnumerable<string> Sentences(string text) =>
        text.Split(" .", StringSplitOptions.RemoveEmptyEntries).Select(sentence => sentence.Trim()).Where(sentence => sentence.Length > 0);

    // What an equation does with the one before it.
    private static void ReadFacts(string thinking, SortedSet<string> found)
    {
        List<StatedFact> facts = [.. Sentences(thinking).Select(StatedFact.Read).OfType<StatedFact>()];
        foreach ((StatedFact earlier, StatedFact later) in facts.Zip(facts.Skip(1)))
        {
            if (later.Undoes(earlier))
            {
                found.Add(ReasoningStrategy.SelfVerification);
            }
            else if (later.Rearranges(earlier))
            {
                found.Add(ReasoningStrategy.Exploration);
            }
            else if (later.Revises(earlier))
            {
                found.Add(ReasoningStrategy.Backtracking);
            }
        }
    }

    // What sentences without an equation say, and where they stand.
    private static void ReadSentences(string question, List<string> sentences, SortedSet<string> found)
    {
        HashSet<string> asked = [.. Sentences(question)];
        int start = sentences.FindIndex(sentence => sentence.Contains('=') || Statement().IsMatch(sentence));
        bool restated = false;
        for (int i = 0; i < sentences.Count; i++)
        {
            string sentence = sentences[i];
            bool opening = start < 0 || i <= start;
            if (asked.Contains(sentence))
            {
                // A sentence taken over from the question restates it.
                restated = true;
            }
            else if (Says(sentence, ReasoningStrategy.Restating))
            {
                restated = true;
            }
            else if (sentence.Contains('=') || sentence.StartsWith("so the answer", StringComparison.Ordinal))
            {
                continue;
            }
            else if (Condition().IsMatch(sentence))
            {
                found.Add(ReasoningStrategy.CaseAnalysis);
            }
            else if (sentence.Count(sign => sign == ',') >= 2)
            {
                found.Add(ReasoningStrategy.Decomposition);
            }
            else if (opening && Round().IsMatch(sentence))
            {
                found.Add(ReasoningStrategy.Estimation);
            }
            else if (Noun().IsMatch(sentence))
            {
                // What is to be found, named: at the very beginning that of the question, right before a step that of the step.
                if (opening && !restated)
                {
                    restated = true;
                }
                else if (!opening || i + 1 == start)
                {
                    found.Add(ReasoningStrategy.SubGoals);
                }
            }

            if (TurnsBack(sentences, i))
            {
                found.Add(ReasoningStrategy.Backtracking);
            }
        }

        if (restated)
        {
            found.Add(ReasoningStrategy.Restating);
        }
    }

    // The same statement with another end follows, at most a remark without numbers between them.
    private static bool TurnsBack(List<string> sentences, int i)
    {
        string core = Core(sentences[i]);
        if (!Turn().IsMatch(core))
        {
            return false;
        }

        string begin = core[..(core.LastIndexOf(' ') + 1)];
        int next = i + 1 < sentences.Count && !sentences[i + 1].Any(char.IsAsciiDigit) && !Turn().IsMatch(Core(sentences[i + 1])) ? i + 2 : i + 1;
        return next < sentences.Count && Core(sentences[next]) is { } later && later != core && later.StartsWith(begin, StringComparison.Ordinal)
            && !later[begin.Length..].Contains(' ');
    }

    private static bool Says(string sentence, string strategy) =>
        Cues.Single(cues => cues.Strategy == strategy).Cues.Any(cue => $" {sentence} ".Contains(cue, StringComparison.Ordinal));

    // Without the cue before the colon.
    private static string Core(string sentence) => sentence[(sentence.LastIndexOf(" : ", StringComparison.Ordinal) is int colon and >= 0 ? colon + 3 : 0)..];

    [GeneratedRegex(@" is \w+$|\w+ to \w+$|^[a-z]+ in [a-z]+$|^[a-z]+ \d+$|needs \d+|after \d+$", RegexOptions.CultureInvariant)]
    private static partial Regex Statement();

    [GeneratedRegex(@"^(clock|behind|before|\d+ (after|before)|.* (or|and)|of) .*\bis \w+$|^\w+ to \w+$", RegexOptions.CultureInvariant)]
    private static partial Regex Turn();

    [GeneratedRegex(
        @"^(?!.* so ).*(\d+ is (more than|less than|equal to) \d+|it was (not )?in \w+|\b[p-w] is (true|false)|\d+ is (not )?passed|year (changes|stays))",
        RegexOptions.CultureInvariant)]
    private static partial Regex Condition();

    [GeneratedRegex(@"^[^\d]*\d?0( [^\d]*\d0)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Round();

    [GeneratedRegex(@"\bthe (?!text$|next one$|prize is)[a-z0-9 ]+( , then)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Noun();
}
