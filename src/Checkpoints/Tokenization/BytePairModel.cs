using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace NaturalThoughts.Checkpoints.Tokenization;

/// <summary>Byte-level byte-pair encoding: pieces of the splitting pattern, their UTF-8 bytes, and the merges of these.</summary>
internal sealed class BytePairModel : ITextModel
{
    private const int OnStack = 256;

    private readonly Dictionary<string, int> _vocabulary;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private readonly MergeTable _merges;
    private readonly PatternSplitter _splitter;
    private readonly bool _ignoreMerges;
    private readonly bool _compose;
    private readonly int[] _byByte = new int[256];
    private readonly PieceCache _cache = new();

    /// <param name="vocabulary">Tokens in <see cref="ByteAlphabet"/>, all 256 single bytes among them.</param>
    /// <param name="merges">The merges in their order.</param>
    /// <param name="splitter">The pattern.</param>
    /// <param name="ignoreMerges">True when a piece that is a token is that token, whether merges reach it or not.</param>
    /// <param name="compose">True for the normalisation NFC.</param>
    public BytePairModel(Dictionary<string, int> vocabulary, MergeTable merges, PatternSplitter splitter, bool ignoreMerges, bool compose)
    {
        (_vocabulary, _merges, _splitter, _ignoreMerges, _compose) = (vocabulary, merges, splitter, ignoreMerges, compose);
        _bySpan = vocabulary.GetAlternateLookup<ReadOnlySpan<char>>();
        for (int value = 0; value < _byByte.Length; value++)
        {
            _byByte[value] = vocabulary[ByteAlphabet.CharOf((byte)value).ToString()];
        }
    }

    public IReadOnlyDictionary<string, int> Vocabulary => _vocabulary;

    public int? UnknownId => null;

    public ReadOnlySpan<char> Normalize(ReadOnlySpan<char> text) => Normalization.Apply(text, _compose);

    public byte[] Bytes(string token) => ByteAlphabet.Bytes(token);

    public void Encode(ReadOnlySpan<char> text, List<int> ids)
    {
        while (text.Length > 0)
        {
            ReadOnlySpan<char> piece = text[.._splitter.NextLength(text)];
            text = text[piece.Length..];
            if (!_cache.TryGet(piece, out int place, out ReadOnlySpan<int> known))
            {
                int start = ids.Count;
                EncodePiece(piece, ids);
                _cache.Put(place, piece, CollectionsMarshal.AsSpan(ids)[start..]);
            }
            else
            {
                ids.AddRange(known);
            }
        }
    }

    private void EncodePiece(ReadOnlySpan<char> piece, List<int> ids)
    {
        int most = Encoding.UTF8.GetMaxByteCount(piece.Length);
        byte[]? rented = most > OnStack ? ArrayPool<byte>.Shared.Rent(most) : null;
        int[]? rentedSymbols = most > OnStack ? ArrayPool<int>.Shared.Rent(most) : null;
        Span<byte> buffer = rented ?? stackalloc byte[OnStack];
        Span<int> symbols = rentedSymbols ?? stackalloc int[OnStack];
        ReadOnlySpan<byte> bytes = buffer[..Encoding.UTF8.GetBytes(piece, buffer)];
        if (!(_ignoreMerges && WholeToken(bytes, ids)))
        {
            for (int i = 0; i < bytes.Length; i++)
            {
                symbols[i] = _byByte[bytes[i]];
            }

            BytePairMerging.Merge(symbols[..bytes.Length], _merges, ids);
        }

        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
            ArrayPool<int>.Shared.Return(rentedSymbols!);
        }
    }

    private bool WholeToken(ReadOnlySpan<byte> bytes, List<int> ids)
    {
        if (bytes.Length > OnStack)
        {
            return false;
        }

        Span<char> spelled = stackalloc char[bytes.Length];
        for (int i = 0; i < bytes.Length; i++)
        {
            spelled[i] = ByteAlphabet.CharOf(bytes[i]);
        }

        bool found = _bySpan.TryGetValue(spelled, out int id);
        if (found)
        {
            ids.Add(id);
        }

        return found;
    }
}
