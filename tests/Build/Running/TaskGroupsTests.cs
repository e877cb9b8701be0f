using NaturalThoughts.Build.Running;

namespace NaturalThoughts.Build.Tests.Running;

public sealed class TaskGroupsTests
{
    [Theory]
    [InlineData("Table1/Random/1000/System2/seed1/fine-tune", "Table1/Random/1000/System2")]
    [InlineData("Table1/base/seed2/grade/Hard", "Table1/base")]
    [InlineData("Table1/table", "Table1")]
    [InlineData("world/pool", "world")]
    [InlineData("world", "world")]
    public void Should_FindTheTask_When_TargetIsBelowIt(string address, string task) => Assert.Equal(task, TaskGroups.Of(address));

    [Fact]
    public void Should_KeepOrder_When_Split()
    {
        IReadOnlyList<(string Task, IReadOnlyList<string> Addresses)> groups = TaskGroups.Split(
            ["world/pool", "T/a/1/System2/seed1/select", "world/teach", "T/table", "T/a/1/System2/seed2/select"]);
        Assert.Equal(["world", "T/a/1/System2", "T"], groups.Select(group => group.Task));
        Assert.Equal(["world/pool", "world/teach"], groups[0].Addresses);
        Assert.Equal(2, groups[1].Addresses.Count);
    }
}
