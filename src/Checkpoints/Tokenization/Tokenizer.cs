using System.Buffers;
using System.Text;
using NaturalThoughts.Checkpoints.Files;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints.Tokenization;

/// <summary>
/// A tokenizer.json of Hugging Face: text to token ids and back, as the reference (the <c>tokenizers</c> library) does. Supported are the
/// mini world's model, <c>WordLevel</c> behind its <c>Split</c>, byte-level <c>BPE</c> as Llama-3 and Qwen2 have it, and <c>BPE</c> with byte
/// fallback as Llama-2 and Mistral have it; whatever else the file asks for is refused by name. Immutable except for a cache, and safe for concurrent use.
/// </summary>
public sealed partial class Tokenizer
{
    private readonly ITextModel _model;
    private readonly AddedTokens _added;
    private readonly AddedTokens _addedToNormalized;
    private readonly IReadOnlyList<AddedToken> _addedInOrder;
    private readonly Dictionary<string, AddedToken> _addedByText;
    private readonly HashSet<int> _addedIds;
    private readonly SpecialFrame _frame;
    private readonly byte[]?[] _bytes;
    private readonly bool[] _special;
    private readonly bool[] _isByte;

    internal Tokenizer(ITextModel model, IReadOnlyList<AddedToken> added, SpecialFrame frame, IReadOnlyList<string>? warnings = null)
    {
        _model = model;
        _frame = frame;
        Warnings = warnings ?? [];
        _added = new AddedTokens(added.Where(token => !token.Normalized));
        _addedToNormalized = new AddedTokens(
            added.Where(token => token.Normalized).Select(token => token with { Content = model.Prepare(token.Content, continues: false).ToString() }));
        _addedInOrder = added;
        _addedIds = [.. added.Select(token => token.Id)];
        _addedByText = added.ToDictionary(token => token.Content, StringComparer.Ordinal);
        VocabularySize = 1 + model.Vocabulary.Values.Concat(added.Select(token => token.Id)).Max();
        _bytes = new byte[]?[VocabularySize];
        _special = new bool[VocabularySize];
        _isByte = new bool[VocabularySize];
        foreach ((string text, int id) in model.Vocabulary)
        {
            _bytes[id] = model.Bytes(text);
            _isByte[id] = model.IsByte(text);
        }

        foreach (AddedToken token in added)
        {
            _bytes[token.Id] = model.Bytes(token.Content);
            _special[token.Id] = token.Special;
        }
    }

    /// <summary>One more than the highest id, added tokens included: the rows that a model's embedding needs at least.</summary>
    public int VocabularySize { get; }

    /// <summary>The id of pieces that the vocabulary lacks; null for byte-level models, which can spell every text.</summary>
    public int? UnknownId => _model.UnknownId;

    /// <summary>What a user should know of the file: settings that are not applied.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Reads tokenizer.json of a folder.</summary>
    /// <exception cref="UserErrorException">The file is missing or malformed, or asks for what is not supported.</exception>
    public static Tokenizer Load(string folder) =>
        TokenizerReader.Read(JsonFiles.ReadObject(folder, CheckpointFolder.Tokenizer), Path.Combine(folder, CheckpointFolder.Tokenizer));

    /// <summary>The ids of a text; nothing is put before or after them.</summary>
    /// <param name="text">Any text; a half of a surrogate pair is a character of its own, in models of bytes U+FFFD.</param>
    /// <param name="parseSpecial">
    /// True turns the text of special tokens (such as <c>&lt;|end|&gt;</c>) into them; false, for text that a user or a teacher wrote,
    /// leaves it plain. Added tokens that are not special (such as <c>&lt;think&gt;</c>) are always matched.
    /// </param>
    public int[] Encode(string text, bool parseSpecial = false) => EncodeText(text, parseSpecial, continues: false);

    /// <summary>The ids of a text within those that the file's post-processor puts around it, such as the one for the beginning of a text.</summary>
    /// <inheritdoc cref="Encode" path="/param"/>
    public int[] EncodeWithSpecial(string text, bool parseSpecial = false) => [.. _frame.Before, .. Encode(text, parseSpecial), .. _frame.After];

    /// <summary>
    /// A text as the model sees it, which is what its ids decode to where none is unknown: composed (NFC) where the file asks for it, and
    /// in models of bytes with U+FFFD for halves of surrogate pairs.
    /// </summary>
    /// <inheritdoc cref="Encode" path="/param"/>
    public string Normalize(string text, bool parseSpecial = false)
    {
        StringBuilder normalized = new(text.Length);
        ReadOnlySpan<char> rest = text;
        while (_added.Next(rest, parseSpecial) is { } match)
        {
            normalized.Append(_model.Normalize(rest[..match.At])).Append(match.Token.Content);
            rest = rest[match.End..];
        }

        normalized.Append(_model.Normalize(rest));
        return WithoutBlank(normalized.ToString());
    }

    /// <summary>
    /// The text of ids: their tokens one after the other. Ids that name no token give nothing, and bytes that are no UTF-8 give U+FFFD, as
    /// in the reference.
    /// </summary>
    /// <param name="ids">Token ids.</param>
    /// <param name="skipSpecial">True leaves special tokens out.</param>
    public string Decode(ReadOnlySpan<int> ids, bool skipSpecial = true)
    {
        ArrayBufferWriter<byte> text = new((ids.Length * 4) + 1);
        for (int at = 0; at < ids.Length; at++)
        {
            int id = ids[at];
            if ((uint)id >= (uint)_bytes.Length || (skipSpecial && _special[id]))
            {
                continue;
            }

            if (_isByte[id])
            {
                at += WriteBytes(ids[at..], skipSpecial, text) - 1;
            }
            else
            {
                text.Write(_bytes[id]);
            }
        }

        return WithoutBlank(Encoding.UTF8.GetString(text.WrittenSpan));
    }

    /// <summary>The id of a token by its exact text as the file spells it, added tokens first; null when there is none.</summary>
    public int? IdOf(string token) =>
        _addedByText.TryGetValue(token, out AddedToken? added) ? added.Id : _model.Vocabulary.TryGetValue(token, out int id) ? id : null;

    /// <summary>The bytes that a token alone stands for, UTF-8 or a part of it; empty where there is no such id.</summary>
    public ReadOnlySpan<byte> BytesOf(int id) => (uint)id < (uint)_bytes.Length ? _bytes[id] : [];

    /// <summary>True when decoding leaves the id out by default.</summary>
    public bool IsSpecial(int id) => (uint)id < (uint)_special.Length && _special[id];

    private int[] EncodeText(string text, bool parseSpecial, bool continues)
    {
        List<int> ids = new((text.Length / 3) + 4);
        ReadOnlySpan<char> rest = text;
        while (_added.Next(rest, parseSpecial) is { } match)
        {
            EncodePlain(rest[..match.At], parseSpecial, continues, ids);
            ids.Add(match.Token.Id);
            rest = rest[match.End..];
            continues = false;
        }

        EncodePlain(rest, parseSpecial, continues, ids);
        return [.. ids];
    }

    private void EncodePlain(ReadOnlySpan<char> text, bool parseSpecial, bool continues, List<int> ids)
    {
        ReadOnlySpan<char> rest = _model.Prepare(text, continues);
        while (_addedToNormalized.Next(rest, parseSpecial) is { } match)
        {
            _model.Encode(rest[..match.At], ids);
            ids.Add(match.Token.Id);
            rest = rest[match.End..];
        }

        _model.Encode(rest, ids);
    }
}
