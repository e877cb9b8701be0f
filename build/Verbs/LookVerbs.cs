using System.Globalization;
using NaturalThoughts.Build.Display;
using NaturalThoughts.Build.Running;
using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Pipeline.Planning;

namespace NaturalThoughts.Build.Verbs;

/// <summary>Looks at the plan without running anything: --description, --tree, --dryrun, --explain.</summary>
internal static class LookVerbs
{
    /// <summary>Lists verbs, tables and cells.</summary>
    public static async Task<ExitCode> DescriptionAsync(Session session, TextWriter output)
    {
        List<(string Name, string Description)> lines = [.. Verb.All];
        foreach (TablePlan table in session.Plan.Tables)
        {
            lines.Add((table.Name, table.Description));
            lines.AddRange(session.Graph.Closure([table.Address]).Select(TaskGroups.Of).Distinct()
                .Where(task => task.StartsWith(table.Name + "/", StringComparison.Ordinal))
                .Select(task => (task, session.Plan.Describe(task))));
        }

        int width = lines.Max(line => line.Name.Length);
        foreach ((string name, string description) in lines)
        {
            await output.WriteLineAsync($"{name.PadRight(width)}  {description}".TrimEnd());
        }

        return ExitCode.Done;
    }

    /// <summary>Draws the graph below the named target.</summary>
    public static async Task<ExitCode> TreeAsync(Session session, TextWriter output)
    {
        foreach (string address in Names.Resolve(session.Plan, session.Invocation.Target ?? session.Plan.Tables[0].Name))
        {
            foreach (string line in TargetTree.Lines(session.Graph, address))
            {
                await output.WriteLineAsync(line);
            }
        }

        return ExitCode.Done;
    }

    /// <summary>Says what would run for a name, and why.</summary>
    public static async Task<ExitCode> ExplainAsync(Session session, string name, TextWriter output)
    {
        foreach (Explanation item in Explain(session, name))
        {
            await output.WriteLineAsync($"{Word(item.Verdict),-8}  {item.Address}: {item.Reason}");
        }

        return ExitCode.Done;
    }

    /// <summary>Lists hit / will run / may run with estimates from earlier records.</summary>
    public static async Task<ExitCode> DryRunAsync(Session session, TextWriter output)
    {
        RunEstimator estimator = new(session.Store.History.Read());
        double seconds = 0;
        long trained = 0;
        long generated = 0;
        int unknown = 0;
        foreach (Explanation item in Explain(session, session.Invocation.Target!))
        {
            RunEstimate estimate = estimator.Of(session.Graph[item.Address]);
            string cost = "";
            if (item.Verdict != RunVerdict.Hit)
            {
                seconds += estimate.Seconds;
                trained += estimate.TrainedTokens;
                generated += estimate.GeneratedTokens;
                unknown += estimate.Basis == EstimateBasis.None ? 1 : 0;
                cost = estimate.Basis == EstimateBasis.None ? " [never measured]" : $" [about {Format.Duration(TimeSpan.FromSeconds(estimate.Seconds))}]";
            }

            await output.WriteLineAsync($"{Word(item.Verdict),-8}  {item.Address}: {item.Reason}{cost}");
        }

        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"At most {Format.Duration(TimeSpan.FromSeconds(seconds / session.Invocation.Jobs))} with --jobs={session.Invocation.Jobs}, {Format.Count(trained)} tokens trained, {Format.Count(generated)} generated, by earlier records; {unknown} targets were never measured."));
        await output.WriteLineAsync($"Budget of the profile: {session.Plan.Budget}.");
        return ExitCode.Done;
    }

    private static IReadOnlyList<Explanation> Explain(Session session, string name) =>
        new Explainer(session.Graph, session.Store, session.Keys, session.Code).Explain([.. Names.Resolve(session.Plan, name)]);

    private static string Word(RunVerdict verdict) => verdict switch
    {
        RunVerdict.Hit => "hit",
        RunVerdict.WillRun => "will run",
        _ => "may run",
    };
}
