using NaturalThoughts.Experiments.Benchmarks;
using NaturalThoughts.Sources.Mapping;
using NaturalThoughts.Sources.Reading;

namespace NaturalThoughts.Experiments.Keys;

/// <summary>The keys of a benchmark's file.</summary>
internal static class BenchmarkShapes
{
    /// <summary>The most options of a question: there are 26 letters.</summary>
    public const int MostOptions = 26;

    /// <summary>Answers of a student to each question.</summary>
    public static readonly Key Seeds = Key.Integer("seeds", 1, 1000);

    public static readonly Shape Hub = [Key.Text("dataset"), Key.Text("revision").Or("main"), Key.Text("folder").Or("")];

    public static readonly Shape Source =
    [
        Key.Names("files", Key.Text("a file")),
        Key.Choice("format", RowFormats.Known),
        Key.Texts("entries").Optional(),
        Key.Integer("rows", 1).Optional(),
        Key.Map("hub", Hub).Optional(),
        Key.Text("from").Optional(),
        Key.Text("licence").Optional(),
    ];

    public static readonly Shape Reference = [Key.Text("field"), Key.Choice("as", ReferenceMap.Known).Or(ReferenceMap.Text), Key.Text("after").Optional()];

    public static readonly Shape Options =
    [
        Key.Text("list").Optional(),
        Key.Texts("columns").Optional(),
        Key.Text("correct").Optional(),
        Key.Texts("incorrect").Optional(),
        Key.Texts("drop").Optional(),
    ];

    public static readonly Shape Map =
    [
        Key.Text("id").Optional(),
        Key.Text("text"),
        Key.Map("reference", Reference).Optional(),
        Key.Map("options", Options).Optional(),
        Key.Names("meta", Key.Text("a name")).Optional(),
        Key.Names("known", Key.Texts("a name")).Optional(),
    ];

    public static readonly Shape FewShot =
    [
        Key.Map("source", Source),
        Key.Map("map", Map),
        Key.Integer("count", 1, 100),
        Key.Text("by").Optional(),
        Key.Text("example"),
        Key.Text("optionLine").ByStage("{letter}) {option}"),
        Key.Text("solutionPrefix").Optional(),
    ];

    public static readonly Shape Benchmark =
    [
        Key.Text("name"),
        Key.Integer("version", 1),
        Key.Text("description"),
        Key.Map("source", Source),
        Key.Map("map", Map),
        Key.Flag("confidential").Or(false),
        Key.Flag("shuffled").Or(false),
        Key.Choice("answer", BenchmarkFile.AnswerKinds),
        Key.Integer("options", 0, MostOptions),
        Key.Text("prompt"),
        Key.Texts("phrasings").Optional(),
        Key.Map("fewShot", FewShot).Optional(),
        Key.Texts("protocols"),
        Seeds,
        Key.Texts("macroAverages").Optional(),
        Key.Names("changes", Key.Text("a version")),
    ];
}
