using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NaturalThoughts.Sources.Mapping;
using NaturalThoughts.Sources.Reading;

namespace NaturalThoughts.Sources.Recorded;

/// <summary>Reads rows of recorded answers by a map.</summary>
internal sealed class RecordedRowReader(RecordedMap map, RowValues values)
{
    // What vLLM, Inspect, TGI and others call the same thing.
    private static readonly string[] CutOff = ["length", "max_tokens", "model_length", "max_new_tokens", "true"];

    private readonly RowPath[] _id = Parse(map.Id);
    private readonly RowPath[] _text = Parse(map.Text);
    private readonly RowPath[] _options = Parse(map.Options);
    private readonly RowPath[] _reference = Parse(map.Reference);
    private readonly RowPath[] _prompt = Parse(map.Prompt);
    private readonly RowPath[] _output = Parse(map.Output);
    private readonly RowPath[] _thinking = Parse(map.Thinking);
    private readonly RowPath[] _tokens = Parse(map.Tokens);
    private readonly RowPath[] _finish = Parse(map.Finish);
    private readonly RowPath[] _prediction = Parse(map.Prediction);
    private readonly RowPath[] _correct = Parse(map.Correct);
    private readonly RowPath[] _repeat = Parse(map.Repeat);
    private readonly RowPath[] _filter = Parse(map.Filter);

    public IEnumerable<RowPath> Paths => map.Paths().Select(RowPath.Parse);

    /// <exception cref="RefusedRowException">The row has no answer, or a value is of another kind.</exception>
    public RecordedRow Read(SourceRow row)
    {
        (JsonNode? output, string name) = First(row, _output);
        if (output is null && !_output.Any(path => path.IsThere(row.Fields)))
        {
            throw new RefusedRowException(
                "missingField", $"The field '{string.Join("' or '", _output.Select(path => path.Text))}' is missing.", "Name the field of the generated text.");
        }

        JsonNode? thinking = First(row, _thinking).Node;
        return new RecordedRow
        {
            Id = ScalarOf(row, _id)?.Trim(),
            Text = First(row, _text).Node is { } text ? Asked(text, "text") : null,
            Options = Options(row),
            Reference = ScalarOf(row, _reference)?.Trim(),
            Prompt = First(row, _prompt).Node is { } prompt ? Asked(prompt, "prompt") : null,
            Outputs = Outputs(output, thinking, name),
            Tokens = Integer(row, _tokens, "tokens", 0),
            Truncated = ScalarOf(row, _finish) is { } finish && CutOff.Contains(finish, StringComparer.OrdinalIgnoreCase),
            Prediction = ScalarOf(row, _prediction) is { } prediction && prediction is not "[invalid]" ? prediction.Trim() : null,
            Correct = ScalarOf(row, _correct) is { } correct ? Verdict(correct) : null,
            Repeat = Integer(row, _repeat, "repeat", map.FirstRepeat) is { } repeat ? repeat - map.FirstRepeat + 1 : null,
            Filter = ScalarOf(row, _filter),
        };
    }

    private static RowPath[] Parse(IReadOnlyList<string> paths) => [.. paths.Select(RowPath.Parse)];

    private static (JsonNode? Node, string Name) First(SourceRow row, RowPath[] paths)
    {
        foreach (RowPath path in paths)
        {
            if (path.Find(row.Fields) is { } node)
            {
                return (node, path.Text);
            }
        }

        return (null, "");
    }

    // A list of one is its item, as in Inspect's targets and lm-eval's filtered answers; a longer one has no single value.
    private string? ScalarOf(SourceRow row, RowPath[] paths) => First(row, paths) switch
    {
        (JsonArray { Count: 1 } list, string name) when list[0] is JsonValue item => values.Scalar(item, name),
        (JsonValue value, string name) => values.Scalar(value, name),
        _ => null,
    };

    private string? Asked(JsonNode node, string name) =>
        node is JsonArray messages ? MessageText.OfRole(messages, "user", values, name) : values.Scalar(node, name);

    private int? Integer(SourceRow row, RowPath[] paths, string what, int least) => ScalarOf(row, paths) is not { } text ? null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number == Math.Floor(number) && number >= least
            && number <= int.MaxValue ? (int)number
        : throw new RefusedRowException("wrongType", $"The {what} must be an integer of at least {least}, not {values.Quote(text)}.", "Check the field map.");

    private IReadOnlyList<string>? Options(SourceRow row) => First(row, _options) switch
    {
        (JsonArray { Count: > 0 } list, string name) when list.All(item => item is JsonValue) => [.. list.Select(item => values.Scalar(item!, name).Trim())],
        (JsonObject { Count: > 0 } map, string name) =>
            [.. map.OrderBy(entry => entry.Key, StringComparer.Ordinal)
                .Select(entry => entry.Value is JsonValue value ? values.Scalar(value, name).Trim() : "")],
        _ => null,
    };

    private List<string> Outputs(JsonNode? output, JsonNode? thinking, string name)
    {
        if (output is JsonArray list && list.All(item => item is null or JsonValue or JsonArray) && list.Count > 0)
        {
            JsonArray? thoughts = thinking as JsonArray;
            return [.. list.SelectMany((item, i) => Outputs(item, thoughts is not null && i < thoughts.Count ? thoughts[i] : null, name))];
        }

        (string? inside, string? text) = MessageText.Read(output, values, name);
        return [MessageText.Join(thinking is JsonValue beside ? values.Scalar(beside, "thinking") : inside, text)];
    }

    private bool Verdict(string value) => value switch
    {
        "true" or "True" or "C" or "correct" => true,
        "false" or "False" or "I" or "P" or "N" or "incorrect" => false,
        _ => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? number > 0
            : throw new RefusedRowException("wrongType", $"The verdict {values.Quote(value)} is neither true nor false.", "Check 'correct' in the field map."),
    };
}
