using NaturalThoughts.Build.Display;
using NaturalThoughts.Build.Results;
using NaturalThoughts.Build.Running;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pages;

namespace NaturalThoughts.Build.Verbs;

/// <summary>Writes the report of a profile: one folder of HTML that needs no server and no network. Runs no target.</summary>
internal static class ReportVerb
{
    /// <summary>Writes the folder of --to, or <c>.cache/report/&lt;profile&gt;</c> anew.</summary>
    /// <exception cref="UserErrorException">The folder of --to is not empty, or a lock is no lock.</exception>
    public static async Task<ExitCode> RunAsync(Command command)
    {
        TextWriter output = command.Output;
        await using Session session = await Session.OpenAsync(command);
        string place = session.Invocation.To ?? Path.Combine(session.Workspace.Root, ".cache", "report", session.Invocation.Profile);
        ReportSource source = new ReportReader(session).Read();
        using NewFolder folder = new(place, replaces: session.Invocation.To is null);
        ReportFolder.Write(source, folder.PathOf);
        long bytes = folder.Keep();
        int targets = source.Targets.Count, cached = source.Targets.Count(target => target.State == "cached");
        await output.WriteLineAsync($"{Format.Many(source.Tables.Count, "table")}, {cached} of {Format.Many(targets, "target")} cached, {Format.Bytes(bytes)}");
        if (cached < targets)
        {
            await output.WriteLineAsync(
                $"What the store lacks is named in the report; --target={source.Tables[0].Name} --profile={session.Invocation.Profile} makes it.");
        }

        await output.WriteLineAsync($"Open {Path.Combine(folder.FullName, "index.html")} in a browser.");
        return ExitCode.Done;
    }
}
