using System.Text.Json;
using System.Text.Unicode;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints.Weights;

/// <summary>
/// The header of a safetensors file, checked as the reference does (https://github.com/huggingface/safetensors, format section of its
/// README): the tensors cover the data section without hole or overlap, and every size follows from shape and type. What a header says is
/// looked at where it lies; only names and numbers within the limits below are copied, so that no header costs much memory.
/// </summary>
internal sealed class SafetensorsHeader
{
    /// <summary>The reference's limit for the header, in bytes.</summary>
    public const int LongestHeader = 100_000_000;

    /// <summary>Our limits, far above every published model; the reference has none.</summary>
    public const int MostTensors = 1 << 16, LongestName = 4096, LongestMetadata = 1 << 26;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = 16 };

    private readonly string _path;

    private SafetensorsHeader(string path) => _path = path;

    public SortedDictionary<string, TensorEntry> Tensors { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads the JSON text of a header.</summary>
    /// <param name="json">The bytes behind the length.</param>
    /// <param name="dataLength">Bytes behind the header.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="UserErrorException">The header is malformed, beyond a limit, or does not fit the data.</exception>
    public static SafetensorsHeader Parse(ReadOnlySpan<byte> json, long dataLength, string path)
    {
        SafetensorsHeader header = new(path);
        if (!Utf8.IsValid(json))
        {
            throw header.Refuse("The header is not UTF-8.");
        }

        try
        {
            header.CheckLiterals(json);
            header.CheckSize(json);
            header.Read(json);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string with half of a surrogate pair.
            throw header.Refuse($"The header is not valid JSON: {error.Message}");
        }

        header.CheckCover(dataLength);
        return header;
    }

    // The runtime's reader copies a malformed number or literal into its message, whatever its length: so long ones never reach it.
    private void CheckLiterals(ReadOnlySpan<byte> json)
    {
        int start = 0;
        for (int i = 0; i < json.Length; i++)
        {
            if (json[i] == (byte)'"')
            {
                i = EndOfString(json, i + 1);
                start = i + 1;
            }
            else if (" \t\r\n,:[]{}"u8.Contains(json[i]))
            {
                start = i + 1;
            }
            else if (i - start > LongestName)
            {
                throw Refuse($"The header is not valid JSON: neither a number nor a literal is '{Quoted.Of(json[start..])}'.");
            }
        }
    }

    /// <summary>The place of the quotation mark that ends a string, or the end of the text.</summary>
    private static int EndOfString(ReadOnlySpan<byte> json, int at)
    {
        while (json[Math.Min(at, json.Length)..].IndexOfAny((byte)'"', (byte)'\\') is var offset and >= 0)
        {
            at += offset;
            if (json[at] == (byte)'"')
            {
                return at;
            }

            at += 2;
        }

        return json.Length;
    }

    /// <summary>Looks at the whole text once and copies nothing.</summary>
    private void CheckSize(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json, Options);
        int tensors = 0;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && ++tensors > MostTensors)
            {
                throw Refuse($"The header has more than {MostTensors} tensors.");
            }
        }
    }

    private void Read(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json, Options);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Refuse("The header is not a JSON object.");
        }

        bool metadata = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("__metadata__"u8))
            {
                reader.Read();
                if (metadata)
                {
                    throw Refuse("The header has '__metadata__' twice.");
                }

                metadata = true;
                ReadMetadata(ref reader);
                continue;
            }

            string name = Name(ref reader);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw Refuse($"The header's entry '{Quoted.Of(name)}' is not an object.");
            }

            if (!Tensors.TryAdd(name, SafetensorsEntry.Read(ref reader, name, _path)))
            {
                throw Refuse($"The header has the tensor '{Quoted.Of(name)}' twice.");
            }
        }
    }

    /// <summary>A map of strings; null is none, as in the reference.</summary>
    private void ReadMetadata(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Refuse("The header's entry '__metadata__' is neither an object nor null.");
        }

        long length = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = Name(ref reader);
            reader.Read();
            if (reader.TokenType != JsonTokenType.String)
            {
                throw Refuse($"The metadata '{Quoted.Of(key)}' is not a string.");
            }

            // An entry costs some bytes beside its text.
            length += 128 + key.Length + reader.ValueSpan.Length;
            if (length > LongestMetadata)
            {
                throw Refuse($"The metadata has more than {LongestMetadata} bytes.");
            }

            if (!Metadata.TryAdd(key, reader.GetString()!))
            {
                throw Refuse($"The metadata '{Quoted.Of(key)}' is there twice.");
            }
        }
    }

    private string Name(ref Utf8JsonReader reader) => reader.ValueSpan.Length <= LongestName
        ? reader.GetString()!
        : throw Refuse($"The name '{Quoted.Of(reader.ValueSpan)}' is longer than {LongestName} bytes.");

    private void CheckCover(long dataLength)
    {
        long at = 0;
        foreach ((string name, TensorEntry entry) in Tensors.OrderBy(pair => pair.Value.Begin).ThenBy(pair => pair.Value.End))
        {
            if (entry.Begin != at)
            {
                throw Refuse($"The tensor '{Quoted.Of(name)}' begins at {entry.Begin} where {at} is due: tensors may neither overlap nor leave holes.");
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
