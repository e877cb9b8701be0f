namespace NaturalThoughts.Evaluation.Protocols;

/// <summary>What a protocol reads in a response.</summary>
/// <param name="Text">The answer, or the text that the program puts in its place; null when it has none.</param>
/// <param name="IsParsed">True when the response holds an answer by these rules.</param>
/// <param name="Chance">The probability that the program is right where it draws an answer at random; 0 where it does not.</param>
public readonly record struct Reading(string? Text, bool IsParsed, double Chance)
{
    /// <summary>No answer; counted as wrong.</summary>
    public static Reading None => default;

    /// <summary>True where the program draws an answer at random.</summary>
    public bool IsGuess => Chance > 0;

    /// <summary>An answer; <see cref="None"/> for null.</summary>
    public static Reading Of(string? text) => text is null ? None : new Reading(text, true, 0);

    /// <summary>No answer; the program goes on with a text of its own.</summary>
    public static Reading Placeholder(string text) => new(text, false, 0);

    /// <summary>No answer; the program draws one of <paramref name="count"/>.</summary>
    public static Reading Guess(int count) => new(null, false, count > 0 ? 1.0 / count : 0);
}
