using System.Globalization;
using NaturalThoughts.Contracts;
using NaturalThoughts.Teaching.Calling;
using NaturalThoughts.Teaching.Tests;

// Started as a program, this assembly makes calls until somebody kills it: see Calling/KilledProcessTests.cs.
if (args is not ["call", var url, var folder, var count])
{
    return 2;
}

EndpointOptions endpoint = Bench.Endpoint(url, Bench.Quick with { StartConcurrency = 8 });
using RemoteModel model = new(endpoint, new RemoteCalls(folder));
await Task.WhenAll(Enumerable.Range(0, int.Parse(count, CultureInfo.InvariantCulture)).Select(async i =>
{
    CallOutcome outcome = await model.CallAsync(ChatCall.Of(endpoint, [new("user", $"question {i}")]), default);
    if (outcome.Entry?.Reply.Content != $"answer to question {i}")
    {
        throw new InvalidOperationException($"Question {i} got '{outcome.Entry?.Reply.Content}' ({outcome.Reason}).");
    }
}));
return 0;
