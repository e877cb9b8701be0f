using NaturalThoughts.Build.Baselines;
using NaturalThoughts.Build.Display;
using NaturalThoughts.Build.Running;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Build.Verbs;

/// <summary>
/// Runs benchmarks and checks of <c>bench/</c> one after another, shows what they print, and holds the values that they print to the bounds of
/// <c>bench/baselines.yaml</c>. Without a name it lists them.
/// </summary>
internal static class BenchVerb
{
    // Scripts remove their folders and mounts meanwhile.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(20);

    /// <summary>Runs what the command line names.</summary>
    /// <exception cref="UserErrorException">A name or the file is wrong; or, after the table, a bound was crossed or a benchmark failed.</exception>
    public static async Task<ExitCode> RunAsync(Command command)
    {
        string root = command.Workspace.Root;
        TextWriter output = command.Output;
        IReadOnlyList<Bench> known = BenchFile.Read(root);
        if (command.Invocation.Addresses.Count == 0)
        {
            await ListAsync(known, output);
            return ExitCode.Done;
        }

        List<BenchRow> rows = [];
        List<UserError> errors = [];
        foreach (Bench bench in Named(command.Invocation.Addresses, known))
        {
            await output.WriteLineAsync($"-- {bench.Name}: {bench.Command}");
            BenchResult result = new(bench);

            // A group of its own, which Ctrl-C reaches through the host alone: each process of it is asked to end once, and waited for.
            result.End(await ChildProcess.RunAsync(
                root,
                "setsid",
                ["bash", "-c", bench.Command],
                line =>
                {
                    output.WriteLine(line);
                    result.Take(line);
                },
                command.Cancellation,
                Grace));
            rows.AddRange(result.Rows());
            errors.AddRange(result.Errors);
        }

        await output.WriteLineAsync();
        foreach (string line in BenchRow.Table(rows))
        {
            await output.WriteLineAsync(line);
        }

        return errors.Count == 0 ? ExitCode.Done : throw new UserErrorException(errors, ExitCode.TargetFailed);
    }

    private static Bench[] Named(IReadOnlyList<string> names, IReadOnlyList<Bench> known)
    {
        string[] all = [.. known.Select(bench => bench.Name)];
        UserError[] unknown =
        [
            .. names.Except(all).Select(name => new UserError($"There is no benchmark '{Quoted.Of(name)}'.", "Bench", NearestName.Hint(name, all))),
        ];
        return unknown.Length == 0 ? [.. names.Distinct().Select(name => known.First(bench => bench.Name == name))] : throw new UserErrorException(unknown);
    }

    private static async Task ListAsync(IReadOnlyList<Bench> benches, TextWriter output)
    {
        int width = benches.Select(bench => bench.Name.Length).DefaultIfEmpty().Max();
        foreach (Bench bench in benches)
        {
            string values = bench.Bounds.Count == 0 ? "passes or fails" : Format.Many(bench.Bounds.Count, "value");
            await output.WriteLineAsync(
                $"{bench.Name.PadRight(width)}  {bench.About} ({values}; {bench.Takes}{(bench.Needs is null ? "" : "; needs " + bench.Needs)})");
        }
    }
}
