using System.Text.Json.Nodes;
using NaturalThoughts.Experiments.Binding;

namespace NaturalThoughts.Experiments.Tests;

/// <summary>The schemas for editors and the keys that are read must not drift apart.</summary>
public sealed class SchemaTests
{
    public static TheoryData<string, string, string> Maps => new()
    {
        { "profile", "", nameof(Shapes.Profile) },
        { "profile", "properties/data", nameof(Shapes.Data) },
        { "profile", "properties/data/properties/questions", nameof(Shapes.Questions) },
        { "profile", "properties/data/properties/clean", nameof(Shapes.Clean) },
        { "profile", "properties/data/properties/questions/properties/world", nameof(Shapes.WorldQuestions) },
        { "profile", "$defs/benchmark", nameof(Shapes.Benchmark) },
        { "profile", "$defs/benchmark/properties/world", nameof(Shapes.WorldBenchmark) },
        { "profile", "properties/data/properties/teacher/anyOf/1", nameof(Shapes.Recorded) },
        { "profile", "properties/data/properties/annotator/anyOf/1", nameof(Shapes.Recorded) },
        { "profile", "properties/data/properties/agreement/anyOf/1", nameof(Shapes.Recorded) },
        { "profile", "$defs/recordedAnnotations", nameof(Shapes.RecordedAnnotations) },
        { "profile", "$defs/recordedAnnotations/properties/map", nameof(Shapes.AnnotationMap) },
        { "profile", "$defs/recordedJudgements", nameof(Shapes.RecordedJudgements) },
        { "profile", "$defs/recordedJudgements/properties/map", nameof(Shapes.JudgementMap) },
        { "profile", "properties/data/properties/second/anyOf/1", nameof(Shapes.Recorded) },
        { "profile", "$defs/recordedAnswers", nameof(Shapes.RecordedAnswers) },
        { "profile", "$defs/endpointTeacher", nameof(Shapes.EndpointTeacher) },
        { "profile", "$defs/endpointAnnotator", nameof(Shapes.EndpointAnnotator) },
        { "profile", "$defs/endpointTask", nameof(Shapes.EndpointTask) },
        { "profile", "$defs/endpointJudge", nameof(Shapes.EndpointJudge) },
        { "profile", "$defs/endpointSampling", nameof(Shapes.EndpointSampling) },
        { "profile", "$defs/endpointLimits", nameof(Shapes.EndpointLimits) },
        { "profile", "$defs/endpointPrices", nameof(Shapes.EndpointPrices) },
        { "profile", "$defs/recordedMap", nameof(Shapes.RecordedMap) },
        { "profile", "properties/pretraining/properties/corpus", nameof(Shapes.Corpus) },
        { "profile", "properties/pretraining/properties/corpus/properties/world", nameof(Shapes.WorldCorpus) },
        { "profile", "properties/student", nameof(Shapes.Student) },
        { "profile", "properties/pretraining", nameof(Shapes.Pretraining) },
        { "profile", "properties/sft", nameof(Shapes.Sft) },
        { "profile", "properties/sft/properties/lora", nameof(Shapes.Lora) },
        { "profile", "properties/generation", nameof(Shapes.Generation) },
        { "profile", "properties/embedding/anyOf/0", nameof(Shapes.Embedding) },
        { "profile", "$defs/embeddingModel", nameof(Shapes.EmbeddingModel) },
        { "profile", "properties/clustering", nameof(Shapes.Clustering) },
        { "profile", "properties/modes", nameof(Shapes.Modes) },
        { "profile", "properties/budget", nameof(Shapes.Budget) },
        { "profile", "properties/resume", nameof(Shapes.Resume) },
        { "profile", "properties/serve", nameof(Shapes.Serve) },
        { "profile", "properties/costs", nameof(Shapes.Costs) },
        { "profile", "properties/costs/properties/device", nameof(Shapes.CostDevice) },
        { "profile", "properties/costs/properties/shape", nameof(Shapes.CostShape) },
        { "profile", "properties/costs/properties/tokens", nameof(Shapes.CostTokens) },
        { "profile", "$defs/costCalls", nameof(Shapes.CostCalls) },
        { "profile", "properties/cluster", nameof(Shapes.Cluster) },
        { "profile", "$defs/jobs", nameof(Shapes.ClusterJobs) },
        { "profile", "$defs/method/anyOf/1", nameof(Shapes.Method) },
        { "table", "", nameof(Shapes.Table) },
        { "table", "$defs/row", nameof(Shapes.Row) },
        { "table", "properties/family", nameof(Shapes.Family) },
        { "table", "properties/proxies", nameof(Shapes.Proxies) },
        { "table", "$defs/signal", nameof(Shapes.Signal) },
        { "table", "properties/paper", nameof(Shapes.Paper) },
        { "table", "$defs/paperRow", nameof(Shapes.PaperRow) },
        { "findings", "", nameof(Shapes.Findings) },
        { "findings", "$defs/finding", nameof(Shapes.Finding) },
        { "findings", "$defs/finding/properties/levels", nameof(Shapes.FindingLevels) },
    };

    [Theory]
    [MemberData(nameof(Maps))]
    public void Should_HaveTheSameKeys_When_SchemaAndModelAreCompared(string schema, string path, string shape)
    {
        JsonNode map = At(Schema(schema), path);
        string[] keys = (string[])typeof(Shapes).GetField(shape)!.GetValue(null)!;

        Assert.Equal(keys.Order(StringComparer.Ordinal), map["properties"]!.AsObject().Select(property => property.Key).Order(StringComparer.Ordinal));
        Assert.False(map["additionalProperties"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("$defs/questionMap", nameof(BenchmarkShapes.Map))]
    [InlineData("$defs/questionMap/properties/reference/anyOf/1", nameof(BenchmarkShapes.Reference))]
    [InlineData("$defs/questionMap/properties/options", nameof(BenchmarkShapes.Options))]
    public void Should_HaveTheKeysOfABenchmarksFile_When_AProfileMapsFields(string path, string shape)
    {
        string[] keys = (string[])typeof(BenchmarkShapes).GetField(shape)!.GetValue(null)!;

        Assert.Equal(
            keys.Order(StringComparer.Ordinal),
            At(Schema("profile"), path)["properties"]!.AsObject().Select(property => property.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Should_CoverEveryShape_When_MapsAreCounted()
    {
        HashSet<string> compared = [.. Maps.Select(row => (string)row[2])];

        // Parts of other shapes.
        string[] parts =
        [
            nameof(Shapes.Training), nameof(Shapes.QuestionFile), nameof(Shapes.BenchmarkFile), nameof(Shapes.BenchmarkOfWorld),
            nameof(Shapes.BenchmarkDeclared), nameof(Shapes.Endpoint),
        ];
        Assert.All(typeof(Shapes).GetFields().Where(field => !parts.Contains(field.Name)), field => Assert.Contains(field.Name, compared));
    }

    [Fact]
    public void Should_ListTheSameChoices_When_AKeyHasFixedValues()
    {
        JsonNode profile = Schema("profile");

        Assert.Equal(ChatBinder.SpecialTokens, Choices(At(profile, "properties/specialTokensInText")));
        Assert.Equal(Student.Training.TrainingOptions.Schedules, Choices(At(profile, "properties/sft/properties/schedule")));
        foreach (string part in new[] { "pretraining", "sft" })
        {
            Assert.Equal(Student.Parameters.Precision.OfWeights, Choices(At(profile, $"properties/{part}/properties/precision")));
            Assert.Equal(Student.Parameters.Precision.OfMoments, Choices(At(profile, $"properties/{part}/properties/moments")));
        }

        foreach (string part in new[] { "generation", "embedding/anyOf/0" })
        {
            Assert.Equal(Student.Parameters.Precision.OfInference, Choices(At(profile, $"properties/{part}/properties/precision")));
        }

        Assert.Equal(["float", "base64"], Choices(At(profile, "$defs/embeddingModel/properties/encoding")));

        Assert.Equal(Student.Lora.LoraOptions.Modules, Choices(At(profile, "properties/sft/properties/lora/properties/targets/items")));
        Assert.Equal(Sources.Cleaning.CleanOptions.KnownDuplicates, Choices(At(profile, "properties/data/properties/clean/properties/duplicates")));
        Assert.Equal(Sources.Cleaning.Languages.LanguageCodes.Known, Choices(At(profile, "$defs/language")));
        Assert.Equal(Sources.Reading.RowFormats.Known, Choices(At(profile, "$defs/rowFormat")));
        Assert.Equal(Sources.Mapping.BadRows.Known, Choices(At(profile, "$defs/badRows")));
        Assert.Equal(Sources.Mapping.ReferenceMap.Known, Choices(At(profile, "$defs/questionMap/properties/reference/anyOf/1/properties/as")));
        Assert.Equal(Sources.Recorded.MatchBy.Known, Choices(At(profile, "$defs/recordedAnswers/properties/matchBy")));
        Assert.Equal(RecordedBinder.Formats, Choices(At(profile, "$defs/recordedAnswers/properties/format")));
        Assert.Equal([Evaluation.GradingProtocol.StrictAnswerLine], Choices(At(profile, "properties/data/properties/agreement/anyOf/0")));
        Assert.Equal(Teaching.Reading.AnnotationReader.All, Choices(At(profile, "$defs/endpointTask/properties/fields/items")));
        Assert.Equal(TableKind.Known, Choices(At(Schema("table"), "properties/kind")));
        Assert.Equal(Reporting.Findings.FindingDirection.Known, Choices(At(Schema("findings"), "$defs/finding/properties/direction")));
        Assert.Equal(Reporting.Findings.FindingMeasure.Known, Choices(At(Schema("findings"), "$defs/finding/properties/measure")));
        Assert.Equal(Selection.SelectionMethod.Names, Choices(At(profile, "$defs/method/anyOf/1/properties/method")));
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

    private static JsonNode Schema(string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(Workbench.Repository, "schema", name + ".schema.json")))!;

    private static JsonNode At(JsonNode node, string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries)
        .Aggregate(node, (at, part) => at is JsonArray list ? list[int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)]! : at[part]!);

    private static IEnumerable<string> Choices(JsonNode node) => node["enum"]!.AsArray().Select(choice => choice!.GetValue<string>());
}
