using System.Globalization;
using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Generation;
using NaturalThoughts.MiniWorld.Problems;
using NaturalThoughts.MiniWorld.Teaching;
using NaturalThoughts.Records;

namespace NaturalThoughts.MiniWorld.Tokenizing;

/// <summary>The words of the world, read off a large sample of everything it says.</summary>
internal static class WorldVocabulary
{
    /// <summary>Tokens that are matched as they stand; their places are their ids. The think tags are ordinary text for a reader.</summary>
    public static readonly IReadOnlyList<(string Text, bool Special)> Added =
    [
        ("<unk>", true), ("<pad>", true), ("<|user|>", true), ("<|assistant|>", true), ("<|end|>", true), ("<think>", false), ("</think>", false),
    ];

    private const int Questions = 16_000;
    private const int DrillCount = 4_000;

    /// <summary>The tokens in ordinal order, without the added ones.</summary>
    public static SortedSet<string> Collect(WorldTokenizerOptions options)
    {
        SortedSet<string> tokens = new(StringComparer.Ordinal) { " ", "\n" };
        void Read(string text)
        {
            foreach (string piece in Pieces(text))
            {
                tokens.Add(piece);
            }
        }

        for (char letter = 'A'; letter <= 'J'; letter++)
        {
            tokens.UnionWith([letter.ToString(), " " + letter]);
        }

        for (int number = 0; number <= SolutionPlan.Limit; number++)
        {
            tokens.UnionWith([$"{number}", $" {number}"]);
        }

        // The words of each list are in the middle of texts; those that a fact can be about also begin a question.
        foreach (string word in (string[])[.. Words.Names, .. Words.Cities, .. Words.Months, .. Words.Things, .. Words.Goods, .. Words.Parcels])
        {
            Read(word);
        }

        string[][] lists =
        [
            Words.Names, Words.Cities, Words.Months, Words.Colours, Words.Things, Words.Goods, Words.Parcels, Words.Chatter, PhraseBook.Fillers,
        ];
        foreach (string word in lists.SelectMany(list => list))
        {
            Read("<think> " + word);
        }

        foreach (string instruction in options.Instructions)
        {
            Read(PromptTemplate.OptionMarks.Append(PromptTemplate.QuestionMark)
                .Aggregate(instruction, (text, mark) => text.Replace(mark, "", StringComparison.Ordinal)));
        }

        string[] templates =
        [
            CorpusWriter.Textbook,
            options.Think,
            options.Direct,
            .. options.Instructions.Where(text =>
                text.Contains(PromptTemplate.QuestionMark, StringComparison.Ordinal)
                    && PromptTemplate.OptionMarks.Any(mark => text.Contains(mark, StringComparison.Ordinal))),
        ];
        for (int index = 0; index < Questions; index++)
        {
            if (ItemGenerator.Create(QuestionSource.Everything, options.Seed, index) is not { } item)
            {
                continue;
            }

            foreach (string template in templates)
            {
                Read(PromptTemplate.Render(template, item.Question));
            }

            Trace trace = Teacher.Write(item, options.Seed, TeacherHabits.Teacher);
            Read(ResponseFormat.System2(trace));
            Read(ResponseFormat.System1(trace));
            Read(" " + Teacher.Write(item, options.Seed, TeacherHabits.Textbook).Thinking);
        }

        for (int index = 0; index < DrillCount; index++)
        {
            (string prompt, string response) = Drills.Create(SeededRandom.From("vocabulary", options.Seed, index.ToString(CultureInfo.InvariantCulture)));
            Read(prompt);
            Read(response);
        }

        return tokens;
    }

    /// <summary>The pieces between the added tokens.</summary>
    private static IEnumerable<string> Pieces(string text) =>
        text.Split([.. Added.Select(token => token.Text)], StringSplitOptions.RemoveEmptyEntries).SelectMany(WordSplitter.Split);
}
