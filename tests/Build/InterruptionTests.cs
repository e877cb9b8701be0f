using Microsoft.Extensions.Time.Testing;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Build.Tests;

public sealed class InterruptionTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly StringWriter _error = new();
    private readonly List<ExitCode> _exits = [];
    private readonly Interruption _interruption;

    public InterruptionTests() => _interruption = new Interruption(_clock, _exits.Add, _error);

    public void Dispose()
    {
        _interruption.Dispose();
        _error.Dispose();
    }

    [Fact]
    public void Should_AskFirst_When_Requested()
    {
        Assert.True(_interruption.Request());

        Assert.True(_interruption.Token.IsCancellationRequested);
        _clock.Advance(Interruption.Grace / 2);
        Assert.Empty(_exits);
    }

    [Fact]
    public void Should_EndTheProcess_When_NothingStops()
    {
        _interruption.Request();
        _clock.Advance(Interruption.Grace);

        Assert.Equal([ExitCode.Interrupted], _exits);
        Assert.Equal(Interruption.Message + Environment.NewLine, _error.ToString());
    }

    [Fact]
    public void Should_LeaveTheSecondToTheSystem_When_RequestedTwice()
    {
        _interruption.Request();

        Assert.False(_interruption.Request());
    }

    [Fact]
    public async Task Should_EndTheProcess_When_WhatIsAskedToStopWaits()
    {
        using ManualResetEventSlim never = new();
        _interruption.Token.Register(() => never.Wait(Hang.Limit));
        Task request = Task.Run(_interruption.Request);
        SpinWait.SpinUntil(() => _interruption.Token.IsCancellationRequested);

        _clock.Advance(Interruption.Grace);

        Assert.Equal([ExitCode.Interrupted], _exits);
        never.Set();
        await request;
    }
}
