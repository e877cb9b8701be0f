using System.Security.Cryptography;
using NaturalThoughts.Build.Display;
using NaturalThoughts.Build.Results;
using NaturalThoughts.Build.Running;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Execution;
using NaturalThoughts.Pipeline.Rechecking;

namespace NaturalThoughts.Build.Verbs;

/// <summary>
/// Executes cached targets again and compares every byte: a stage that is not deterministic is named, with the place of its first difference.
/// </summary>
internal static class RecheckVerb
{
    /// <summary>Draws targets among what the command line names (Table1 where it names nothing) and checks them side by side.</summary>
    /// <exception cref="UserErrorException">The name is unknown, or nothing of it is cached.</exception>
    public static async Task<ExitCode> RunAsync(Session session, int count, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        Rechecker rechecker = new(session.Settings(null), session.Graph) { Reader = WeightDifference.Find };
        IReadOnlyList<string> cached = rechecker.Cached(Population(session));
        if (cached.Count == 0)
        {
            throw new UserErrorException("Nothing of it is in the store: there is nothing to check.", "--recheck", "Make the table first.");
        }

        // Which targets are drawn is no part of any result: they are printed, and each can be named again.
        IReadOnlyList<string> drawn = Rechecker.Draw(cached, count, SeededRandom.From("recheck", RandomNumberGenerator.GetHexString(16)));
        await output.WriteLineAsync($"{Format.Many(drawn.Count, "target")} of {Format.Count(cached.Count)} cached ones, each executed again:");
        int differing = 0, failed = 0;
        using SemaphoreSlim gate = new(1);
        await Parallel.ForEachAsync(
            drawn, new ParallelOptions { MaxDegreeOfParallelism = session.Invocation.Jobs, CancellationToken = cancellation }, async (address, stop) =>
        {
            (string text, bool differs, bool fails) = await CheckAsync(rechecker, session.Graph[address].StageName, address, stop);
            await gate.WaitAsync(stop);
            differing += differs ? 1 : 0;
            failed += fails ? 1 : 0;
            await (differs || fails ? error : output).WriteLineAsync(text);
            gate.Release();
        });
        string again = $"./build.sh --target=Verify ADDRESS --profile={session.Invocation.Profile} --recheck=1";
        await output.WriteLineAsync(differing + failed == 0
            ? "Every byte came out the same."
            : $"{differing} differ, {failed} could not be executed. One of them again: {again}");
        return failed > 0 ? ExitCode.TargetFailed : differing > 0 ? ExitCode.LockBroken : ExitCode.Done;
    }

    private static async Task<(string Text, bool Differs, bool Fails)> CheckAsync(
        Rechecker rechecker, string stage, string address, CancellationToken cancellation)
    {
        try
        {
            RecheckResult result = await rechecker.RunAsync(address, cancellation);
            return result.Differences.Count == 0
                ? ($"same     {address} ({result.StageName}, {Format.Many(result.Files, "file")}, {Format.Duration(result.Duration)})", false, false)
                : ($"differs  {address}: the stage {result.StageName} is not deterministic\n  " + string.Join("\n  ", result.Differences), true, false);
        }
        catch (StageFailedException failure)
        {
            return ($"failed   {address} ({stage}): {failure.Message}", false, true);
        }
    }

    // A table with all that it needs; of a cell or a target what it names.
    private static IReadOnlyList<string> Population(Session session)
    {
        string[] names = session.Invocation.Addresses.Count > 0 ? [.. session.Invocation.Addresses] : ["Table1"];
        return [.. names.SelectMany(name => session.Plan.Tables.Any(table => table.Name == name)
            ? session.Graph.Closure(Names.Resolve(session.Plan, name, "Verify"))
            : Names.Resolve(session.Plan, name, "Verify")).Distinct()];
    }
}
