using System.Globalization;
using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Config;
using NaturalThoughts.Experiments.Keys;

namespace NaturalThoughts.Experiments.Tests;

/// <summary>The schemas for editors against the keys that are read: names, types, ranges, choices and defaults.</summary>
public sealed class SchemaTests
{
    // Keys of several maps, or of a map in one of its forms; and the one file that has no schema.
    private static readonly Shape[] Parts =
    [
        StudentShapes.Training, EndpointShapes.Caller, EndpointShapes.Chat, EndpointShapes.Vocabulary, SourceShapes.PoolFile, SourceShapes.BenchmarkFile,
        SourceShapes.BenchmarkDeclared, SourceShapes.BenchmarkOfWorld, SourceShapes.QuestionsOfWorld,
    ];

    private static readonly SchemaMaps Maps = new()
    {
        { "profile", "", ProfileShapes.Profile },
        { "profile", "properties/data", SourceShapes.Data },
        { "profile", "properties/data/properties/questions", SourceShapes.Questions },
        { "profile", "properties/data/properties/clean", SourceShapes.Clean },
        { "profile", "properties/data/properties/questions/properties/world", SourceShapes.WorldQuestions },
        { "profile", "properties/data/properties/teacher/anyOf/1", SourceShapes.Recorded },
        { "profile", "properties/data/properties/second/anyOf/1", SourceShapes.Recorded },
        { "profile", "properties/data/properties/annotator/anyOf/1", SourceShapes.Recorded },
        { "profile", "properties/data/properties/secondAnnotator/anyOf/1", SourceShapes.Recorded },
        { "profile", "properties/data/properties/agreement/anyOf/1", SourceShapes.Recorded },
        { "profile", "$defs/benchmark", SourceShapes.Benchmark },
        { "profile", "$defs/benchmark/properties/world", SourceShapes.WorldBenchmark },
        { "profile", "$defs/questionMap", BenchmarkShapes.Map },
        { "profile", "$defs/questionMap/properties/reference/anyOf/1", BenchmarkShapes.Reference },
        { "profile", "$defs/questionMap/properties/options", BenchmarkShapes.Options },
        { "profile", "$defs/recordedAnnotations", SourceShapes.RecordedAnnotations },
        { "profile", "$defs/recordedAnnotations/properties/map", SourceShapes.AnnotationMap },
        { "profile", "$defs/recordedJudgements", SourceShapes.RecordedJudgements },
        { "profile", "$defs/recordedJudgements/properties/map", SourceShapes.JudgementMap },
        { "profile", "$defs/recordedAnswers", SourceShapes.RecordedAnswers },
        { "profile", "$defs/recordedMap", SourceShapes.RecordedMap },
        { "profile", "$defs/endpointTeacher", EndpointShapes.Teacher },
        { "profile", "$defs/endpointAnnotator", EndpointShapes.Annotator },
        { "profile", "$defs/endpointTask", EndpointShapes.Task },
        { "profile", "$defs/endpointJudge", EndpointShapes.Judge },
        { "profile", "$defs/endpointSampling", EndpointShapes.Sampling },
        { "profile", "$defs/endpointLimits", EndpointShapes.Limits },
        { "profile", "$defs/endpointPrices", EndpointShapes.Prices },
        { "profile", "properties/student", StudentShapes.Student },
        { "profile", "properties/pretraining", StudentShapes.Pretraining },
        { "profile", "properties/pretraining/properties/corpus", StudentShapes.Corpus },
        { "profile", "properties/pretraining/properties/corpus/properties/world", StudentShapes.WorldCorpus },
        { "profile", "properties/sft", StudentShapes.Sft },
        { "profile", "properties/sft/properties/lora", StudentShapes.Lora },
        { "profile", "properties/generation", StudentShapes.Generation },
        { "profile", "properties/embedding/anyOf/0", StudentShapes.Embedding },
        { "profile", "$defs/embeddingModel", StudentShapes.EmbeddingModel },
        { "profile", "properties/clustering", StudentShapes.Clustering },
        { "profile", "$defs/method/anyOf/1", StudentShapes.Method },
        { "profile", "properties/modes", ProfileShapes.Modes },
        { "profile", "properties/budget", ProfileShapes.Budget },
        { "profile", "properties/resume", ProfileShapes.Resume },
        { "profile", "properties/serve", ProfileShapes.Serve },
        { "profile", "properties/costs", ProfileShapes.Costs },
        { "profile", "properties/costs/properties/device", ProfileShapes.CostDevice },
        { "profile", "properties/costs/properties/shape", ProfileShapes.CostShape },
        { "profile", "properties/costs/properties/tokens", ProfileShapes.CostTokens },
        { "profile", "$defs/costCalls", ProfileShapes.CostCalls },
        { "profile", "properties/cluster", ProfileShapes.Cluster },
        { "profile", "$defs/jobs", ProfileShapes.ClusterJobs },
        { "table", "", TableShapes.Table },
        { "table", "$defs/row", TableShapes.Row },
        { "table", "properties/family", TableShapes.Family },
        { "table", "properties/proxies", TableShapes.Proxies },
        { "table", "$defs/signal", TableShapes.Signal },
        { "table", "properties/paper", TableShapes.Paper },
        { "table", "$defs/paperRow", TableShapes.PaperRow },
        { "findings", "", TableShapes.Findings },
        { "findings", "$defs/finding", TableShapes.Finding },
        { "findings", "$defs/finding/properties/levels", TableShapes.FindingLevels },
        { "findings", "$defs/finding/properties/best", TableShapes.FindingChoice },
        { "benchmark", "", BenchmarkShapes.Benchmark },
        { "benchmark", "$defs/source", BenchmarkShapes.Source },
        { "benchmark", "$defs/source/properties/hub", BenchmarkShapes.Hub },
        { "benchmark", "$defs/map", BenchmarkShapes.Map },
        { "benchmark", "$defs/map/properties/reference/anyOf/1", BenchmarkShapes.Reference },
        { "benchmark", "$defs/map/properties/options", BenchmarkShapes.Options },
        { "benchmark", "properties/fewShot", BenchmarkShapes.FewShot },
    };

    /// <summary>Every shape of <c>src/Experiments/Keys</c>, with the name of its class and field.</summary>
    internal static IEnumerable<(string Name, Shape Shape)> Shapes => typeof(Shape).Assembly.GetTypes()
        .Where(type => type.Namespace == typeof(Shape).Namespace)
        .SelectMany(type => type.GetFields())
        .Where(member => member.FieldType == typeof(Shape))
        .Select(member => ($"{member.DeclaringType!.Name}.{member.Name}", (Shape)member.GetValue(null)!));

    public static TheoryData<string, string> Places
    {
        get
        {
            TheoryData<string, string> places = new();
            foreach ((string schema, string path, _) in Maps)
            {
                places.Add(schema, path);
            }

            return places;
        }
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Should_SayTheSame_When_SchemaAndKeysAreCompared(string schema, string path)
    {
        Shape shape = Maps.Single(map => (map.Schema, map.Path) == (schema, path)).Shape;
        SchemaNode map = SchemaNode.Root(schema).At(path);
        JsonObject properties = map.Json["properties"]!.AsObject();

        Assert.Equal(shape.Names.Order(StringComparer.Ordinal), properties.Select(property => property.Key).Order(StringComparer.Ordinal));
        Assert.False(map.Json["additionalProperties"]!.GetValue<bool>());
        Assert.All(map.Json["required"]?.AsArray() ?? [], name => Assert.True(shape[(string)name!].IsRequired, $"The schema needs '{name}'."));
        Assert.All(shape, key =>
        {
            SchemaNode node = map.Below(properties[key.Name]!);
            Assert.False(string.IsNullOrWhiteSpace(node.Description), $"'{key.Name}' has no description.");
            Assert.True(Default(key) == node.Json["default"]?.ToJsonString(), $"The default of '{key.Name}' is {Default(key) ?? "nothing"}.");
            node.Holds(key);
        });
    }

    [Fact]
    public void Should_CoverEveryShape_When_MapsAreCounted()
    {
        Shape[] compared = [.. Maps.Select(map => map.Shape), .. Parts];
        Assert.All(Shapes, shape => Assert.True(compared.Contains(shape.Shape), $"{shape.Name} is compared with no schema."));
    }

    [Fact]
    public void Should_ListTheSameChoices_When_AListIsInSeveralPlaces()
    {
        SchemaNode profile = SchemaNode.Root("profile");

        Assert.Equal(Sources.Cleaning.Languages.LanguageCodes.Known, profile.At("$defs/language").Choices);
        Assert.Equal([Evaluation.GradingProtocol.StrictAnswerLine], profile.At("properties/data/properties/agreement/anyOf/0").Choices);
        Assert.Equal(Enum.GetNames<ModelFamily>(), ProfileShapes.CostShape["model_type"].Choices!, StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public void Should_NameItsSchema_When_AFileIsDeclared()
    {
        ExperimentFiles files = new(Workbench.Repository);

        Assert.All(files.All.Where(file => file.EndsWith(".yaml", StringComparison.Ordinal)), file =>
        {
            if (file.Split('/') is [_, var top])
            {
                Assert.StartsWith("findings.", top, StringComparison.Ordinal);
                Assert.Equal("# yaml-language-server: $schema=schema/findings.schema.json", File.ReadLines(files.PathOf(top)).First());
                return;
            }

            string kind = file.Contains("/tables/", StringComparison.Ordinal)
                ? "table"
                : file.Contains("/benchmarks/", StringComparison.Ordinal) ? "benchmark" : "profile";
            Assert.Equal($"# yaml-language-server: $schema=../schema/{kind}.schema.json", File.ReadLines(files.PathOf(file["experiments/".Length..])).First());
        });
    }

    private static string? Default(Key key) => key.Default switch
    {
        null => null,
        string text => JsonValue.Create(text).ToJsonString(),
        bool flag => flag ? "true" : "false",
        double number => JsonValue.Create(number).ToJsonString(),
        object integer => Convert.ToString(integer, CultureInfo.InvariantCulture),
    };

    // A schema, a path in it and the keys of the map that is there.
    private sealed class SchemaMaps : List<(string Schema, string Path, Shape Shape)>
    {
        public void Add(string schema, string path, Shape shape) => Add((schema, path, shape));
    }
}
