using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace NaturalThoughts.Checkpoints.Tokenization;

/// <summary>
/// Byte-pair encoding over characters, as SentencePiece has it: a text between added tokens is one piece, blanks are U+2581, and a character
/// that the vocabulary lacks is its UTF-8 bytes. The steps are those of the reference (Hugging Face <c>tokenizers</c>, models/bpe/model.rs, <c>merge_word</c>).
/// </summary>
internal sealed class SentencePieceModel : ITextModel
{
    private const char Blank = SentencePieceReader.Blank;

    private readonly Dictionary<string, int> _vocabulary;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private readonly MergeTable _merges;
    private readonly int?[] _byByte;
    private readonly int? _unknown;

    /// <param name="vocabulary">The tokens.</param>
    /// <param name="merges">The merges in their order.</param>
    /// <param name="byByte">The ids of <c>&lt;0x00&gt;</c> to <c>&lt;0xFF&gt;</c>; null for those that the vocabulary lacks.</param>
    /// <param name="unknown">The id of a character whose bytes are not all there; null where they all are.</param>
    public SentencePieceModel(Dictionary<string, int> vocabulary, MergeTable merges, int?[] byByte, int? unknown)
    {
        (_vocabulary, _merges, _byByte, _unknown) = (vocabulary, merges, byByte, unknown);
        _bySpan = vocabulary.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>True when a blank is put before each text between added tokens.</summary>
    public required bool Prepends { get; init; }

    /// <summary>True when unknown characters in a row are one token.</summary>
    public required bool FusesUnknown { get; init; }

    /// <summary>True when a text that is a token is that token, whether merges reach it or not.</summary>
    public required bool IgnoresMerges { get; init; }

    public IReadOnlyDictionary<string, int> Vocabulary => _vocabulary;

    public int? UnknownId => _byByte.Contains(null) ? _unknown : null;

    public bool TakesBlank => Prepends;

    public ReadOnlySpan<char> Normalize(ReadOnlySpan<char> text) => Prepare(text, continues: false).ToString().Replace(Blank, ' ');

    public ReadOnlySpan<char> Prepare(ReadOnlySpan<char> text, bool continues)
    {
        string spelled = Normalization.Apply(text, compose: false).ToString().Replace(' ', Blank);
        return Prepends && !continues && spelled.Length > 0 ? Blank + spelled : spelled;
    }

    public bool IsByte(string token) => Byte(token) is not null;

    public byte[] Bytes(string token) => Byte(token) is { } value ? [value] : Encoding.UTF8.GetBytes(token.Replace(Blank, ' '));

    public void Encode(ReadOnlySpan<char> text, List<int> ids)
    {
        if (IgnoresMerges && _bySpan.TryGetValue(text, out int whole))
        {
            ids.Add(whole);
            return;
        }

        List<int> symbols = new(text.Length);
        bool pending = false;
        Span<byte> utf8 = stackalloc byte[4];
        while (text.Length > 0)
        {
            Rune.DecodeFromUtf16(text, out Rune rune, out int length);
            ReadOnlySpan<char> character = text[..length];
            text = text[length..];
            if (_bySpan.TryGetValue(character, out int id))
            {
                Flush(ref pending);
                symbols.Add(id);
                continue;
            }

            ReadOnlySpan<byte> bytes = utf8[..rune.EncodeToUtf8(utf8)];
            if (HasAll(bytes))
            {
                // One that is pending stays so, and comes behind the bytes: the reference goes on without a look at it.
                foreach (byte value in bytes)
                {
                    symbols.Add(_byByte[value]!.Value);
                }

                continue;
            }

            if (!FusesUnknown)
            {
                Flush(ref pending);
            }

            pending = true;
        }

        Flush(ref pending);
        BytePairMerging.Merge(CollectionsMarshal.AsSpan(symbols), _merges, ids);

        void Flush(ref bool waits)
        {
            if (waits)
            {
                symbols.Add(_unknown!.Value);
                waits = false;
            }
        }
    }

    private bool HasAll(ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            if (_byByte[value] is null)
            {
                return false;
            }
        }

        return true;
    }

    private static byte? Byte(string token) =>
        token.Length == 6 && token.StartsWith("<0x", StringComparison.Ordinal) && token[5] == '>'
            && byte.TryParse(token.AsSpan(3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value) ? value : null;
}
