using System.Text.Json;
using System.Text.Unicode;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints;

/// <summary>
/// The header of a safetensors file, checked as the reference does (https://github.com/huggingface/safetensors, format section of its
/// README): the tensors cover the data section without hole or overlap, and every size follows from shape and type.
/// </summary>
internal sealed class SafetensorsHeader
{
    /// <summary>The reference's limit for the header, in bytes.</summary>
    public const int LongestHeader = 100_000_000;

    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    private readonly string _path;

    private SafetensorsHeader(string path) => _path = path;

    public SortedDictionary<string, TensorEntry> Tensors { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads the JSON text of a header.</summary>
    /// <param name="json">The bytes behind the length.</param>
    /// <param name="dataLength">Bytes behind the header.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="UserErrorException">The header is malformed or does not fit the data.</exception>
    public static SafetensorsHeader Parse(ReadOnlyMemory<byte> json, long dataLength, string path)
    {
        SafetensorsHeader header = new(path);
        if (!Utf8.IsValid(json.Span))
        {
            throw header.Refuse("The header is not UTF-8.");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Options);
            header.Read(document.RootElement);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string with half of a surrogate pair.
            throw header.Refuse($"The header is not valid JSON: {error.Message}");
        }

        header.CheckCover(dataLength);
        return header;
    }

    private void Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw Refuse("The header is not a JSON object.");
        }

        foreach (JsonProperty property in root.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.Object)
            {
                throw Refuse($"The header's entry '{property.Name}' is not an object.");
            }

            if (property.Name == "__metadata__")
            {
                foreach (JsonProperty entry in property.Value.EnumerateObject())
                {
                    Metadata[entry.Name] = entry.Value.ValueKind == JsonValueKind.String
                        ? entry.Value.GetString()!
                        : throw Refuse($"The metadata '{entry.Name}' is not a string.");
                }
            }
            else
            {
                Tensors[property.Name] = ReadEntry(property.Name, property.Value);
            }
        }
    }

    private TensorEntry ReadEntry(string name, JsonElement entry)
    {
        if (!entry.TryGetProperty("dtype", out JsonElement dtype) || dtype.ValueKind != JsonValueKind.String)
        {
            throw Refuse($"The tensor '{name}' has no dtype.");
        }

        if (!TensorTypes.TryParse(dtype.GetString()!, out TensorType type))
        {
            throw Refuse($"The dtype '{dtype.GetString()}' of tensor '{name}' is not known.");
        }

        long[] shape = Numbers(name, entry, "shape");
        long[] offsets = Numbers(name, entry, "data_offsets");
        if (offsets.Length != 2)
        {
            throw Refuse($"The data_offsets of tensor '{name}' are {offsets.Length} numbers; two are needed.");
        }

        if (offsets[1] < offsets[0])
        {
            throw Refuse($"The tensor '{name}' ends at {offsets[1]}, before its begin at {offsets[0]}.");
        }

        if (ByteCount(name, shape, type) != offsets[1] - offsets[0])
        {
            throw Refuse($"The tensor '{name}' has {offsets[1] - offsets[0]} bytes, which is not what its shape and dtype take.");
        }

        return new TensorEntry(type, shape, offsets[0], offsets[1]);
    }

    private long[] Numbers(string name, JsonElement entry, string key)
    {
        if (!entry.TryGetProperty(key, out JsonElement list) || list.ValueKind != JsonValueKind.Array)
        {
            throw Refuse($"The tensor '{name}' has no {key}.");
        }

        long[] numbers = new long[list.GetArrayLength()];
        int i = 0;
        foreach (JsonElement item in list.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out numbers[i]) || item.GetRawText()[0] == '-')
            {
                throw Refuse($"The {key} of tensor '{name}' has {item.GetRawText()}; whole numbers of at least 0 are needed.");
            }

            i++;
        }

        return numbers;
    }

    private long ByteCount(string name, long[] shape, TensorType type)
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
            throw Refuse($"The shape [{string.Join(", ", shape)}] of tensor '{name}' is too large.");
        }
    }

    private void CheckCover(long dataLength)
    {
        long at = 0;
        foreach ((string name, TensorEntry entry) in Tensors.OrderBy(pair => pair.Value.Begin).ThenBy(pair => pair.Value.End))
        {
            if (entry.Begin != at)
            {
                throw Refuse($"The tensor '{name}' begins at {entry.Begin} where {at} is due: tensors may neither overlap nor leave holes.");
            }

            at = entry.End;
        }

        if (at != dataLength)
        {
            throw Refuse($"The header describes {at} bytes of data, the file has {dataLength}.");
        }
    }

    private UserErrorException Refuse(string message) => Error(_path, message);

    /// <summary>The error for a file that is not as the format says.</summary>
    public static UserErrorException Error(string path, string message) =>
        new(message, path, "The file is damaged or no safetensors file; fetch or write it again.");
}
