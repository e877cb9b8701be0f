using NaturalThoughts.Records;
using NaturalThoughts.Sources.Mapping;

namespace NaturalThoughts.Sources.Recorded;

/// <summary>Brings a question's options into the order in which a model saw them, so that its letters mean what they meant.</summary>
internal static class OptionMatch
{
    // MMLU-Pro fills lists of options up with this.
    private const string NoOption = "N/A";

    public static bool SameSet(IReadOnlyList<string> ours, IReadOnlyList<string> theirs) =>
        ours.Select(QuestionIndex.Flat).Order(StringComparer.Ordinal).SequenceEqual(theirs.Select(QuestionIndex.Flat).Order(StringComparer.Ordinal));

    /// <summary>The question with the options of the row; null where the row says nothing of an order and the question's own is taken.</summary>
    /// <exception cref="RefusedRowException">The options are others.</exception>
    public static Question? Reorder(Question question, RecordedRow row)
    {
        if (question.Options.Count == 0)
        {
            return question;
        }

        if (row.Options is { } given && !IsLetters(given))
        {
            IReadOnlyList<string> theirs = [.. given.Reverse().SkipWhile(option => option == NoOption && !question.Options.Contains(NoOption)).Reverse()];
            return SameSet(question.Options, theirs)
                ? With(question, [.. theirs.Select(QuestionIndex.Flat)])
                : throw new RefusedRowException(
                    "optionsDiffer", $"The question '{question.Id}' has other options here.", "The file was made from another version of the questions.");
        }

        return row.Prompt is { } prompt && InPrompt(question, prompt) is { } order ? With(question, order) : null;
    }

    // lighteval keeps the letters as the choices, and the options in the prompt alone.
    private static bool IsLetters(IReadOnlyList<string> options) => options.Select((option, i) => option.Trim() == OptionOrder.Letter(i)).All(same => same);

    private static Question With(Question question, IReadOnlyList<string> order)
    {
        List<string> left = [.. question.Options];
        List<string> flat = [.. left.Select(QuestionIndex.Flat)];
        string right = question.Options[question.Reference[0] - 'A'];
        List<string> options = [];
        foreach (string option in order)
        {
            int at = flat.IndexOf(option);
            options.Add(left[at]);
            left.RemoveAt(at);
            flat.RemoveAt(at);
        }

        return question with { Options = options, Reference = OptionOrder.Letter(options.IndexOf(right)) };
    }

    /// <summary>
    /// The options in the order of a prompt that lists each behind its letter (<c>A) x</c>, <c>A. x</c>, <c>(A) x</c>, <c>A: x</c>); null where it does not.
    /// </summary>
    private static List<string>? InPrompt(Question question, string prompt)
    {
        string flat = QuestionIndex.Flat(prompt);
        string text = QuestionIndex.Flat(question.Text);
        int at = flat.LastIndexOf(text, StringComparison.Ordinal);
        string rest = at < 0 ? flat : flat[(at + text.Length)..];
        string[] options = [.. question.Options.Select(QuestionIndex.Flat)];
        List<string> order = [];
        for (int i = 0; i < options.Length; i++)
        {
            string letter = OptionOrder.Letter(i);
            string[] here =
            [
                .. options.Where(option =>
                    new[] { $"{letter}) {option}", $"{letter}. {option}", $"{letter}: {option}" }.Any(spelled =>
                        rest.Contains(spelled, StringComparison.Ordinal)))
                    .OrderByDescending(option => option.Length)
                    .Take(1),
            ];
            order.AddRange(here);
        }

        return order.Count == options.Length && SameSet(order, options) ? order : null;
    }
}
