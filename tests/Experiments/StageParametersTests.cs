using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Evaluation.Repeats;
using NaturalThoughts.MiniWorld;
using NaturalThoughts.Selection;
using NaturalThoughts.Student.Generation;

namespace NaturalThoughts.Experiments.Tests;

/// <summary>Options as parameters: keys are hashes of these bytes.</summary>
public sealed class StageParametersTests
{
    private static readonly SelectOptions Random = new() { Method = "Random", Size = 50, Seed = "s/1" };

    [Fact]
    public void Should_LeaveOutDefaults_When_OnlyWhatIsGivenCounts()
    {
        Assert.Equal("""{"method":"Random","seed":"s/1","size":50}""", Given(Random));
        Assert.Equal(
            """{"annotationNoise":0.5,"correctOnly":true,"levels":["1"],"method":"Random","seed":"s/1","size":50}""",
            Given(Random with { CorrectOnly = true, Levels = ["1"], AnnotationNoise = 0.5, Share = 1 }));
        Assert.Equal("""{"protocol":"p"}""", Given(new MeasureOptions { Protocol = "p", MacroAverages = new List<string>() }));
        Assert.Equal("""{"count":0,"seed":""}""", Given(new WorldPoolOptions { Seed = "", Count = 0, Levels = 6 }));
    }

    [Fact]
    public void Should_LeaveOutDefaults_When_OptionsAreInsideOfOthers()
    {
        MatchOptions match = new()
        {
            By = MatchOptions.Tokens,
            With = Random with { Share = 0.5 },
            Mix = "System2",
            Epochs = 2,
            BatchTokens = 8,
            TrainingSeed = "t",
            HeldOut = 0,
        };

        Assert.Equal(
            """{"batchTokens":8,"by":"tokens","epochs":2,"mix":"System2","trainingSeed":"t","with":{"method":"Random","seed":"s/1","share":0.5,"size":50}}""",
            CanonicalJson.Write(StageParameters.Given(Random with { Match = match })["match"]));
    }

    [Fact]
    public void Should_WriteDefaultsButNoNulls_When_AllOptionsAreWritten()
    {
        JsonObject all = StageParameters.Of(new WorldTokenizerOptions { Seed = "s", Think = "t", Direct = "d" });

        Assert.Equal("""{"direct":"d","instructions":[],"seed":"s","think":"t"}""", CanonicalJson.Write(all));
        Assert.DoesNotContain("match", StageParameters.Of(Random).Select(member => member.Key));
    }

    [Fact]
    public void Should_BeReadAgain_When_MembersAreNamedOneByOne()
    {
        JsonObject parameters = new()
        {
            [StageParameters.Name(nameof(GenerationOptions.Temperature))] = 0.6,
            [StageParameters.Name(nameof(GenerationOptions.TopP))] = 0.95,
            [StageParameters.Name(nameof(GenerationOptions.MaxNewTokens))] = 10,
            [StageParameters.Name(nameof(GenerationOptions.Seed))] = "s",
        };

        Assert.Equal(
            new GenerationOptions { Temperature = 0.6, TopP = 0.95, MaxNewTokens = 10, Seed = "s" }, StageParameters.Read<GenerationOptions>(parameters));
    }

    private static string Given<T>(T options)
        where T : class => CanonicalJson.Write(StageParameters.Given(options));
}
