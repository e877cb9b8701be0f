using System.Text;
using NaturalThoughts.Contracts;
using NaturalThoughts.Traces;

namespace NaturalThoughts.Checkpoints;

/// <summary>
/// A tokenizer.json of Hugging Face: text to token ids and back, as the reference (the <c>tokenizers</c> library) does. Supported are the
/// model <c>WordLevel</c> behind the pre-tokenizer <c>Split</c> with the mini world's pattern, and the decoder <c>Fuse</c>; whatever else
/// the file asks for is refused by name. Immutable and safe for concurrent use.
/// </summary>
public sealed class Tokenizer
{
    private readonly Dictionary<string, int> _vocabulary;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private readonly AddedTokens _added;
    private readonly Dictionary<string, int> _addedIds;
    private readonly string?[] _texts;
    private readonly bool[] _special;

    internal Tokenizer(Dictionary<string, int> vocabulary, string unknown, IReadOnlyList<AddedToken> added)
    {
        _vocabulary = vocabulary;
        _bySpan = vocabulary.GetAlternateLookup<ReadOnlySpan<char>>();
        UnknownId = vocabulary[unknown];
        _added = new AddedTokens(added);
        _addedIds = added.ToDictionary(token => token.Content, token => token.Id, StringComparer.Ordinal);
        VocabularySize = 1 + vocabulary.Values.Concat(added.Select(token => token.Id)).Max();
        _texts = new string?[VocabularySize];
        _special = new bool[VocabularySize];
        foreach ((string text, int id) in vocabulary)
        {
            _texts[id] = text;
        }

        foreach (AddedToken token in added)
        {
            _texts[token.Id] = token.Content;
            _special[token.Id] = token.Special;
        }
    }

    /// <summary>One more than the highest id, added tokens included: the rows that a model's embedding needs at least.</summary>
    public int VocabularySize { get; }

    /// <summary>The id of pieces that the vocabulary lacks.</summary>
    public int UnknownId { get; }

    /// <summary>Reads tokenizer.json of a folder.</summary>
    /// <exception cref="UserErrorException">The file is missing or malformed, or asks for what is not supported.</exception>
    public static Tokenizer Load(string folder) =>
        TokenizerReader.Read(JsonFiles.ReadObject(folder, CheckpointFolder.Tokenizer), Path.Combine(folder, CheckpointFolder.Tokenizer));

    /// <summary>The ids of a text; nothing is put before or after them.</summary>
    /// <param name="text">Any text; a half of a surrogate pair is a character of its own.</param>
    /// <param name="parseSpecial">
    /// True turns the text of special tokens (such as <c>&lt;|end|&gt;</c>) into them; false, for text that a user or a teacher wrote,
    /// leaves it plain. Added tokens that are not special (such as <c>&lt;think&gt;</c>) are always matched.
    /// </param>
    public int[] Encode(string text, bool parseSpecial = false)
    {
        List<int> ids = new(text.Length / 3 + 4);
        ReadOnlySpan<char> all = text;
        int at = 0;
        while (at < all.Length)
        {
            if (_added.Next(all, at, parseSpecial) is not { } match)
            {
                break;
            }

            EncodePlain(all[at..match.At], ids);
            ids.Add(match.Token.Id);
            at = match.At + match.Token.Content.Length;
        }

        EncodePlain(all[at..], ids);
        return [.. ids];
    }

    /// <summary>The text of ids: their tokens one after the other. Ids that name no token give nothing, as in the reference.</summary>
    /// <param name="ids">Token ids.</param>
    /// <param name="skipSpecial">True leaves special tokens out.</param>
    public string Decode(ReadOnlySpan<int> ids, bool skipSpecial = true)
    {
        StringBuilder text = new();
        foreach (int id in ids)
        {
            if ((uint)id < (uint)_texts.Length && !(skipSpecial && _special[id]))
            {
                text.Append(_texts[id]);
            }
        }

        return text.ToString();
    }

    /// <summary>The id of a token by its exact text, added tokens first; null when there is none.</summary>
    public int? IdOf(string token) =>
        _addedIds.TryGetValue(token, out int added) ? added : _vocabulary.TryGetValue(token, out int id) ? id : null;

    /// <summary>True when decoding leaves the id out by default.</summary>
    public bool IsSpecial(int id) => (uint)id < (uint)_special.Length && _special[id];

    private void EncodePlain(ReadOnlySpan<char> text, List<int> ids)
    {
        while (text.Length > 0)
        {
            int length = WordSplitter.NextLength(text);
            ids.Add(_bySpan.TryGetValue(text[..length], out int id) ? id : UnknownId);
            text = text[length..];
        }
    }
}
