using System.Buffers.Binary;

namespace NaturalThoughts.Teaching.Calling;

/// <summary>A vector as text: base64 of its float32 numbers, the lowest byte first, as the protocol's <c>base64</c> has it and the store keeps it.</summary>
public static class EmbeddingVector
{
    /// <summary>Encodes a vector as text.</summary>
    public static string ToText(ReadOnlySpan<float> vector)
    {
        byte[] bytes = new byte[vector.Length * sizeof(float)];
        for (int i = 0; i < vector.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), vector[i]);
        }

        return Convert.ToBase64String(bytes);
    }

    /// <summary>Decodes the vector of a text that <see cref="ToText"/> made.</summary>
    /// <exception cref="FormatException">It is no base64 of whole numbers of four bytes.</exception>
    public static float[] FromText(string text)
    {
        byte[] bytes = Convert.FromBase64String(text);
        if (bytes.Length % sizeof(float) != 0)
        {
            throw new FormatException($"{bytes.Length} bytes are no float32 numbers");
        }

        float[] vector = new float[bytes.Length / sizeof(float)];
        for (int i = 0; i < vector.Length; i++)
        {
            vector[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(i * sizeof(float)));
        }

        return vector;
    }
}
