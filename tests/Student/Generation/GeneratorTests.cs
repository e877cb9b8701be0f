using NaturalThoughts.Contracts;
using NaturalThoughts.Student.Generation;
using NaturalThoughts.Student.Model;

namespace NaturalThoughts.Student.Tests.Generation;

public sealed class GeneratorTests
{
    private static readonly (string Id, int[] Prompt)[] Prompts = MakePrompts();

    private static (string, int[])[] MakePrompts()
    {
        SeededRandom random = SeededRandom.From("prompts");
        return [.. Enumerable.Range(0, 24).Select(i => ($"q{i}", Enumerable.Range(0, 3 + random.Next(12)).Select(_ => 2 + random.Next(48)).ToArray()))];
    }

    private static IReadOnlyList<int[]> Run(LlamaModel model, (string Id, int[] Prompt)[] prompts, int batch, string seed = "1", double temperature = 1) =>
        new Generator(model, new GenerationOptions { Temperature = temperature, TopP = 0.95, MaxNewTokens = 30, Batch = batch, Seed = seed }, [1, 7, 12, 30], 0)
            .Run(prompts, null, CancellationToken.None);

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Should_NotDependOnNeighbours_When_BatchesDiffer(int batch)
    {
        using LlamaModel model = TestModels.Small();
        Assert.Equal(Run(model, Prompts, 64), Run(model, Prompts, batch));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.7)]
    public void Should_NotDependOnThreads_When_TheyShareTheRows(double temperature)
    {
        using LlamaModel model = TestModels.Small();
        IReadOnlyList<int[]> alone = Run(model, Prompts, 64, temperature: temperature);
        int before = TorchSharp.torch.get_num_threads();
        try
        {
            foreach (int threads in (int[])[2, 3, 8])
            {
                TorchSharp.torch.set_num_threads(threads);
                Assert.Equal(alone, Run(model, Prompts, 64, temperature: temperature));
            }
        }
        finally
        {
            TorchSharp.torch.set_num_threads(before);
        }
    }

    [Fact]
    public void Should_NotDependOnOrder_When_PromptsArePermuted()
    {
        using LlamaModel model = TestModels.Small();
        Assert.Equal(Run(model, Prompts, 8), Run(model, [.. Prompts.Reverse()], 8).Reverse());
    }

    [Fact]
    public void Should_DependOnSeedAndTemperature_When_Sampling()
    {
        using LlamaModel model = TestModels.Small();
        Assert.NotEqual(Run(model, Prompts, 64, "1"), Run(model, Prompts, 64, "2"));
        Assert.Equal(Run(model, Prompts, 64, "1", temperature: 0), Run(model, Prompts, 64, "2", temperature: 0));
    }

    [Fact]
    public void Should_EndAtTheFirstEnd_When_OneIsDrawn()
    {
        using LlamaModel model = TestModels.Small();
        int[] ends = [1, 7, 12, 30];
        IReadOnlyList<int[]> answers = Run(model, Prompts, 64);
        Assert.All(answers, answer => Assert.DoesNotContain(answer[..^1], token => ends.Contains(token)));
        Assert.Contains(answers, answer => answer.Length == 30 && !ends.Contains(answer[^1]));
        Assert.Contains(answers, answer => answer.Length < 30);
    }

    [Fact]
    public void Should_Refuse_When_PromptAndAnswerDoNotFit()
    {
        using LlamaModel model = TestModels.Small();
        Assert.Contains("96 positions", Assert.Throws<UserErrorException>(() => Run(model, [("long", new int[80])], 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Stop_When_Cancelled()
    {
        using LlamaModel model = TestModels.Small();
        using CancellationTokenSource stop = new();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() =>
            new Generator(model, new GenerationOptions { Temperature = 1, TopP = 1, MaxNewTokens = 5, Seed = "1" }, [1], 0).Run(Prompts, null, stop.Token));
    }
}
