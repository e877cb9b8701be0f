using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Reporting.Tables;

namespace NaturalThoughts.Build.CommandLine;

/// <summary>One switch of the command line. Which verbs take it is in the rows of <see cref="Verb"/>.</summary>
/// <param name="Name">The long name, without dashes.</param>
/// <param name="Value">What its value is called in the help; null for a flag.</param>
/// <param name="Help">One line of help; the verbs that it goes with are put before it.</param>
/// <param name="Short">A one-letter form; null for none.</param>
internal sealed record Switch(string Name, string? Value, string Help, string? Short = null)
{
    private const string One = "Give one of them.";
    private const string CallsNothing = ", which calls no models";
    private const string OfCache = "It is for what reads or writes results of targets.";
    private static readonly Apart NothingRuns = new("Leave it out.", "executor", "max-calls", "max-cost", "offline");
    private static readonly Apart NothingIsRead = new(OfCache, "cache");

    /// <summary>Every switch, in the order of the help.</summary>
    public static readonly IReadOnlyList<Switch> All =
    [
        new("target", "NAME", "what to make: a verb, a table, a cell such as Table1/Random/1000/System2, or any target below it", "t"),
        new("profile", "NAME", "the profile under experiments/profiles (default: mini)"),
        new(
            "set", "KEY=VALUE",
            "replace a value of the profile, such as sft.learningRate=1e-3; may be given several times; results/PROFILE@KEY=VALUE/ holds what comes out"),
        new("jobs", "N", "targets that run side by side (default: the number of cores); never changes a result"),
        new("device", "cpu|cuda", "where tensors live (default: cpu)"),
        new("libtorch", "FOLDER|python", "the libtorch of an installed PyTorch, of a folder or the one that python3 finds, in place of NuGet's"),
        new(
            "cache", "DIR|URL",
            "take what others ran from a folder or an HTTP cache, and give it what runs here; credentials: NATURALTHOUGHTS_CACHE_TOKEN, or _USER and "
            + "_PASSWORD, in the environment")
        {
            Hint = OfCache,
        },
        new("max-calls", "N", "the most calls of models behind endpoints that this run sends; what is finished is kept") { Because = CallsNothing },
        new("max-cost", "X", "the most that these calls may cost, by the prices in the profile") { Because = CallsNothing },
        new("offline", null, "send no call: stages answer from kept calls alone; with Verify FOLDER: check a folder of --format=ro-crate from its own files")
        {
            Because = CallsNothing,
            Without = [new(One, "max-calls", "max-cost")],
        },
        new("executor", "local|slurm", "where targets run: on this machine (default), or as jobs of a Slurm cluster; never changes a result")
        {
            Because = ", which runs no targets",
            Without = [new("The jobs share the store on the shared folder.", "cache")],
        },
        new("explain", "NAME", "say what would run for NAME, and why (the first differing part of the key); runs nothing")
        {
            IsLook = true,
            IsAlone = true,
            Without = [NothingRuns],
        },
        new("dryrun", null, "list what is a hit, will run or may run for the target, why, and what it would cost; runs nothing")
        {
            Hint = "Status and Doctor say what is there.",
            IsLook = true,
            Without = [NothingRuns],
        },
        new("tree", null, "print the graph of the target, shared nodes once; --tree=mermaid or --tree=dot as a document for others to lay out")
        {
            Forms = TargetDrawing.Known,
            IsLook = true,
            Without = [NothingRuns, NothingIsRead],
        },
        new("description", null, "list verbs, tables and cells with their descriptions")
        {
            IsLook = true,
            IsAlone = true,
            Without = [NothingRuns, NothingIsRead],
        },
        new("exclusive", null, "run the named target alone; refuses unless everything that it needs is cached", "e"),
        new("accept", null, "rewrite the lock with what was computed; needs --reason")
        {
            Hint = "Write --target=Verify TABLE --accept --reason=\"why the new values are right\".",
        },
        new("reason", "TEXT", "why the new values are right; kept in the lock") { Of = "accept" },
        new("keep", "K", "what the last K runs of each target used stays (default: 1)"),
        new("weights", null, "the weights behind locked grades stay, too"),
        new("full", null, "read every object of the store and remove the damaged ones"),
        new("from-scratch", null, "recompute everything in an empty store, which is removed afterwards")
        {
            Without = [new("Leave --cache out: from scratch takes nothing from others.", "cache"), new(One, "dryrun", "tree")],
        },
        new("recheck", "N", "execute N cached targets again, drawn at random, and compare every byte; compares no lock")
        {
            Without = [new(One, "accept", "from-scratch", "dryrun", "tree")],
        },
        new("against", "REVISION|FOLDER", "a git revision, another checkout, or a folder of results"),
        new("metric", "NAME", "the metric or protocol to compare by (default: the first that all runs have)"),
        new("benchmark", "NAMES", "compare these benchmarks only, separated by commas"),
        new("match", "any|id|text", "how questions of two runs are found to be the same (default: any)"),
        new("map", "FIELDS", "where what stands in files of no known format, such as id=question_id,correct=is_right,answer=pred,tokens=n"),
        new("common", null, "compare only the benchmarks, questions and repeats that all runs have; without, others are an error"),
        new("repeats", null, "several files of a benchmark in a folder are repeats of one run"),
        new("to", "FOLDER", "the folder to write, new or empty (Report: .cache/report/PROFILE, Diagnose: .cache/diagnose/PROFILE if not given)"),
        new(
            "format", "FORM",
            "the first if not given; flips are the flipped questions as CSV, dataset is a training set as a Hugging Face dataset, inspect and lm-eval are "
            + "graded answers, ro-crate is a table that others check offline"),
        new("license", "ID", "the licence that the card of --format=dataset or ro-crate states, as the hub names it"),
        new("models", "world", "the embedded world's teacher, second model, annotator and judge, as the profile names the world")
        {
            Without = [new("The world's models need no results of targets.", "cache")],
        },
        new("host", "ADDRESS", "the IP address to listen on (default: 127.0.0.1); any but loopback needs a key"),
        new("port", "N", "the port (default: 8080); 0 for any that is free"),
        new("faults", "SHARE", "the share of requests, 0 to 1, that are answered wrongly on purpose, for tests of callers"),
        new("file", "FILE", "write the drawn answers to a file; once it is filled in, the same command reads the verdicts"),
        new("count", "N", "answers that Audit draws, flipped questions that Compare lists (default: 20; all in html)"),
        new("author", "NAME", "who reads (default: the user's name)"),
        new("verbosity", "LEVEL", "quiet, minimal, normal, verbose or diagnostic (default: normal)", "v"),
        new("completion", null, "print a script by which bash or zsh completes this command line: source <(./build.sh --completion)"),
        new("version", null, "print the version"),
        new("help", null, "print this help", "h"),
    ];

    /// <summary>What a flag may be given as its value; empty for nothing.</summary>
    public IReadOnlyList<string> Forms { get; init; } = [];

    /// <summary>What to do where it does not go with a verb; null for what follows from the verbs' rows.</summary>
    public string? Hint { get; init; }

    /// <summary>Why it does not go with a verb or another switch, as the end of that sentence.</summary>
    public string Because { get; init; } = "";

    /// <summary>Whether it looks at the plan and runs nothing.</summary>
    public bool IsLook { get; init; }

    /// <summary>Whether it is written instead of a target.</summary>
    public bool IsAlone { get; init; }

    /// <summary>The switch that it adds to, and goes with alone; null for none.</summary>
    public string? Of { get; init; }

    /// <summary>Switches that it does not go with.</summary>
    public IReadOnlyList<Apart> Without { get; init; } = [];

    /// <summary>The switch with a name.</summary>
    public static Switch Find(string name) => All.First(item => item.Name == name);

    /// <summary>As it is written, with its value.</summary>
    public string Usage => "--" + Name + (Value is null ? "" : "=" + Value);

    /// <summary>The help with the verbs or the switch that it goes with, where targets do not take it.</summary>
    public string FullHelp
    {
        get
        {
            string[] with = Of is not null ? ["--" + Of]
                : IsAlone || Verb.OfTargets.Takes(Name) ? []
                : Name == "format" ? [.. Verb.Sorted(verb => verb.Formats.Count > 0).Select(name => $"{name} {Listed.Of(Verb.Of(name).Formats, "or")}")]
                : [.. Verb.Taking(Name)];
            return (with.Length == 0 ? "" : $"with {(Name == "format" ? string.Join("; with ", with) : Listed.Of(with))}: ") + Help;
        }
    }
}
