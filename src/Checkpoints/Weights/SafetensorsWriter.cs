using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NaturalThoughts.Checkpoints.Weights;

/// <summary>
/// Writes safetensors files in the reference's order (widest element type first, then by name), so that data is aligned and the same
/// tensors always give the same bytes: those of the reference.
/// </summary>
public static class SafetensorsWriter
{
    /// <summary>What Transformers asks for in the metadata before it loads a file.</summary>
    public static IReadOnlyDictionary<string, string> TransformersMetadata { get; } =
        new SortedDictionary<string, string>(StringComparer.Ordinal) { ["format"] = "pt" };

    /// <summary>Writes a file, one tensor after the other; no more than one provider's buffers are alive at a time.</summary>
    /// <param name="path">The file; replaced where it exists.</param>
    /// <param name="tensors">The tensors in any order, names unique.</param>
    /// <param name="metadata">Strings for <c>__metadata__</c>; <see cref="TransformersMetadata"/> when null, no entry when empty.</param>
    /// <exception cref="ArgumentException">A name repeats or is <c>__metadata__</c>, or a dimension is negative.</exception>
    /// <exception cref="InvalidOperationException">A provider wrote another number of bytes than its shape takes.</exception>
    public static void Write(string path, IEnumerable<TensorData> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        List<TensorData> ordered = [.. tensors.OrderByDescending(tensor => tensor.Type).ThenBy(tensor => tensor.Name, StringComparer.Ordinal)];
        Check(ordered);
        byte[] header = Header(ordered, metadata ?? TransformersMetadata);
        using FileStream stream = new(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        long at = stream.Position;
        foreach (TensorData tensor in ordered)
        {
            tensor.WriteTo(stream);
            at += tensor.ByteCount;
            if (stream.Position != at)
            {
                long written = stream.Position - at + tensor.ByteCount;
                throw new InvalidOperationException($"The provider of '{tensor.Name}' wrote {written} bytes; its shape takes {tensor.ByteCount}.");
            }
        }
    }

    private static void Check(List<TensorData> tensors)
    {
        HashSet<string> names = new(StringComparer.Ordinal) { "__metadata__" };
        foreach (TensorData tensor in tensors)
        {
            if (!names.Add(tensor.Name))
            {
                throw new ArgumentException($"The tensor name '{tensor.Name}' is taken.", nameof(tensors));
            }

            if (tensor.Shape.Any(dimension => dimension < 0))
            {
                throw new ArgumentException($"The tensor '{tensor.Name}' has a negative dimension.", nameof(tensors));
            }
        }
    }

    private static byte[] Header(List<TensorData> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            if (metadata.Count > 0)
            {
                json.WriteStartObject("__metadata__");
                foreach ((string key, string value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                {
                    json.WriteString(key, value);
                }

                json.WriteEndObject();
            }

            long at = 0;
            foreach (TensorData tensor in tensors)
            {
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", tensor.Type.Spelling());
                WriteNumbers(json, "shape", tensor.Shape);
                WriteNumbers(json, "data_offsets", [at, at + tensor.ByteCount]);
                json.WriteEndObject();
                at += tensor.ByteCount;
            }

            json.WriteEndObject();
        }

        while (stream.Length % 8 != 0)
        {
            stream.WriteByte((byte)' ');
        }

        return stream.ToArray();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string key, IReadOnlyList<long> numbers)
    {
        json.WriteStartArray(key);
        foreach (long number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }
}
