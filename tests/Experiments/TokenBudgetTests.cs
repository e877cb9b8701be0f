using NaturalThoughts.Contracts;

namespace NaturalThoughts.Experiments.Tests;

public sealed class TokenBudgetTests
{
    private static readonly TokenBudget Budget = new(1000, 2000, 3000);

    [Fact]
    public void Should_BeKept_When_EverySumIsAtItsLimit()
    {
        Assert.Empty(Budget.Check([Trained("pretrain", 1000), Trained("fine-tune", 1500), Trained("fine-tune", 500), Generated(3000)]));
    }

    [Fact]
    public void Should_NameEachPart_When_SumsAreAboveIt()
    {
        IReadOnlyList<UserError> errors = Budget.Check([Trained("pretrain", 900), Trained("fine-tune", 1500), Trained("fine-tune", 501), Generated(3001)]);

        Assert.Equal(["budget.sftTokens", "budget.generationTokens"], errors.Select(error => error.Location));
        Assert.Contains("2001", errors[0].Message, StringComparison.Ordinal);
    }

    private static (string, StageResult) Trained(string stage, long tokens) => (stage, new StageResult { Counts = { [StageResult.TrainedTokens] = tokens } });

    private static (string, StageResult) Generated(long tokens) => ("generate", new StageResult { Counts = { [StageResult.GeneratedTokens] = tokens } });
}
