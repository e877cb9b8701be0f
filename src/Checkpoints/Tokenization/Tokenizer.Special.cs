using System.Text;
using NaturalThoughts.Checkpoints.Files;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints.Tokenization;

/// <summary>Special tokens that are to stay plain text inside of text whose other special tokens count.</summary>
public sealed partial class Tokenizer
{
    /// <summary>The text of an id as the file spells it; empty when there is no such id.</summary>
    internal string TextOf(int id) => Decode([id], skipSpecial: false);

    /// <summary>An added token by its text; null where there is none.</summary>
    internal AddedToken? Added(string text) => _addedByText.GetValueOrDefault(text);

    /// <summary>
    /// The added tokens to which the reference gives another id: it numbers those that the vocabulary lacks itself, in the order of the
    /// file, from the vocabulary's size on.
    /// </summary>
    internal IEnumerable<(AddedToken Token, int Due)> Renumbered()
    {
        int highest = -1;
        foreach (AddedToken token in _addedInOrder)
        {
            int due = _model.Vocabulary.TryGetValue(token.Content, out int own) ? own : Math.Max(highest + 1, _model.Vocabulary.Count);
            highest = Math.Max(highest, due);
            if (due != token.Id)
            {
                yield return (token, due);
            }
        }
    }

    /// <summary>The tokens whose id is at least that one, in the order of their ids.</summary>
    internal IEnumerable<(string Text, int Id)> TokensFrom(int id) => _model.Vocabulary
        .Select(token => (Text: token.Key, Id: token.Value))
        .Concat(_addedInOrder.Select(token => (Text: token.Content, token.Id)))
        .Where(token => token.Id >= id)
        .DistinctBy(token => token.Id)
        .OrderBy(token => token.Id);

    /// <summary>The ids that surround a text where special tokens are written.</summary>
    internal IEnumerable<int> FrameIds => _frame.Before.Concat(_frame.After);

    /// <summary>True when the text spells a special token.</summary>
    internal bool HasSpecial(string text) => NextSpecial(text, _added) is not null || NextSpecial(text, _addedToNormalized) is not null;

    /// <summary>The text with a mark inside of each special token, which then is none.</summary>
    internal string BreakSpecial(string text, char mark)
    {
        StringBuilder broken = new(text.Length + 8);
        ReadOnlySpan<char> rest = text;
        while (NextSpecial(rest, _added) is { } at)
        {
            broken.Append(rest[..(at + 1)]).Append(mark);
            rest = rest[(at + 1)..];
        }

        return broken.Append(rest).ToString();
    }

    /// <summary>The ids of a text: whole special tokens count, broken ones are plain text without the mark.</summary>
    /// <exception cref="UserErrorException">A special token is looked for in normalised text, from which it could not be told.</exception>
    internal int[] EncodeBroken(string text, char mark, bool continues)
    {
        if (_addedToNormalized.AnySpecial)
        {
            throw new UserErrorException(
                "Special tokens that are 'normalized' cannot be told from plain text.", CheckpointFolder.Tokenizer, "Set specialTokensInText: parsed.");
        }

        List<int> ids = new((text.Length / 3) + 4);
        ReadOnlySpan<char> rest = text;
        while (_added.Next(rest, parseSpecial: true) is { } match)
        {
            EncodePlain(Unmarked(rest[..match.At], mark), parseSpecial: false, continues, ids);
            ids.Add(match.Token.Id);
            rest = rest[match.End..];
            continues = false;
        }

        EncodePlain(Unmarked(rest, mark), parseSpecial: false, continues, ids);
        return [.. ids];
    }

    private static int? NextSpecial(ReadOnlySpan<char> text, AddedTokens tokens)
    {
        int start = 0;
        while (tokens.Next(text[start..], parseSpecial: true) is { } match)
        {
            if (match.Token.Special)
            {
                return start + match.At;
            }

            start += match.End;
        }

        return null;
    }

    private static ReadOnlySpan<char> Unmarked(ReadOnlySpan<char> text, char mark) =>
        text.Contains(mark) ? text.ToString().Replace(mark.ToString(), "", StringComparison.Ordinal) : text;
}
