using Cake.Core.Diagnostics;
using NaturalThoughts.Build.CommandLine;
using NaturalThoughts.Build.Display;
using NaturalThoughts.Build.Results;
using NaturalThoughts.Build.Running;
using NaturalThoughts.Checkpoints.Config;
using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments;
using NaturalThoughts.Experiments.Costs;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Pipeline.Planning;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Build.Verbs;

/// <summary>Looks at the plan without running anything: --description, --tree, --dryrun, --explain.</summary>
internal static class LookVerbs
{
    /// <summary>Looks as the command line says.</summary>
    public static async Task<ExitCode> RunAsync(Command command)
    {
        await using Session session = await Session.OpenAsync(command);
        Task look = command.Invocation.Looks[0].Name switch
        {
            "description" => DescribeAsync(session, command.Output),
            "explain" => ExplainAsync(session, command.Invocation.Explain!, command.Output),
            "tree" => DrawAsync(session, command.Output),
            _ => DryRunAsync(session, command.Output),
        };
        await look;
        return ExitCode.Done;
    }

    // Verbs, tables and cells.
    private static async Task DescribeAsync(Session session, TextWriter output)
    {
        List<(string Name, string Description)> lines = [.. Verb.All.Select(verb => (verb.Name.ToString()!, verb.Description))];
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
    }

    // The graph below the named target.
    private static async Task DrawAsync(Session session, TextWriter output)
    {
        // Of a cell only what nothing else of it needs: the rest hangs below.
        IReadOnlyList<string> named = Subject(session);
        HashSet<string> below = [.. session.Graph.Closure(named).SelectMany(session.Graph.DependenciesOf)];
        string[] roots = [.. named.Where(address => !below.Contains(address))];
        foreach (string line in session.Invocation.Tree is { } language
            ? TargetDrawing.Lines(session.Graph, roots, language)
            : TargetTree.Lines(session.Graph, roots))
        {
            await output.WriteLineAsync(line);
        }
    }

    // What would run for a name, and why.
    private static async Task ExplainAsync(Session session, string name, TextWriter output)
    {
        foreach (Explanation item in Explain(session, Names.Resolve(session.Plan, name, "--explain")))
        {
            await output.WriteLineAsync($"{Word(item.Verdict),-8}  {item.Address}: {item.Reason}");
        }
    }

    // Hit / will run / may run, with estimates from earlier records.
    private static async Task DryRunAsync(Session session, TextWriter output)
    {
        RunEstimator estimator = new(session.Store.History.Read());
        double seconds = 0;
        long trained = 0;
        long generated = 0;
        int unknown = 0;
        IReadOnlyList<Explanation> items = Explain(session, Subject(session));
        List<Target> open = [];
        Dictionary<ContentHash, string> first = [];
        foreach (Explanation item in items)
        {
            RunEstimate estimate = estimator.Of(session.Graph[item.Address]);
            string cost = "";
            bool runs = item.Verdict != RunVerdict.Hit;
            if (runs && !first.TryAdd(session.Graph.DefinitionOf(item.Address), item.Address))
            {
                // Of targets that are the same but for their addresses one runs, and the others find what it made.
                runs = false;
                cost = $" [one run with {first[session.Graph.DefinitionOf(item.Address)]}]";
            }

            if (runs)
            {
                seconds += estimate.Basis == EstimateBasis.None ? 0 : estimate.Seconds;
                trained += estimate.TrainedTokens;
                generated += estimate.GeneratedTokens;
                unknown += estimate.Basis == EstimateBasis.None ? 1 : 0;
                open.Add(session.Graph[item.Address]);
                cost = estimate.Basis == EstimateBasis.None ? " [never timed]" : $" [about {Format.Duration(TimeSpan.FromSeconds(estimate.Seconds))}]";
            }

            string predicted = session.Invocation.Verbosity >= Verbosity.Verbose && runs && session.Plan.CostModel is { } model
                ? CostLines.Short(model, session.Graph[item.Address])
                : "";
            await output.WriteLineAsync($"{Word(item.Verdict),-8}  {item.Address}: {item.Reason}{cost}{predicted}");
        }

        int hits = items.Count(item => item.Verdict == RunVerdict.Hit);
        int certain = items.Count(item => item.Verdict == RunVerdict.WillRun);
        await output.WriteLineAsync($"{Format.Many(items.Count, "target")}: {hits} hit, {certain} will run, {items.Count - hits - certain} may run.");
        if (unknown > 0 && unknown == open.Count)
        {
            await output.WriteLineAsync("None of it can be timed: its stages never ran here.");
        }
        else if (hits < items.Count)
        {
            string time = Format.Estimate(TimeSpan.FromSeconds(seconds / session.Invocation.Jobs));
            await output.WriteLineAsync(
                $"By earlier runs up to about {time} with --jobs={session.Invocation.Jobs}, {Format.Many(trained, "token")} trained, "
                + $"{Format.Count(generated)} generated"
                + (unknown > 0 ? $"; not counted: {Format.Many(unknown, "target")} of stages that never ran here." : "."));
        }

        CostSettings? costs = session.Plan.Costs;
        foreach (string line in CostLines.Of(session.Plan.CostModel, costs?.Device, open))
        {
            await output.WriteLineAsync(line);
        }

        TokenBudget budget = session.Plan.Budget;
        await output.WriteLineAsync(
            $"Budget of the profile, in tokens: pre-training {Format.Count(budget.PretrainingTokens)}, fine-tuning {Format.Count(budget.SftTokens)}, "
            + $"generation {Format.Count(budget.GenerationTokens)}.");
        ModelConfig? presumed = costs?.Shape["model_type"] is null ? null : ModelConfig.FromJson(costs.Shape, "costs.shape");
        string[] lines =
        [
            .. OverBudget(session, items),
            .. CallLines.Of(session.Graph, items),
            .. MemoryLines.Of(session.Graph, items.Select(item => item.Address), presumed),
            .. ObstacleLines.Of(session.Missing, costs, presumed, open, session.Invocation.Device),
        ];
        foreach (string line in lines)
        {
            await output.WriteLineAsync(line);
        }
    }

    // A table whose targets take more than the budget is not published: better to know before they run.
    private static IEnumerable<string> OverBudget(Session session, IReadOnlyList<Explanation> items)
    {
        if (session.Plan.CostModel is not { } model)
        {
            return [];
        }

        Dictionary<string, RunRecord> records = items.Where(item => item.Record is not null).ToDictionary(item => item.Address, item => item.Record!);
        HashSet<string> addresses = [.. items.Select(item => item.Address)];
        return session.Plan.Tables.Where(table => addresses.Contains(table.Address)).SelectMany(table => BudgetCheck
            .OfPrediction(session, table, model, records).Select(error => $"{table.Name} may not be published: {error}"));
    }

    private static IReadOnlyList<string> Subject(Session session) => session.Invocation.Verb.Name == VerbName.Verify
        ? [.. VerifySubject.All(session).SelectMany(subject => subject.Targets(session)).Distinct()]
        : Names.Resolve(session.Plan, session.Invocation.Target!);

    private static IReadOnlyList<Explanation> Explain(Session session, IReadOnlyList<string> addresses) =>
        session.Explainer().Explain([.. addresses]);

    private static string Word(RunVerdict verdict) => verdict switch
    {
        RunVerdict.Hit => "hit",
        RunVerdict.WillRun => "will run",
        _ => "may run",
    };
}
