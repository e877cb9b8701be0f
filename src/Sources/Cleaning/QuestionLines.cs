using System.Text.Json;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Sources.Reading;

namespace NaturalThoughts.Sources.Cleaning;

/// <summary>Reads questions.jsonl line by line: a pool of a million questions is never in memory as a whole.</summary>
internal static class QuestionLines
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The bytes of each line that is not empty, without its end.</summary>
    public static IEnumerable<(long Number, byte[] Line)> Read(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        Utf8Lines lines = new(new TextPart(null, stream, path));
        while (lines.TryRead(out ReadOnlyMemory<byte> line))
        {
            if (!line.IsEmpty)
            {
                yield return (lines.Number, line.ToArray());
            }
        }
    }

    /// <exception cref="UserErrorException">The line is no question.</exception>
    public static Question Parse(string path, long number, byte[] line)
    {
        try
        {
            return JsonSerializer.Deserialize<Question>(line, Options) ?? throw new JsonException("the line is null");
        }
        catch (JsonException error)
        {
            throw new UserErrorException(
                $"This line is not a {nameof(Question)}: {error.Message}", FormattableString.Invariant($"{path}:{number}"),
                "Each line must be one JSON object with the members of that record.");
        }
    }
}
