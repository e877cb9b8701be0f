using System.Globalization;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Pipeline.Keys;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Pipeline.Tests.Keys;

public sealed class TargetKeyTests
{
    private static readonly KeyContext Context = new(_ => ContentHash.OfText("code")) { Numerics = new JsonObject { ["device"] = "cpu" } };

    private static readonly SortedDictionary<string, OutputFile> Outputs = new(StringComparer.Ordinal)
    {
        ["b.txt"] = new OutputFile(ContentHash.OfText("b"), 1),
        ["a.txt"] = new OutputFile(ContentHash.OfText("a"), 1),
    };

    [Fact]
    public void Should_BeThisDocument_When_ParametersAndInputsAreGiven()
    {
        Target target = Target("""{"seed": 1, "deep": {"z": 0.5, "I": "ı"}}""") with { Resources = new TargetResources { UsesTensors = true, Threads = 2 } };
        TargetKey key = Key(target);

        string code = ContentHash.OfText("code").Hex, a = ContentHash.OfText("a").Hex, b = ContentHash.OfText("b").Hex;
        string expected = $$$"""{"code":"{{{code}}}","inputs":{"file":"{{{a}}}","folder":{"a.txt":"{{{a}}}","b.txt":"{{{b}}}"}},"keyFormat":1,"""
            + """
            "numerics":{"device":"cpu"},"parameters":{"deep":{"I":"ı","z":0.5},"seed":1},"stage":"stage"}
            """;
        Assert.Equal(expected, CanonicalJson.Write(key.Document));
        Assert.Equal(ContentHash.OfText(expected), key.Hash);
    }

    [Fact]
    public void Should_BeTheSame_When_OnlyOrderAddressResourcesOrCultureDiffer()
    {
        ContentHash plain = Key(Target("""{"a": 1.5, "b": [1, 2]}""")).Hash;
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("tr-TR");
            Target other = Target("""{"b": [1, 2], "a": 1.5}""") with
            {
                Address = "elsewhere",
                Resources = new TargetResources { Threads = 8, TimeLimit = TimeSpan.FromHours(1) },
            };
            Assert.Equal(plain, Key(other).Hash);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("""{"a": 1.5, "b": [2, 1]}""")]
    [InlineData("""{"a": 1.6, "b": [1, 2]}""")]
    [InlineData("""{"a": "1.5", "b": [1, 2]}""")]
    [InlineData("""{"a": 1.5, "b": [1, 2], "c": null}""")]
    public void Should_Differ_When_AParameterDiffers(string parameters) =>
        Assert.NotEqual(Key(Target("""{"a": 1.5, "b": [1, 2]}""")).Hash, Key(Target(parameters)).Hash);

    [Fact]
    public void Should_HoldTheNumerics_When_TheStageIsOnTensorsOnly()
    {
        KeyContext cuda = Context with { Numerics = new JsonObject { ["device"] = "cuda" } };
        Target plain = Target("{}");
        Target tensors = plain with { Resources = new TargetResources { UsesTensors = true } };

        Assert.Equal(Key(plain).Hash, TargetKey.Of(plain, cuda, _ => Outputs).Hash);
        Assert.NotEqual(Key(tensors).Hash, TargetKey.Of(tensors, cuda, _ => Outputs).Hash);
        Assert.Throws<InvalidOperationException>(() => TargetKey.Own(tensors, Context with { Numerics = null }));
    }

    [Fact]
    public void Should_ListPathsWithOldAndNew_When_DocumentsDiffer()
    {
        JsonObject old = Key(Target("""{"training": {"learningRate": 0.001, "steps": [1, 2]}, "gone": true}""")).Document;
        JsonObject current = Key(Target("""{"training": {"learningRate": 0.002, "steps": [1, 3, 4]}, "fresh": "x"}""")).Document;
        current["inputs"]!["file"] = ContentHash.OfText("c").Hex;
        current["code"] = ContentHash.OfText("code2").Hex;

        Assert.Equal(
            [
                $"code: {ContentHash.OfText("code").Short} -> {ContentHash.OfText("code2").Short}",
                "parameters.fresh: (none) -> \"x\"",
                "parameters.gone: true -> (none)",
                "parameters.training.learningRate: 0.001 -> 0.002",
                "parameters.training.steps[1]: 2 -> 3",
                "parameters.training.steps[2]: (none) -> 4",
                $"inputs.file: {ContentHash.OfText("a").Short} -> {ContentHash.OfText("c").Short}",
            ],
            KeyDifference.Between(old, current).Select(difference => difference.ToString()));
    }

    private static TargetKey Key(Target target) => TargetKey.Of(target, Context, _ => Outputs);

    private static Target Target(string parameters) => new("address", "stage")
    {
        Parameters = JsonNode.Parse(parameters)!.AsObject(),
        Inputs = new Dictionary<string, TargetInput> { ["folder"] = new("other"), ["file"] = new("other", "a.txt") },
    };
}
