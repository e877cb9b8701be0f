using System.Globalization;
using System.Text.Json.Nodes;
using NaturalThoughts.Sources.Mapping;
using NaturalThoughts.Sources.Reading;
using NaturalThoughts.Sources.Recorded;

namespace NaturalThoughts.Sources.Runs;

/// <summary>Reads what a comparison needs of a row: what was asked, and what was said of the answer. The outputs themselves are left alone.</summary>
internal sealed class RunRowReader
{
    private const int LongestAnswer = 200;

    // Beside what an import needs: where lighteval has the place of a question, and the tokens that it counts itself.
    private static readonly RecordedMap Lighteval = new() { Id = ["doc.id"], Text = ["doc.query", "full_prompt", "example"] };

    private static readonly string[] LightevalTokens = ["model_response.output_tokens", "cont_tokens"];

    private readonly string _format;
    private readonly RowValues _values = new(confidential: true);
    private readonly RowPath[] _id;
    private readonly RowPath[] _text;
    private readonly RowPath[] _reference;
    private readonly RowPath[] _tokens;
    private readonly RowPath[] _prediction;
    private readonly RowPath[] _correct;
    private readonly RowPath[] _repeat;
    private readonly RowPath[] _task;

    /// <param name="format">One of <see cref="RecordedFormats.Known"/>.</param>
    /// <param name="map">What is looked for before the format's own fields; null for nothing.</param>
    public RunRowReader(string format, RunMap? map)
    {
        _format = format;
        RecordedMap own = RecordedFormats.Map(format);
        own = format == RecordedFormats.Lighteval ? own.With(Lighteval) : own;
        RecordedMap over = map?.Fields ?? new RecordedMap();
        (_id, _text, _reference) = (Parse(over.Id, own.Id), Parse(over.Text, own.Text), Parse(over.Reference, own.Reference));
        (_tokens, _prediction, _repeat) = (Parse(over.Tokens, own.Tokens), Parse(over.Prediction, own.Prediction), Parse(over.Repeat, own.Repeat));
        _task = Parse(map?.Task ?? []);

        // A named format says itself what its metrics are called; what a user names goes before it.
        _correct = Parse(over.Correct);
    }

    /// <summary>The columns that a format with columns need read; null for all.</summary>
    public IReadOnlySet<string>? Columns => _format == RecordedFormats.Lighteval
        ? new HashSet<string>(StringComparer.Ordinal) { "doc", "metric", "metrics", "model_response", "full_prompt", "example", "cont_tokens" }
        : null;

    /// <exception cref="RefusedRowException">The row is not about a question, or a value is of another kind.</exception>
    public RunSample Read(SourceRow row)
    {
        string? text = Text(row);
        string? key = text is null ? null : QuestionText.Key(text);
        string? id = Scalar(row, _id);
        if (_format == RecordedFormats.LmEval && key is null)
        {
            // Tasks call their text as they like. The digest of the whole document stands for it, in older files the place in the data set.
            key = row.Fields["doc_hash"] is { } hash ? QuestionText.DocumentMark + hash : null;
            id ??= key is null ? row.Fields["doc_id"]?.ToString() : null;
        }

        if (id is null && key is null)
        {
            throw new RefusedRowException(
                "missingField",
                "The row has neither an id nor a text of a question.",
                "Name one of them in the field map: id=FIELD or text=FIELD.");
        }

        string? answer = Answer(row);
        return new RunSample
        {
            Id = id,
            TextKey = key,
            Text = text is null ? null : QuestionText.Beginning(text),
            Reference = Scalar(row, _reference) is { } reference ? QuestionText.Cut(reference, LongestAnswer) : null,
            Task = Scalar(row, _task),
            Repeat = Scalar(row, _repeat) is not { } repeat ? null
                : int.TryParse(repeat, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number
                : throw new RefusedRowException("wrongType", "The repeat must be an integer of at least 0.", "Check 'repeat' in the field map."),
            Answer = answer is null ? null : QuestionText.Cut(answer, LongestAnswer),
            Tokens = Tokens(row),
            Scores = Scores(row, answer),
        };
    }

    private static RowPath[] Parse(params IReadOnlyList<string>[] paths) => [.. paths.SelectMany(list => list).Select(RowPath.Parse)];

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

    private string? Scalar(SourceRow row, RowPath[] paths) => First(row, paths) switch
    {
        (JsonArray { Count: 1 } list, string name) when list[0] is JsonValue item => Trimmed(_values.Scalar(item, name)),
        (JsonValue value, string name) => Trimmed(_values.Scalar(value, name)),
        _ => null,
    };

    private static string? Trimmed(string text) => text.Trim() is { Length: > 0 } trimmed ? trimmed : null;

    private string? Text(SourceRow row) => First(row, _text) switch
    {
        (JsonArray messages, string name) => MessageText.OfRole(messages, "user", _values, name) is { } text ? Trimmed(text) : null,
        (JsonValue value, string name) => Trimmed(_values.Scalar(value, name)),
        _ => null,
    };

    private string? Answer(SourceRow row)
    {
        if (_format == RecordedFormats.Inspect && row.Fields["scores"] is JsonObject scores)
        {
            return scores.Select(score => (score.Value as JsonObject)?["answer"]).OfType<JsonValue>().Select(answer => Trimmed(answer.ToString()))
                .FirstOrDefault(answer => answer is not null);
        }

        return Scalar(row, _prediction) is { } text && text is not "[invalid]" ? text : null;
    }

    private double? Tokens(SourceRow row)
    {
        if (_format == RecordedFormats.Lighteval)
        {
            // A list of tokens for each text that was generated.
            return LightevalTokens.Select(path => RowPath.Parse(path).Find(row.Fields)).OfType<JsonArray>().FirstOrDefault() is { Count: > 0 } lists
                ? lists.Average(list => list is JsonArray tokens ? tokens.Count : 0)
                : null;
        }

        return Scalar(row, _tokens) is not { } text ? null
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double tokens) && tokens >= 0 && double.IsFinite(tokens) ? tokens
            : throw new RefusedRowException("wrongType", "The number of tokens is none.", "Check 'tokens' in the field map.");
    }

    private IReadOnlyList<(string, double)> Scores(SourceRow row, string? answer)
    {
        if (First(row, _correct) is (not null and var verdict, var name))
        {
            return verdict is JsonValue && verdict.ToString().Trim().Length == 0 ? []
                : RunScores.Share(verdict) is { } share ? [(name, share)]
                : throw new RefusedRowException(
                    "wrongType",
                    $"The verdict '{name}' is neither true nor false, nor a share from 0 to 1.",
                    "Check 'correct' in the field map.");
        }

        if (_correct.Length > 0 && _format == RecordedFormats.Fields)
        {
            return [];
        }

        List<(string, double)> scores = RunScores.Of(_format, row.Fields);
        if (scores.Count == 0 && _format is RecordedFormats.MmluPro or RecordedFormats.Fields)
        {
            // MMLU-Pro's rows have no verdict: its own program compares the two.
            string prediction = _prediction.Length > 0 ? _prediction[0].Text : "answer", reference = _reference.Length > 0 ? _reference[0].Text : "reference";
            return Scalar(row, _reference) is { } right ? [($"{prediction} = {reference}", answer == right ? 1 : 0)] : [];
        }

        return scores;
    }
}
