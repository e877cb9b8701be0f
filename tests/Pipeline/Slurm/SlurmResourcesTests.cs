using NaturalThoughts.Pipeline.Slurm;

namespace NaturalThoughts.Pipeline.Tests.Slurm;

public sealed class SlurmResourcesTests
{
    [Fact]
    public void Should_AskForEverything_When_EverythingIsSet()
    {
        SlurmResources resources = new()
        {
            Partition = "gpu,long",
            Time = TimeSpan.FromMinutes(90.5),
            MemoryMegabytes = 16_000,
            Gpus = 2,
            Cpus = 4,
            Arguments = ["--constraint=a100"],
        };
        Assert.Equal(["--cpus-per-task=4", "--partition=gpu,long", "--time=91", "--mem=16000M", "--gpus=2", "--constraint=a100"], resources.ToArguments());
    }

    [Fact]
    public void Should_LeaveTheRestToTheCluster_When_NothingIsSet() => Assert.Equal(["--cpus-per-task=1"], new SlurmResources().ToArguments());
}
