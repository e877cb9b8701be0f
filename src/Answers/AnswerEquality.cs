using System.Text;
using NaturalThoughts.Answers.Mathematics;

namespace NaturalThoughts.Answers;

/// <summary>
/// Whether two answers are the same: numbers, formulas in TeX or plain text, lists, sets, intervals, equations, matrices, quantities with units,
/// letters of options, words. The policy is written down in docs/grading.md. A verdict is a function of the two texts alone; work is bounded by
/// counting it.
/// </summary>
public static class AnswerEquality
{
    /// <summary>Longer texts are compared sign by sign.</summary>
    private const int LongestText = 50_000;

    /// <summary>True when the verdict is <see cref="Equality.Equal"/>. Answers without content equal nothing.</summary>
    public static bool Same(string reference, string answer) => Compare(reference, answer).Equality == Equality.Equal;

    /// <summary>The verdict on an answer.</summary>
    /// <param name="reference">The right answer; where conventions differ, such as the base of bare digits, it decides.</param>
    /// <param name="answer">The answer that was given, without the sentence around it.</param>
    /// <returns>The verdict with its reason; undecided never counts as right.</returns>
    public static EqualityVerdict Compare(string reference, string answer)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(answer);
        if (PlainNumber.TryParse(reference, out PlainNumber left) && PlainNumber.TryParse(answer, out PlainNumber right))
        {
            return left == right ? EqualityVerdict.Equal("the same number") : EqualityVerdict.Different("different numbers");
        }

        (string expected, string given) = (Delimiters.Strip(reference), Delimiters.Strip(answer));
        if (IsBlank(expected) || IsBlank(given))
        {
            return EqualityVerdict.Different("no answer");
        }

        if (expected.Length > LongestText || given.Length > LongestText)
        {
            return expected == given ? EqualityVerdict.Equal("the same text") : EqualityVerdict.Undecided("a text that is too long");
        }

        return DeepStack.IsNeeded(expected) || DeepStack.IsNeeded(given) ? DeepStack.Run(() => Read(expected, given)) : Read(expected, given);
    }

    private static EqualityVerdict Read(string expected, string given)
    {
        try
        {
            return Reading.Compare(Reading.Of(expected), Reading.Of(given), new Work(Work.Standard));
        }
        catch (UndecidedException exception)
        {
            return EqualityVerdict.Undecided(exception.Message);
        }
    }

    private static bool IsBlank(string text)
    {
        foreach (Rune c in text.EnumerateRunes())
        {
            if (Rune.IsLetter(c) || Rune.IsNumber(c) || (!c.IsAscii && Rune.IsSymbol(c) && c != Rune.ReplacementChar))
            {
                return false;
            }
        }

        return !text.Contains("{}", StringComparison.Ordinal) && !text.Contains("\\{", StringComparison.Ordinal);
    }
}
