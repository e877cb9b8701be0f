namespace NaturalThoughts.Contracts;

/// <summary>What a stage that calls remote models is given. Part of no key.</summary>
/// <param name="Folder">
/// A folder of finished calls, which all targets of a store share and which outlives every run: a call found there is not made again.
/// It need not be there yet.
/// </param>
public sealed record RemoteCalls(string Folder)
{
    /// <summary>True to answer from the folder alone: nothing is sent, and a call that is not there is an error. Default false.</summary>
    public bool Offline { get; init; }

    /// <summary>What may be spent, together with whoever holds the same budget. Default: without limits.</summary>
    public CallBudget Budget { get; init; } = new(null, null);

    /// <summary>What calls have in common with those of whoever holds the same scope, such as the rates of an endpoint. Default: with none.</summary>
    public RunScope Scope { get; init; } = new();
}
