using System.Text.Json.Serialization;

namespace NaturalThoughts.Records;

/// <summary>The verdict on one answer.</summary>
/// <param name="QuestionId">The question.</param>
/// <param name="Prompt">The user's message that was answered.</param>
/// <param name="Output">The text that was generated.</param>
/// <param name="Extracted">The answer found in it: an option's letter, or text; null when none was (unparsed).</param>
/// <param name="Correct">True when the extracted answer is the reference.</param>
/// <param name="Tokens">Number of generated tokens.</param>
/// <param name="Truncated">True when generation met its limit.</param>
public sealed record Grade(string QuestionId, string Prompt, string Output, string? Extracted, bool Correct, int Tokens, bool Truncated)
{
    /// <summary>
    /// The probability of being right where the protocol's program draws an answer at random: what counts in an accuracy in place of the
    /// verdict. Null, and absent from files, where it draws none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Credit { get; init; }

    /// <summary>True where the rules leave open whether the extracted answer is the reference; not credited. Absent from files when false.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Undecided { get; init; }

    /// <summary>What the grade counts in an accuracy: 1, 0, or <see cref="Credit"/>.</summary>
    [JsonIgnore]
    public double Score => Credit ?? (Correct ? 1 : 0);
}
