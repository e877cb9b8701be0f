using NaturalThoughts.Contracts;

namespace NaturalThoughts.Experiments.Tests;

public sealed class ProfileVariantTests
{
    [Fact]
    public void Should_ReplaceValuesAndKeepTheSeeds_When_SomeAreSet()
    {
        using Workbench bench = new();
        Profile own = bench.Load().Profile;

        Profile variant = bench.Load("tiny@sft.learningRate=0.125@student.hidden_size=192@replicates=[5,6]").Profile;

        Assert.Equal((0.125, 192), (variant.Sft.Options.LearningRate, variant.Student!["hidden_size"]!.GetValue<int>()));
        Assert.Equal([5, 6], variant.Replicates);
        Assert.Equal(own.Seed, variant.Seed);
        Assert.Equal(own.Sizes, variant.Sizes);
        Assert.Equal("tiny@replicates=[5,6]@sft.learningRate=0.125@student.hidden_size=192", variant.Name);
    }

    [Fact]
    public void Should_ChangeOnlyWhatItTouches_When_ARecipeIsSet()
    {
        using Workbench bench = new();
        ExperimentPlan own = bench.Plan();
        ExperimentPlan variant = bench.Plan("tiny@sft.learningRate=0.125");

        string[] differing =
            [.. own.Graph.Order.Where(address => own.Graph[address].Parameters.ToJsonString() != variant.Graph[address].Parameters.ToJsonString())];
        Assert.Equal(own.Graph.Order, variant.Graph.Order);
        Assert.NotEmpty(differing);
        Assert.All(
            differing,
            address => Assert.True(address.EndsWith("/fine-tune", StringComparison.Ordinal) || own.Tables.Any(table => table.Address == address), address));
    }

    [Theory]
    [InlineData("sft.learningRates=1", "There is no key 'learningRates'")]
    [InlineData("sft.learningRate=fast", "must be a finite number")]
    [InlineData("sft.learningRate.more=1", "'sft.learningRate' is a value")]
    [InlineData("sft=1", "'sft' is a map")]
    [InlineData("sizes=[0]", "out of range")]
    public void Should_SayWhereItStands_When_AValueDoesNotFit(string setting, string message)
    {
        using Workbench bench = new();

        UserError error = bench.Fails("tiny@" + setting).Errors[0];

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal("--set " + setting, error.Location);
    }

    [Theory]
    [InlineData("../tiny=1")]
    [InlineData("a=b/c")]
    [InlineData("a=")]
    [InlineData("a")]
    [InlineData("=1")]
    [InlineData("a..b=1")]
    [InlineData("a=[1,,2]")]
    public void Should_Refuse_When_ASettingIsNone(string setting) =>
        Assert.Contains("sets nothing", Assert.Throws<UserErrorException>(() => ProfileVariant.Of("tiny", [setting])).Message, StringComparison.Ordinal);
}
