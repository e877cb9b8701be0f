using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace NaturalThoughts.Checkpoints.Tokenization;

/// <summary>What models with byte fallback need: runs of bytes, and the blank at the beginning of a text.</summary>
public sealed partial class Tokenizer
{
    /// <summary>True when ids are those of a text, up to blanks at its beginning where decoding takes one.</summary>
    /// <param name="ids">The ids; special tokens among them count as their text.</param>
    /// <param name="text">The text.</param>
    public bool Spells(ReadOnlySpan<int> ids, string text)
    {
        (string read, string meant) = (Decode(ids, skipSpecial: false), Normalize(text));
        return _model.TakesBlank ? read.AsSpan().TrimStart(' ').SequenceEqual(meant.AsSpan().TrimStart(' ')) : read == meant;
    }

    /// <summary>True where ids end in text, and not in an added token.</summary>
    internal bool IsText(ReadOnlySpan<int> ids) => !ids.IsEmpty && !_addedIds.Contains(ids[^1]);

    /// <summary>The ids of a text whose special tokens count, and which may go on behind other text.</summary>
    internal int[] EncodeAfter(string text, bool continues) => EncodeText(text, parseSpecial: true, continues);

    // Writes the run of bytes that ids begin with, and gives its length in ids.
    private int WriteBytes(ReadOnlySpan<int> ids, bool skipSpecial, ArrayBufferWriter<byte> text)
    {
        List<byte> run = [];
        int length = 0;
        for (; length < ids.Length; length++)
        {
            int id = ids[length];
            if ((uint)id < (uint)_bytes.Length && _isByte[id])
            {
                run.AddRange(_bytes[id]!);
            }
            else if ((uint)id < (uint)_bytes.Length && _bytes[id] is not null && !(skipSpecial && _special[id]))
            {
                break;
            }
        }

        byte[] bytes = [.. run];
        text.Write(Utf8.IsValid(bytes) ? bytes : Encoding.UTF8.GetBytes(new string('\uFFFD', bytes.Length)));
        return length;
    }

    private string WithoutBlank(string text) => _model.TakesBlank && text.StartsWith(' ') ? text[1..] : text;
}
