using NaturalThoughts.Contracts;

namespace NaturalThoughts.Contracts.Tests;

public sealed class ParallelLoopTests
{
    [Fact]
    public void Should_ThrowTheUsersError_When_ABodyOfALoopDoes()
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => ParallelLoop.Run(() => Parallel.For(0, 100, i =>
        {
            if (i == 50)
            {
                throw new UserErrorException("The tensor is I8.", "model.safetensors");
            }
        })));
        Assert.Equal("model.safetensors: The tensor is I8.", error.Message);
        Assert.Throws<InvalidOperationException>(() => ParallelLoop.Run(() => Parallel.ForEach([1], _ => throw new InvalidOperationException())));
    }

    [Fact]
    public void Should_PreferTheUsersError_When_ThereAreSeveral()
    {
        UserErrorException user = new("x");
        Assert.Same(
            user, ParallelLoop.Cause(new AggregateException(new OperationCanceledException(), new AggregateException(new InvalidOperationException(), user))));
        Assert.IsType<InvalidOperationException>(ParallelLoop.Cause(new AggregateException(new OperationCanceledException(), new InvalidOperationException())));
        Assert.Same(user, ParallelLoop.Cause(user));
    }

    [Fact]
    public void Should_RunTheWholeLoop_When_NothingIsThrown()
    {
        int sum = 0;
        ParallelLoop.Run(() => Parallel.For(0, 100, i => Interlocked.Add(ref sum, i)));
        Assert.Equal(4950, sum);
    }
}
