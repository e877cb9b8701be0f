using System.Globalization;
using System.Text;
using System.Text.Json;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Teaching.Running;

namespace NaturalThoughts.Teaching;

/// <summary>
/// Joins the rows of a pool's parts in the order of the questions: the bytes are those of a run in one part. One row of each part is held at
/// a time.
/// </summary>
public sealed class JoinShardsStage : IStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "join-shards";

    /// <summary>The role of the questions.</summary>
    public const string QuestionsRole = "questions";

    /// <summary>The file with all rows.</summary>
    public const string Output = "rows.jsonl";

    /// <inheritdoc />
    public StageDescription Description { get; } = new(Name, [QuestionsRole], [Output]);

    /// <summary>The role of a part, which is needed for each index below the count.</summary>
    public static string Part(int index) => string.Create(CultureInfo.InvariantCulture, $"part{index}");

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        int count = context.Options<JoinShardsOptions>().Count;
        ShardOptions[] shards = [.. Enumerable.Range(0, count).Select(index => new ShardOptions { Index = index, Count = count })];
        PartReader[] parts = [.. shards.Select(shard => new PartReader(context.Input(Part(shard.Index))))];
        long rows = 0;
        try
        {
            using StreamWriter writer = new(context.Output(Output), append: false, new UTF8Encoding(false)) { NewLine = "\n" };
            foreach (Question question in JsonLines.Stream<Question>(context.Input(QuestionsRole)))
            {
                context.Cancellation.ThrowIfCancellationRequested();
                PartReader part = parts[ShardOptions.IndexOf(question.Id, count)];
                if (part.Id == question.Id)
                {
                    writer.WriteLine(part.Line);
                    part.Next();
                    rows++;
                }
            }

            if (Array.Find(parts, part => part.Id is not null) is { } left)
            {
                throw new UserErrorException(
                    $"The row of '{left.Id}' belongs to no question, or is in a different order than the questions.", left.Path,
                    "The parts must be of these questions.");
            }
        }
        finally
        {
            foreach (PartReader part in parts)
            {
                part.Dispose();
            }
        }

        return new StageResult { Counts = new(StringComparer.Ordinal) { ["rows"] = rows } };
    }

    /// <summary>The rows of a part, one at a time.</summary>
    private sealed class PartReader : IDisposable
    {
        private readonly IEnumerator<string> _lines;

        public PartReader(string path)
        {
            (Path, _lines) = (path, TextFiles.Lines(path).GetEnumerator());
            Next();
        }

        public string Path { get; }

        public string? Line { get; private set; }

        /// <summary>The question of the row; null after the last one.</summary>
        public string? Id { get; private set; }

        public void Next()
        {
            (Line, Id) = (_lines.MoveNext() ? _lines.Current : null, null);
            if (Line is not null)
            {
                using JsonDocument row = JsonDocument.Parse(Line);
                Id = row.RootElement.GetProperty("questionId").GetString();
            }
        }

        public void Dispose() => _lines.Dispose();
    }
}
