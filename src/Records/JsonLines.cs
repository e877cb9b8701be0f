using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Records;

/// <summary>Files of records: one JSON object a line, UTF-8, line feeds, members in declaration order, camelCase.</summary>
public static class JsonLines
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
    };

    /// <summary>Reads all records of a file.</summary>
    /// <exception cref="UserErrorException">The file is not UTF-8, or a line is not a record of this type; the message names file and line.</exception>
    public static List<T> Read<T>(string path) => [.. Stream<T>(path)];

    /// <summary>Reads the records of a file one by one, for files that memory should not hold.</summary>
    /// <exception cref="UserErrorException">The file is not UTF-8, or a line is not a record of this type; the message names file and line.</exception>
    public static IEnumerable<T> Stream<T>(string path)
    {
        int line = 0;
        foreach (string text in TextFiles.Lines(path))
        {
            line++;
            if (text.Length == 0)
            {
                continue;
            }

            T record;
            try
            {
                record = JsonSerializer.Deserialize<T>(text, Options) ?? throw new JsonException("the line is null");
            }
            catch (JsonException error)
            {
                throw new UserErrorException(
                    $"This line is not a {typeof(T).Name}: {error.Message}",
                    $"{path}:{line}",
                    "Each line must be one JSON object with the members of that record.");
            }

            yield return record;
        }
    }

    /// <summary>Writes records in the order given.</summary>
    public static void Write<T>(string path, IEnumerable<T> records)
    {
        using StreamWriter writer = new(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
        foreach (T record in records)
        {
            writer.WriteLine(JsonSerializer.Serialize(record, Options));
        }
    }
}
