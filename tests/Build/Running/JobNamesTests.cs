using NaturalThoughts.Build.Running;
using NaturalThoughts.Pipeline.Slurm;

namespace NaturalThoughts.Build.Tests.Running;

public sealed class JobNamesTests
{
    [Theory]
    [InlineData("Table1/Random/40/System2/seed2/generate/Hard", "Table1/Random/40/System2", "Table1/Random/40/System2/seed2")]
    [InlineData("data/traces/shard12", "data/traces", "data/traces/shard12")]
    [InlineData("data/annotations/raw/shard0", "data/annotations/raw", "data/annotations/raw/shard0")]
    [InlineData("data/traces", "data", "data")]
    [InlineData("prompts/think/sharded", "prompts", "prompts")]
    [InlineData("Table1/table", "Table1", "Table1")]
    public void Should_BeAnArray_When_TargetsAreSeedsOrShards(string address, string array, string job) =>
        Assert.Equal(new JobName(array, job), JobNames.Of(address));
}
