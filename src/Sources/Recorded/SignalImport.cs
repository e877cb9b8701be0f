using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Sources.Mapping;
using NaturalThoughts.Sources.Reading;

namespace NaturalThoughts.Sources.Recorded;

/// <summary>What imports of annotations and judgements share: one record a question, refused rows with their reason, a report.</summary>
internal static class SignalImport
{
    public const string Report = "report.json";

    /// <param name="context">The run.</param>
    /// <param name="options">The parameters, without errors.</param>
    /// <param name="output">The file of the records.</param>
    /// <param name="paths">The paths of the values.</param>
    /// <param name="map">Makes a record of a question's id and a row.</param>
    public static StageResult Run<T>(
        StageContext context, SignalOptions options, string output, IEnumerable<string> paths, Func<string, SourceRow, RowValues, T> map)
        where T : class
    {
        List<Question> questions = QuestionRows.InOrder<Question>(context.Input("questions"), row => row.Id);
        IReadOnlyList<SourceFile> files = options.Source.Open(context.Input(SourceOptions.Role), context.Cancellation);
        Refusals refusals = new(options.BadRows);
        QuestionIndex index = new(questions, options.Map.Id is null ? MatchBy.Text : MatchBy.Id);
        RowValues values = new(questions.Any(question => question.Meta.ContainsKey(QuestionMeta.Confidential)));
        RowPath? id = options.Map.Id is { } idPath ? RowPath.Parse(idPath) : null;
        RowPath? text = options.Map.Text is { } textPath ? RowPath.Parse(textPath) : null;
        HashSet<string> seen = new(StringComparer.Ordinal);
        IEnumerable<SourceRow> rows = options.Source.Rows(
            files, [.. paths.Select(RowPath.Parse), .. new[] { id, text }.OfType<RowPath>()], context.Cancellation);
        JsonLines.Write(context.Output(output), rows.Select(source => refusals.Map(source, row => Once(row))).OfType<T>());
        refusals.Write(context);
        JsonObject report = new()
        {
            ["files"] = new JsonArray([.. files.Select(file => new JsonObject { ["name"] = file.Name, ["sha256"] = file.Digest.Hex })]),
            ["rows"] = refusals.Seen,
            ["records"] = seen.Count,
            ["refused"] = new JsonObject(refusals.Counts.Select(count => KeyValuePair.Create(count.Key, (JsonNode?)count.Value))),
        };
        File.WriteAllText(context.Output(Report), CanonicalJson.WriteIndented(report));
        return new StageResult
        {
            Counts = new(StringComparer.Ordinal) { ["rows"] = seen.Count, ["dropped"] = refusals.Total, ["missing"] = questions.Count - seen.Count },
            Warnings = [.. new[] { refusals.Warning }.OfType<string>()],
        };

        T Once(SourceRow row)
        {
            Question question = index.Find(
                new RecordedRow { Id = id is null ? null : values.Text(row, id), Text = text is null ? null : values.Text(row, text), Outputs = [] });
            T record = seen.Contains(question.Id)
                ? throw new RefusedRowException("duplicateId", $"The question '{question.Id}' has a row already.", "Keep one of them.")
                : map(question.Id, row, values);
            seen.Add(question.Id);
            return record;
        }
    }
}
