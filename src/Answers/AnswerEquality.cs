namespace NaturalThoughts.Answers;

/// <summary>Whether two answers are the same.</summary>
public static class AnswerEquality
{
    /// <summary>
    /// True when the normal forms are equal, or both are quantities of equal value where one lacks the sign of a unit (40 % is 40 and also
    /// 0.4; 40 is not 0.4; $5 is not 5 %). Answers without content equal nothing.
    /// </summary>
    public static bool Same(string reference, string given)
    {
        (string expected, string actual) = (NormalForm.Of(reference), NormalForm.Of(given));
        if (expected.Length == 0 || actual.Length == 0)
        {
            return false;
        }

        return expected == actual
            || (NormalForm.TryQuantity(expected, out Quantity a) && NormalForm.TryQuantity(actual, out Quantity b) && a.Matches(b));
    }
}
