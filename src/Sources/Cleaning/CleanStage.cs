using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Sources.Cleaning.Languages;
using NaturalThoughts.Sources.Questions;

namespace NaturalThoughts.Sources.Cleaning;

/// <summary>
/// Drops questions of a pool that are duplicates, that a benchmark asks, or that are too short, too long, in another script or in another language. Kept
/// questions stay in their order, byte for byte; dropped.jsonl says of each dropped one why, and what it matched. Roles that start with
/// <see cref="BenchmarkRole"/> are benchmarks, named by the rest of the role.
/// </summary>
public sealed class CleanStage : IStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "clean";

    /// <summary>What the role of a benchmark's questions starts with: <c>benchmark/MATH-500</c>.</summary>
    public const string BenchmarkRole = "benchmark/";

    /// <summary>The file of the kept questions.</summary>
    public const string Output = ImportQuestionsStage.Questions;

    /// <summary>The file of <see cref="DroppedQuestion"/>s.</summary>
    public const string Dropped = "dropped.jsonl";

    private const string Report = "report.json";
    private const string Undetermined = "undetermined";
    private const int Batch = 4096;

    /// <inheritdoc />
    public StageDescription Description { get; } = new(Name, ["questions"], [Output, Dropped, Report]);

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        CleanOptions options = context.Options<CleanOptions>();
        if (options.Validate().ToList() is { Count: > 0 } errors)
        {
            throw new UserErrorException(errors);
        }

        ContaminationIndex benchmarks = new(options.Grams, options.Coverage, options.MaskNumbers);
        foreach ((string role, string path) in context.Inputs.Where(input => input.Key.StartsWith(BenchmarkRole, StringComparison.Ordinal))
            .OrderBy(input => input.Key, StringComparer.Ordinal))
        {
            benchmarks.Add(role[BenchmarkRole.Length..], JsonLines.Read<Question>(path));
        }

        benchmarks.Complete();
        List<bool> undetermined = [];
        DroppedQuestion?[] dropped = Decide(context, options, benchmarks, undetermined);
        WriteKept(context, dropped);
        JsonLines.Write(context.Output(Dropped), dropped.OfType<DroppedQuestion>());

        SortedDictionary<string, long> counts = new(StringComparer.Ordinal);
        foreach (IGrouping<string, DroppedQuestion> group in dropped.OfType<DroppedQuestion>().GroupBy(row => row.Reason, StringComparer.Ordinal))
        {
            counts[group.Key] = group.Count();
        }

        long kept = dropped.Length - counts.Values.Sum();
        JsonObject report = new()
        {
            ["questions"] = dropped.Length,
            ["kept"] = kept,
            ["benchmarkQuestions"] = benchmarks.Count,
            ["dropped"] = new JsonObject(counts.Select(count => KeyValuePair.Create(count.Key, (JsonNode?)count.Value))),
        };
        if (options.Languages.Count > 0)
        {
            counts[Undetermined] = undetermined.Where((unknown, row) => unknown && dropped[row] is null).LongCount();
            report["languages"] = Languages(dropped);
            report[Undetermined] = counts[Undetermined];
        }

        File.WriteAllText(context.Output(Report), CanonicalJson.WriteIndented(report));
        counts["rows"] = kept;
        counts["dropped"] = dropped.Length - kept;
        return new StageResult { Counts = counts };
    }

    // How many rows were dropped for each language.
    private static JsonObject Languages(DroppedQuestion?[] dropped) =>
        new(dropped.OfType<DroppedQuestion>().Where(row => row.Reason == DropReasons.Language).CountBy(row => row.Matched!)
            .OrderBy(count => count.Key, StringComparer.Ordinal)
            .Select(count => KeyValuePair.Create(count.Key, (JsonNode?)count.Value)));

    private static DroppedQuestion?[] Decide(StageContext context, CleanOptions options, ContaminationIndex benchmarks, List<bool> undetermined)
    {
        string path = context.Input("questions");
        List<string> ids = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        List<DroppedQuestion?> dropped = [];
        Dictionary<UInt128, int> exact = [];
        LanguageDetector? detector = options.Languages.Count > 0 ? new() : null;
        NearDuplicateSearch near = new(options.Similarity);
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = Math.Max(1, context.Threads), CancellationToken = context.Cancellation };
        foreach ((long Number, byte[] Line)[] lines in QuestionLines.Read(path).Chunk(Batch))
        {
            foreach (QuestionFeatures row in Features(path, lines, options, benchmarks, detector, parallel))
            {
                int number = ids.Count;
                ids.Add(row.Id);
                undetermined.Add(row.Undetermined);
                if (!seen.Add(row.Id))
                {
                    throw new UserErrorException($"The question '{row.Id}' appears twice.", path, "Each question has one row.");
                }

                int first = number;
                bool twice = row.Dropped is null && options.Duplicates != CleanOptions.None && !exact.TryAdd(row.Exact, number)
                    && (first = exact[row.Exact]) != number;
                dropped.Add(row.Dropped ?? (twice ? new DroppedQuestion(row.Id, DropReasons.Duplicate, ids[first], null) : null));
                near.Add(twice ? null : row.Bands, twice ? null : row.Shingles);
            }

            context.Progress?.Report(new StageProgress(ids.Count, 0, "rows"));
        }

        foreach ((int row, (int earlier, double similarity)) in near.Find(context.Cancellation))
        {
            dropped[row] = new DroppedQuestion(ids[row], DropReasons.NearDuplicate, ids[earlier], Math.Round(similarity, 4));
        }

        return [.. dropped];
    }

    private static QuestionFeatures[] Features(
        string path, (long Number, byte[] Line)[] lines, CleanOptions options, ContaminationIndex benchmarks, LanguageDetector? detector,
        ParallelOptions parallel)
    {
        QuestionFeatures[] features = new QuestionFeatures[lines.Length];
        UserErrorException?[] errors = new UserErrorException?[lines.Length];
        ParallelLoop.Run(() => Parallel.For(0, lines.Length, parallel, i =>
        {
            try
            {
                features[i] = QuestionFeatures.Of(QuestionLines.Parse(path, lines[i].Number, lines[i].Line), options, benchmarks, detector);
            }
            catch (UserErrorException error)
            {
                errors[i] = error;
            }
        }));
        return errors.FirstOrDefault(error => error is not null) is { } first ? throw first : features;
    }

    private static void WriteKept(StageContext context, DroppedQuestion?[] dropped)
    {
        using FileStream target = new(context.Output(Output), FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        int row = 0;
        foreach ((_, byte[] line) in QuestionLines.Read(context.Input("questions")))
        {
            if (dropped[row++] is null)
            {
                target.Write(line);
                target.WriteByte((byte)'\n');
            }
        }
    }
}
