using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Execution;

namespace NaturalThoughts.Pipeline.Tests.Execution;

public sealed class StageFailedExceptionTests
{
    [Fact]
    public void Should_ShowTheUsersError_When_SeveralThreadsThrew()
    {
        UserError error = new("The tensor 'a' is I8.", "model.safetensors");
        StageFailedException failed = StageFailedException.From(new AggregateException(new OperationCanceledException(), new UserErrorException([error])));
        Assert.Equal([error], failed.Errors);
        Assert.Null(failed.Details);
    }

    [Fact]
    public void Should_StayShort_When_AnExceptionQuotesMuch()
    {
        StageFailedException failed = StageFailedException.From(new InvalidOperationException(new string('x', 10_000_000)));
        Assert.InRange(failed.Message.Length, 100, 5_000);
        Assert.InRange(failed.Details!.Length, 100, 50_000);
    }
}
