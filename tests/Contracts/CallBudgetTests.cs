namespace NaturalThoughts.Contracts.Tests;

public sealed class CallBudgetTests
{
    [Fact]
    public void Should_CountSentCalls_When_TheNumberIsLimited()
    {
        CallBudget budget = new(2, null);
        budget.TakeCall();
        budget.TakeCall();
        UserErrorException error = Assert.Throws<UserErrorException>(budget.TakeCall);
        Assert.Equal("--max-calls", Assert.Single(error.Errors).Location);
        budget.ReturnCall();
        budget.TakeCall();
        Assert.Equal(2, budget.Calls);
    }

    [Fact]
    public async Task Should_WaitForCallsUnderWay_When_TheyMayLeaveRoom()
    {
        CallBudget budget = new(null, 10);
        await budget.ReserveAsync(6, default);
        Task second = budget.ReserveAsync(6, default);
        Assert.False(second.IsCompleted);
        budget.Settle(6, 1);
        await second;
        budget.Settle(6, 6);
        Assert.Equal(7, budget.Cost);
        await Assert.ThrowsAsync<UserErrorException>(() => budget.ReserveAsync(6, default));
        await budget.ReserveAsync(3, default);
    }

    [Fact]
    public async Task Should_StopWaiting_When_Cancelled()
    {
        CallBudget budget = new(null, 10);
        await budget.ReserveAsync(6, default);
        using CancellationTokenSource stop = new();
        Task second = budget.ReserveAsync(6, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
    }

    [Fact]
    public async Task Should_HoldTheLimit_When_ManyThreadsSpend()
    {
        CallBudget budget = new(null, 5);
        int spent = 0;
        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(async () =>
        {
            try
            {
                await budget.ReserveAsync(0.5m, default);
                await Task.Yield();
                Interlocked.Increment(ref spent);
                budget.Settle(0.5m, 0.1m);
            }
            catch (UserErrorException)
            {
                // The limit is met.
            }
        })));
        Assert.Equal(spent * 0.1m, budget.Cost);
        Assert.InRange(budget.Cost, 4.5m, 5m); // the last call is let in while the dearest one fits
    }
}
