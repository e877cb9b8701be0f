using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using NaturalThoughts.Records;
using NaturalThoughts.Sources.Mapping;

namespace NaturalThoughts.Sources.Recorded;

/// <summary>Finds the question that a recorded row is about: by its id, by its text, or as the text inside of the prompt.</summary>
internal sealed class QuestionIndex
{
    private readonly IReadOnlyList<Question> _questions;
    private readonly Dictionary<string, Question> _byId;
    private readonly ILookup<UInt128, Question> _byText;
    private readonly Lazy<ContainedTexts> _contained;
    private readonly string _by;

    /// <param name="questions">The questions.</param>
    /// <param name="by">One of <see cref="MatchBy"/>.</param>
    public QuestionIndex(IReadOnlyList<Question> questions, string by)
    {
        (_questions, _by) = (questions, by);
        _byId = questions.ToDictionary(question => question.Id, StringComparer.Ordinal);
        _byText = questions.ToLookup(question => Key(Flat(question.Text)));
        _contained = new Lazy<ContainedTexts>(() => new ContainedTexts([.. questions.Select(question => Flat(question.Text))]));
    }

    /// <exception cref="RefusedRowException">There is none, or more than one.</exception>
    public Question Find(RecordedRow row)
    {
        string? text = row.Text is null ? null : Flat(row.Text);
        Question? named = _by is MatchBy.Any or MatchBy.Id && row.Id is not null ? _byId.GetValueOrDefault(row.Id) : null;
        if (named is not null && (text is null || Flat(named.Text) == text))
        {
            return named;
        }

        Question? found = _by is MatchBy.Any or MatchBy.Text && text is not null ? ByText(text, row) : null;
        found ??= _by is MatchBy.Any or MatchBy.Prompt && (row.Prompt ?? row.Text) is { } prompt ? InPrompt(Flat(prompt)) : null;
        return found ?? (named is not null
            ? throw new RefusedRowException(
                "textDiffers", $"The question '{named.Id}' has another text here.", "The file was made from another version of the questions.")
            : throw new RefusedRowException(
                "notAmongQuestions", "The row is about none of the questions.", "Check that both are of the same benchmark, and the field map."));
    }

    /// <summary>White space is no difference: programs strip and wrap it as they like.</summary>
    internal static string Flat(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private Question? ByText(string text, RecordedRow row)
    {
        Question[] same = [.. _byText[Key(text)]];
        if (same.Length == 0)
        {
            return null;
        }

        Question[] fitting = same.Length == 1 || row.Options is null ? same : [.. same.Where(question => OptionMatch.SameSet(question.Options, row.Options))];
        return fitting.Length == 1
            ? fitting[0]
            : throw new RefusedRowException(
                "ambiguous", FormattableString.Invariant($"{same.Length} questions have this text."), "Name the field of the question's id.");
    }

    // Half of the digest, in place of the text: pools have a million questions.
    private static UInt128 Key(string text) => BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    // Of several the longest counts: the text of one question may be a part of another's.
    private Question? InPrompt(string prompt) => _contained.Value.Longest(prompt) is int found and >= 0 ? _questions[found] : null;
}
