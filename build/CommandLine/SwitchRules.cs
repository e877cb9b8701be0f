using NaturalThoughts.Contracts;

namespace NaturalThoughts.Build.CommandLine;

/// <summary>Which switches go together: what would be ignored, or would do what nobody asked for, is an error.</summary>
internal static class SwitchRules
{
    // Verbs that run no targets. Verify does.
    private static readonly string[] WithoutTargets = ["Clean", "Compare", "Diagnose", "Diff", "Doctor", "Fetch", "Gc", "Publish", "Report", "Serve", "Show", "Status", "Test"];

    /// <summary>Adds an error for each pair of switches that do not go together.</summary>
    public static void Check(Invocation invocation, List<UserError> errors)
    {
        IReadOnlyList<string> looks = invocation.Looks;
        if (looks.Count > 1)
        {
            errors.Add(Error($"{string.Join(" and ", looks.Select(name => "--" + name))} do not go together.", "Give one of them."));
        }

        foreach (string name in looks)
        {
            bool namesItself = name is "explain" or "description";
            if (namesItself && invocation.Target is not null)
            {
                errors.Add(Error($"--{name} takes no target.", name == "explain" ? "Write --explain=NAME alone." : "Write --description alone."));
            }
            else if (!namesItself && invocation.Target is null)
            {
                errors.Add(Error($"--{name} needs a target.", $"Write --target=Table1 --{name}."));
            }
        }

        foreach (string name in (string[])["dryrun", "tree", "exclusive"])
        {
            if (name == "dryrun" && invocation.Target == "Gc")
            {
                continue;
            }

            if (invocation.Has(name) && (WithoutTargets.Contains(invocation.Target) || invocation.Target is "Audit" or "Export" || (name == "exclusive" && invocation.Target == "Verify")))
            {
                string what = name == "dryrun" ? "It is for tables, cells, the targets below them, Verify and Gc; Status and Doctor say what is there." : "It is for tables, cells and the targets below them.";
                errors.Add(Error($"--{name} does not go with --target={invocation.Target}.", what));
            }
        }

        foreach (string name in (string[])["profile", "jobs", "device", "libtorch"])
        {
            if (invocation.Target is "Clean" or "Fetch" or "Publish" or "Test" && invocation.Given.Contains(name))
            {
                errors.Add(Error($"--{name} does not go with --target={invocation.Target}.", "Leave it out."));
            }
        }

        if (invocation.Cache is not null && (invocation.Target is "Clean" or "Fetch" or "Gc" or "Publish" or "Report" or "Test" || invocation.Has("tree") || invocation.Has("description")))
        {
            string other = invocation.Has("tree") ? "--tree" : invocation.Has("description") ? "--description" : "--target=" + invocation.Target;
            errors.Add(Error($"--cache does not go with {other}.", "It is for what reads or writes results of targets."));
        }

        if (invocation.Cache is not null && invocation.Executor != "local")
        {
            errors.Add(Error($"--cache does not go with --executor={invocation.Executor}.", "The jobs share the store on the shared folder."));
        }

        foreach ((string name, bool given, string verb) in new[]
        {
            ("keep", invocation.Keep is not null, "Gc"), ("weights", invocation.Has("weights"), "Gc"), ("full", invocation.Has("full"), "Doctor"),
            ("file", invocation.File is not null, "Audit"), ("author", invocation.Author is not null, "Audit"),
            ("metric", invocation.Metric is not null, "Compare"), ("benchmark", invocation.Benchmarks.Count > 0, "Compare"), ("match", invocation.Match is not null, "Compare"), ("map", invocation.Map is not null, "Compare"),
            ("common", invocation.Has("common"), "Compare"), ("repeats", invocation.Has("repeats"), "Compare"),
        })
        {
            if (given && invocation.Target != verb)
            {
                errors.Add(Error($"--{name} goes with --target={verb} only.", "Leave it out."));
            }
        }

        if (invocation.Count is not null && invocation.Target is not ("Audit" or "Compare"))
        {
            errors.Add(Error("--count goes with --target=Audit and --target=Compare only.", "Leave it out."));
        }

        if (invocation.Executor != "local" && (WithoutTargets.Contains(invocation.Target) || looks.Count > 0))
        {
            string with = looks.Count > 0 ? looks[0] : "target=" + invocation.Target;
            errors.Add(Error($"--executor={invocation.Executor} does not go with --{with}, which runs no targets.", "Leave it out."));
        }

        CheckOfCalls(invocation, looks, errors);
        if (invocation.Has("accept") && invocation.Target != "Verify")
        {
            errors.Add(Error("--accept goes with --target=Verify only.", "Write --target=Verify TABLE --accept --reason=\"why the new values are right\"."));
        }

        if (invocation.Has("accept") ? string.IsNullOrWhiteSpace(invocation.Reason) : invocation.Reason is not null)
        {
            errors.Add(invocation.Has("accept")
                ? Error("--accept needs a reason.", "Write --accept --reason=\"why the new values are right\".")
                : Error("--reason goes with --accept.", "Leave it out, or write --target=Verify TABLE --accept --reason=TEXT."));
        }

        bool writes = invocation.Target is "Export" or "Publish";
        if (writes == invocation.To is null && invocation.Target is not ("Diagnose" or "Report"))
        {
            errors.Add(writes
                ? Error($"{invocation.Target} needs --to.", $"Write --target={invocation.Target}{(invocation.Target == "Export" ? " ADDRESS" : "")} --to=FOLDER.")
                : Error("--to goes with --target=Diagnose, --target=Export, --target=Publish and --target=Report only.", "Leave it out."));
        }

        CheckOfVerify(invocation, errors);
        CheckOfServe(invocation, errors);
        CheckOfDiff(invocation, errors);
        if (invocation.Addresses.Count > 0 && invocation.Target is not ("Audit" or "Compare" or "Diagnose" or "Export" or "Fetch" or "Serve" or "Show" or "Status" or "Verify" or "Diff"))
        {
            string word = invocation.Addresses[0];
            errors.Add(Error(
                $"Unexpected argument '{Quoted.Of(word)}'.",
                word.Equals("help", StringComparison.OrdinalIgnoreCase)
                    ? "Write --help."
                    : $"Write --target={word} to make a target; only Audit, Compare, Diagnose, Export, Fetch, Serve, Show, Status, Verify and Diff take an address."));
        }
    }

    private static void CheckOfCalls(Invocation invocation, IReadOnlyList<string> looks, List<UserError> errors)
    {
        (string Name, bool Given)[] given = [("max-calls", invocation.MaxCalls is not null), ("max-cost", invocation.MaxCost is not null), ("offline", invocation.Has("offline"))];
        foreach ((string name, _) in given.Where(item => item.Given))
        {
            if (WithoutTargets.Contains(invocation.Target) || looks.Count > 0)
            {
                string with = looks.Count > 0 ? looks[0] : "target=" + invocation.Target;
                errors.Add(Error($"--{name} does not go with --{with}, which calls no models.", "Leave it out."));
            }
            else if (name != "offline" && invocation.Has("offline"))
            {
                errors.Add(Error($"--{name} and --offline do not go together: offline nothing is called.", "Give one of them."));
            }
        }
    }

    private static void CheckOfVerify(Invocation invocation, List<UserError> errors)
    {
        (string Name, bool Given)[] given = [("from-scratch", invocation.Has("from-scratch")), ("recheck", invocation.Recheck is not null)];
        errors.AddRange(given.Where(item => item.Given && invocation.Target != "Verify")
            .Select(item => Error($"--{item.Name} goes with --target=Verify only.", $"Write --target=Verify TABLE --{item.Name}{(item.Name == "recheck" ? "=N" : "")}.")));
        if (invocation.Recheck is not null)
        {
            errors.AddRange(new[] { "accept", "from-scratch", "dryrun", "tree" }.Where(invocation.Has)
                .Select(name => Error($"--recheck and --{name} do not go together.", "Give one of them.")));
        }

        if (invocation.Cache is not null && invocation.Has("from-scratch"))
        {
            errors.Add(Error("--from-scratch and --cache do not go together.", "Leave --cache out: from scratch takes nothing from others."));
        }

        errors.AddRange(new[] { "dryrun", "tree" }.Where(name => invocation.Has("from-scratch") && invocation.Has(name))
            .Select(name => Error($"--from-scratch and --{name} do not go together.", "Give one of them.")));
    }

    private static void CheckOfServe(Invocation invocation, List<UserError> errors)
    {
        errors.AddRange(new[] { "models", "host", "port", "faults" }.Where(name => invocation.Given.Contains(name) && invocation.Target != "Serve")
            .Select(name => Error($"--{name} goes with --target=Serve only.", "Leave it out.")));
        if (invocation.Target == "Serve" && (invocation.Models is null) == (invocation.Addresses.Count == 0))
        {
            errors.Add(Error(
                invocation.Models is null ? "Serve needs a model." : "Serve takes --models or an address, not both.",
                "Write --target=Serve ADDRESS, --target=Serve FOLDER or --target=Serve --models=world."));
        }

        if (invocation.Models is not null && invocation.Cache is not null)
        {
            errors.Add(Error("--cache does not go with --models.", "The world's models need no results of targets."));
        }
    }

    private static void CheckOfDiff(Invocation invocation, List<UserError> errors)
    {
        if (invocation.Target == "Diff" ? invocation.Against is null : invocation.Against is not null)
        {
            errors.Add(invocation.Target == "Diff"
                ? Error("Diff needs --against.", "Write --target=Diff --against=REVISION, or a folder.")
                : Error("--against goes with --target=Diff only.", "Write --target=Diff --against=REVISION."));
        }

        string[] formats = invocation.Target switch
        {
            "Diff" => ["text", "markdown", "html"],
            "Compare" => ["text", "markdown", "csv", "flips", "html"],
            "Export" => ["files", "dataset", "inspect", "lm-eval", "ro-crate"],
            _ => [],
        };
        if (invocation.Format is { } format && !formats.Contains(format))
        {
            errors.Add(formats.Length == 0
                ? Error("--format goes with --target=Compare, --target=Diff and --target=Export only.", "Leave it out.")
                : Error($"{invocation.Target} does not write the format '{format}'.", $"Write one of {string.Join(", ", formats)}."));
        }

        if (invocation.License is { } license && (invocation.Target != "Export" || invocation.Format is not ("dataset" or "ro-crate") || license.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '.'))))
        {
            errors.Add(Error($"--license={Quoted.Of(license)} does not fit.", "It goes with --target=Export --format=dataset or ro-crate, and is a name of the hub, such as cc-by-4.0."));
        }
    }

    private static UserError Error(string message, string hint) => new(message, "command line", hint);
}
