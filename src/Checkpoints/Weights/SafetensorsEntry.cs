using System.Text.Json;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints.Weights;

/// <summary>
/// Reads one tensor of a header: <c>{"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}</c>; other fields are ignored, as in the reference.
/// </summary>
internal static class SafetensorsEntry
{
    // As many dimensions as PyTorch's tensors can have.
    private const int MostDimensions = 64;

    // No type has a longer name; a longer one is not copied.
    private const int LongestType = 16;

    /// <param name="reader">At the entry's first token, an opened object; afterwards at its end.</param>
    /// <param name="name">The tensor.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="UserErrorException">A field is missing, there twice, or malformed.</exception>
    public static TensorEntry Read(ref Utf8JsonReader reader, string name, string path)
    {
        TensorType? type = null;
        long[]? shape = null;
        long[]? offsets = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("dtype"u8))
            {
                Once(type is null, "dtype", name, path);
                reader.Read();
                type = Type(ref reader, name, path);
            }
            else if (reader.ValueTextEquals("shape"u8))
            {
                Once(shape is null, "shape", name, path);
                reader.Read();
                shape = Numbers(ref reader, "shape", name, path);
            }
            else if (reader.ValueTextEquals("data_offsets"u8))
            {
                Once(offsets is null, "data_offsets", name, path);
                reader.Read();
                offsets = Numbers(ref reader, "data_offsets", name, path);
            }
            else
            {
                reader.Skip();
            }
        }

        if (type is not { } known || shape is null || offsets is null)
        {
            throw Refuse(path, $"The tensor '{Quoted.Of(name)}' has no {(type is null ? "dtype" : shape is null ? "shape" : "data_offsets")}.");
        }

        return Checked(known, shape, offsets, name, path);
    }

    private static TensorEntry Checked(TensorType type, long[] shape, long[] offsets, string name, string path)
    {
        if (offsets.Length != 2)
        {
            throw Refuse(path, $"The data_offsets of tensor '{Quoted.Of(name)}' are {offsets.Length} numbers; two are needed.");
        }

        if (offsets[1] < offsets[0])
        {
            throw Refuse(path, $"The tensor '{Quoted.Of(name)}' ends at {offsets[1]}, before its begin at {offsets[0]}.");
        }

        if (ByteCount(type, shape) is not { } bytes)
        {
            throw Refuse(path, $"The shape [{Quoted.List([.. shape.Select(Text)])}] of tensor '{Quoted.Of(name)}' is too large.");
        }

        return bytes == offsets[1] - offsets[0]
            ? new TensorEntry(type, shape, offsets[0], offsets[1])
            : throw Refuse(path, $"The tensor '{Quoted.Of(name)}' has {offsets[1] - offsets[0]} bytes, which is not what its shape and dtype take.");
    }

    private static TensorType Type(ref Utf8JsonReader reader, string name, string path)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw Refuse(path, $"The tensor '{Quoted.Of(name)}' has no dtype.");
        }

        return reader.ValueSpan.Length <= LongestType && TensorTypes.TryParse(reader.GetString()!, out TensorType type)
            ? type
            : throw Refuse(path, $"The dtype '{Quoted.Of(reader.ValueSpan)}' of tensor '{Quoted.Of(name)}' is not known.");
    }

    private static long[] Numbers(ref Utf8JsonReader reader, string key, string name, string path)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw Refuse(path, $"The tensor '{Quoted.Of(name)}' has no {key}.");
        }

        List<long> numbers = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long number) || reader.ValueSpan[0] == (byte)'-')
            {
                throw Refuse(path, $"The {key} of tensor '{Quoted.Of(name)}' has {Quoted.Of(reader.ValueSpan)}; whole numbers of at least 0 are needed.");
            }

            numbers.Add(number);
            if (numbers.Count > MostDimensions)
            {
                throw Refuse(path, $"The {key} of tensor '{Quoted.Of(name)}' has more than {MostDimensions} numbers.");
            }
        }

        return [.. numbers];
    }

    private static long? ByteCount(TensorType type, long[] shape)
    {
        try
        {
            long count = 1;
            foreach (long dimension in shape)
            {
                count = checked(count * dimension);
            }

            return checked(count * type.Size());
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private static void Once(bool first, string key, string name, string path)
    {
        if (!first)
        {
            throw Refuse(path, $"The tensor '{Quoted.Of(name)}' has its {key} twice.");
        }
    }

    private static string Text(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static UserErrorException Refuse(string path, string message) => SafetensorsHeader.Error(path, message);
}
