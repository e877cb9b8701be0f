using System.Globalization;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Sources.Mapping;
using NaturalThoughts.Sources.Reading;

namespace NaturalThoughts.Sources.Recorded;

/// <summary>One pass over files of recorded answers; outputs are streamed, what is kept is small.</summary>
internal sealed class AnswerImport
{
    private readonly ImportAnswersOptions _options;
    private readonly RecordedMap _map;
    private readonly QuestionIndex _index;
    private readonly bool _confidential;
    private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _aside = new(StringComparer.Ordinal);
    private string? _filter;
    private long _wordCounts;
    private long _orderAssumed;
    private long _referenceDiffers;

    public AnswerImport(ImportAnswersOptions options, IReadOnlyList<Question> questions)
    {
        (_options, _map, _filter) = (options, options.Merged, options.Filter);
        _index = new QuestionIndex(questions, options.MatchBy);
        _confidential = questions.Any(question => question.Meta.ContainsKey(QuestionMeta.Confidential));
    }

    /// <summary>Id to the question as the model saw it.</summary>
    public Dictionary<string, Question> Answered { get; } = new(StringComparer.Ordinal);

    public List<RecordedAnswer> Recorded { get; } = [];

    public long Truncated { get; private set; }

    /// <summary>The answers of the wanted repeat as records, in the order of the files.</summary>
    /// <param name="files">The files.</param>
    /// <param name="refusals">Where refused rows go.</param>
    /// <param name="context">The run.</param>
    /// <param name="convert">Makes the record of an answer; may refuse it.</param>
    public IEnumerable<T> Read<T>(IReadOnlyList<SourceFile> files, Refusals refusals, StageContext context, Func<ModelAnswer, RecordedRow, RowPlace, T> convert)
    {
        RecordedRowReader reader = new(_map, new RowValues(_confidential));
        foreach (SourceRow source in _options.Source.Rows(files, reader.Paths, context.Cancellation))
        {
            foreach (T record in refusals.Map(source, row => Answer(reader.Read(row), row.Place, convert)) ?? [])
            {
                yield return record;
            }

            if (refusals.Seen % 1000 == 0)
            {
                context.Progress?.Report(new StageProgress(refusals.Seen, 0, "rows"));
            }
        }
    }

    public IEnumerable<string> Warnings(int questions)
    {
        if (questions > Answered.Count)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{questions - Answered.Count} of {questions} questions have no recorded answer of repeat {_options.Repeat}: "
                + $"a table of this cell is over the others.");
        }

        if (_wordCounts > 0)
        {
            yield return FormattableString.Invariant($"{_wordCounts} answers have no number of tokens: their words are counted instead.");
        }

        if (_orderAssumed > 0)
        {
            yield return FormattableString.Invariant(
                $"{_orderAssumed} rows do not say in which order the model saw the options: that of the questions is taken.");
        }
    }

    public JsonObject ToJson(IReadOnlyList<SourceFile> files, Refusals refusals) => new()
    {
        ["files"] = new JsonArray([.. files.Select(file => new JsonObject { ["name"] = file.Name, ["sha256"] = file.Digest.Hex })]),
        ["rows"] = refusals.Seen,
        ["answers"] = Recorded.Count,
        ["refused"] = Counts(refusals.Counts),
        ["aside"] = Counts(_aside),
        ["filter"] = _filter,
        ["repeats"] = _seen.Count == 0 ? 0 : _seen.Values.Max(),
        ["truncated"] = Truncated,
        ["tokensAreWords"] = _wordCounts,
        ["orderAssumed"] = _orderAssumed,
        ["referenceDiffers"] = _referenceDiffers,
        ["predicted"] = Recorded.Count(answer => answer.Prediction is not null),
        ["correct"] = Recorded.Count(answer => answer.Correct == true),
    };

    private static JsonObject Counts(IEnumerable<KeyValuePair<string, long>> counts) =>
        new(counts.Select(count => KeyValuePair.Create(count.Key, (JsonNode?)count.Value)));

    private T[] Answer<T>(RecordedRow row, RowPlace place, Func<ModelAnswer, RecordedRow, RowPlace, T> convert)
    {
        _filter ??= row.Filter;
        if (row.Filter != _filter && row.Filter is not null)
        {
            return Aside<T>("otherFilter");
        }

        Question question = _index.Find(row);
        Question? ordered = OptionMatch.Reorder(question, row);
        int first = row.Repeat ?? _seen.GetValueOrDefault(question.Id) + 1;
        _seen[question.Id] = Math.Max(_seen.GetValueOrDefault(question.Id), first + row.Outputs.Count - 1);
        int wanted = _options.Repeat - first;
        if (wanted < 0 || wanted >= row.Outputs.Count)
        {
            return Aside<T>("otherRepeat");
        }

        if (Answered.ContainsKey(question.Id))
        {
            throw new RefusedRowException(
                "duplicateRepeat", FormattableString.Invariant($"The question '{question.Id}' has an answer of repeat {_options.Repeat} already."),
                "Name the files of one run.");
        }

        string output = row.Outputs[wanted];
        int? tokens = row.Outputs.Count == 1 ? row.Tokens : null;
        T record = convert(new ModelAnswer(question.Id, row.Prompt ?? "", output, tokens ?? WordSplitter.Count(output), row.Truncated), row, place);
        Answered.Add(question.Id, ordered ?? question);
        _orderAssumed += ordered is null ? 1 : 0;
        _wordCounts += tokens is null ? 1 : 0;
        Truncated += row.Truncated ? 1 : 0;
        Note(row, place, question, ordered ?? question);
        return [record];
    }

    private void Note(RecordedRow row, RowPlace place, Question question, Question seen)
    {
        bool? correct = row.Correct ?? (_map.Prediction.Count > 0 && row.Reference is not null ? row.Prediction == row.Reference : null);
        Recorded.Add(new RecordedAnswer(question.Id, place.Provenance, _options.Repeat, row.Reference, row.Prediction, correct));
        bool comparable = row.Reference is not null && (seen.Options.Count == 0 || row.Reference.Trim('(', ')') is { Length: 1 });
        _referenceDiffers += comparable && row.Reference!.Trim('(', ')') != seen.Reference.Trim('(', ')') ? 1 : 0;
    }

    private T[] Aside<T>(string reason)
    {
        _aside[reason] = _aside.GetValueOrDefault(reason) + 1;
        return [];
    }
}
