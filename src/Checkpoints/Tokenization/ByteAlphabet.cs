using System.Text;

namespace NaturalThoughts.Checkpoints.Tokenization;

/// <summary>
/// The characters that stand for bytes in the vocabulary of byte-level models: printable ones of Latin-1 for themselves, the other 68 bytes
/// from U+0100 on in their order (as in GPT-2's <c>bytes_to_unicode</c>, https://github.com/openai/gpt-2, encoder.py).
/// </summary>
internal static class ByteAlphabet
{
    private static readonly char[] ByByte = Build();
    private static readonly short[] ByChar = Invert();

    /// <summary>The character of a byte.</summary>
    public static char CharOf(byte value) => ByByte[value];

    /// <summary>The bytes of a token; one with a character of another kind stands for its own UTF-8, as in the reference's decoder.</summary>
    public static byte[] Bytes(string token)
    {
        byte[] bytes = new byte[token.Length];
        for (int i = 0; i < token.Length; i++)
        {
            if (token[i] >= ByChar.Length || ByChar[token[i]] < 0)
            {
                return Encoding.UTF8.GetBytes(token);
            }

            bytes[i] = (byte)ByChar[token[i]];
        }

        return bytes;
    }

    private static char[] Build()
    {
        char[] chars = new char[256];
        char next = '\u0100';
        for (int value = 0; value < 256; value++)
        {
            bool printable = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or >= 0xAE;
            chars[value] = printable ? (char)value : next++;
        }

        return chars;
    }

    private static short[] Invert()
    {
        short[] bytes = new short[ByByte.Max() + 1];
        Array.Fill(bytes, (short)-1);
        for (int value = 0; value < 256; value++)
        {
            bytes[ByByte[value]] = (short)value;
        }

        return bytes;
    }
}
