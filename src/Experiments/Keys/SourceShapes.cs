using NaturalThoughts.MiniWorld;
using NaturalThoughts.Sources.Cleaning;
using NaturalThoughts.Sources.Mapping;
using NaturalThoughts.Sources.Reading;
using NaturalThoughts.Sources.Recorded;

namespace NaturalThoughts.Experiments.Keys;

/// <summary>The keys that say where records come from: the world, files, or work that was recorded.</summary>
internal static class SourceShapes
{
    private static readonly Shape Files =
    [
        Key.Text(SourceKeys.File),
        Key.Other("sha256").Optional(),
        Key.Choice("format", RowFormats.Known).Optional(),
        Key.Texts("entries").Optional(),
    ];

    // Whose format recorded answers have, or how their rows are written.
    private static readonly string[] RecordedAnswerFormats =
        [.. RowFormats.Known.Concat(RecordedFormats.Known).Except([RecordedFormats.Fields]).Order(StringComparer.Ordinal)];

    private static readonly Shape Asked = [Key.Texts("protocol").Optional(), BenchmarkShapes.Seeds.Optional(), Key.Texts("phrasings").Optional()];
    private static readonly Key Levels = Key.Integer("levels", 1, Experiments.Data.WorldSource.Levels).ByStage(Experiments.Data.WorldSource.Levels);

    public static readonly Shape PoolFile = QuestionFile(BadRows.Skip);
    public static readonly Shape BenchmarkFile = [.. QuestionFile(BadRows.Stop), Key.Integer("options", 0, BenchmarkShapes.MostOptions).Or(0), .. Asked];
    public static readonly Shape BenchmarkDeclared = [Key.Text(SourceKeys.File), .. Asked];
    public static readonly Shape Recorded = [Key.Other(SourceKeys.Recorded)];

    public static readonly Shape RecordedMap =
    [
        .. new[] { "id", "text", "options", "reference", "prompt", "output", "thinking", "tokens", "finish", "prediction", "correct", "repeat", "filter" }
            .Select(name => Key.Texts(name).Optional()),
        Key.Integer("firstRepeat", 0, 1).ByStage(1),
    ];

    public static readonly Shape RecordedAnswers =
    [
        Key.Text(SourceKeys.File),
        Key.Other("sha256").Optional(),
        Key.Choice("format", RecordedAnswerFormats).Optional(),
        Key.Texts("entries").Optional(),
        Key.Map("map", RecordedMap).Optional(),
        Key.Choice("matchBy", MatchBy.Known).Or(MatchBy.Any),
        Key.Integer("repeat", 1).ByStage(1),
        Key.Text("filter").Optional(),
        Rows(BadRows.Skip),
    ];

    public static readonly Shape AnnotationMap =
    [
        Key.Text("id").Optional(),
        Key.Text("text").Optional(),
        Key.Text("domain"),
        Key.Text("strategies"),
        Key.Text("separator").ByStage(";"),
        Key.Text("verbosity"),
    ];

    public static readonly Shape JudgementMap = [Key.Text("id").Optional(), Key.Text("text").Optional(), Key.Text("agree")];
    public static readonly Shape RecordedAnnotations = [.. Files, Key.Map("map", AnnotationMap), Key.Texts("domains").Optional(), Rows(BadRows.Skip)];
    public static readonly Shape RecordedJudgements = [.. Files, Key.Map("map", JudgementMap), Rows(BadRows.Skip)];

    public static readonly Shape Clean =
    [
        Key.Choice("duplicates", CleanOptions.KnownDuplicates).ByStage(CleanOptions.Near),
        Key.NumberAbove("similarity", 0, 1).ByStage(0.7),
        Key.Integer("shingleWords", 1, 100).ByStage(3),
        Key.NumberAbove("coverage", 0, 1).ByStage(0.6),
        Key.Flag("maskNumbers").ByStage(true),
        Key.Integer("minWords", 1).ByStage(1),
        Key.Integer("maxWords", 1).Optional(),
        Key.Number("minLatinShare", 0, 1).ByStage(0),
        Key.Texts("languages").Optional(),
        Key.Texts("decontaminate").Optional(),
    ];

    public static readonly Shape WorldQuestions =
    [
        Key.Text("seed"),
        Key.Integer("count", 1, 10_000_000),
        Levels,
        Key.Choice("strategies", Experiments.Data.WorldSource.Strategies).UnlessStages(WorldTeachStage.Functional),
    ];

    public static readonly Shape WorldBenchmark =
    [
        Key.Text("seed").Optional(),
        Key.Integer("count", 1, 1_000_000),
        Key.Integer("options", 0, BenchmarkShapes.MostOptions).Optional(),
        Levels,
    ];

    public static readonly Shape QuestionsOfWorld = [Key.Map(SourceKeys.World, WorldQuestions)];
    public static readonly Shape Questions = [.. QuestionsOfWorld, .. PoolFile];
    public static readonly Shape BenchmarkOfWorld = [Key.Map(SourceKeys.World, WorldBenchmark), .. Asked];
    public static readonly Shape Benchmark = [Key.Map(SourceKeys.World, WorldBenchmark), .. BenchmarkFile];

    public static readonly Shape Data =
    [
        Key.Other("questions"),
        Key.Map("clean", Clean).Optional(),
        Key.Other("teacher"),
        Key.Other("second"),
        Key.Other("annotator"),
        Key.Other("secondAnnotator").Optional(),
        Key.Other("agreement"),
    ];

    private static Key Rows(string badRows) => Key.Choice("badRows", BadRows.Known).Or(badRows);

    private static Shape QuestionFile(string badRows) =>
    [
        .. Files,
        Key.Map("map", BenchmarkShapes.Map),
        Key.Integer("rows", 1).Optional(),
        Rows(badRows),
        Key.Flag("confidential").ByStage(false),
        Key.Flag("shuffled").ByStage(false),
    ];
}
