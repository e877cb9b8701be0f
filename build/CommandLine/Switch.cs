using NaturalThoughts.Pipeline.Graph;

namespace NaturalThoughts.Build.CommandLine;

/// <summary>One switch of the command line.</summary>
/// <param name="Name">The long name, without dashes.</param>
/// <param name="Value">What its value is called in the help; null for a flag.</param>
/// <param name="Help">One line of help.</param>
/// <param name="Short">A one-letter form; null for none.</param>
internal sealed record Switch(string Name, string? Value, string Help, string? Short = null)
{
    /// <summary>What a flag may be given as its value; empty for nothing.</summary>
    public IReadOnlyList<string> Forms { get; init; } = [];

    /// <summary>Every switch, in the order of the help.</summary>
    public static readonly IReadOnlyList<Switch> All =
    [
        new("target", "NAME", "what to make: a verb, a table, a cell such as Table1/Random/1000/System2, or any target below it", "t"),
        new("profile", "NAME", "the profile under experiments/profiles (default: mini)"),
        new("set", "KEY=VALUE", "replace a value of the profile, such as sft.learningRate=1e-3; may be given several times; results/PROFILE@KEY=VALUE/ holds what comes out"),
        new("jobs", "N", "targets that run side by side (default: the number of cores); never changes a result"),
        new("device", "cpu|cuda", "where tensors live (default: cpu)"),
        new("libtorch", "FOLDER|python", "the libtorch of an installed PyTorch, of a folder or the one that python3 finds, in place of NuGet's"),
        new("cache", "DIR|URL", "take what others ran from a folder or an HTTP cache, and give it what runs here; credentials: NATURALTHOUGHTS_CACHE_TOKEN, or _USER and _PASSWORD, in the environment"),
        new("max-calls", "N", "the most calls of models behind endpoints that this run sends; what is finished is kept"),
        new("max-cost", "X", "the most that these calls may cost, by the prices in the profile"),
        new("offline", null, "send no call: stages answer from kept calls alone; with Verify FOLDER: check a folder of --format=ro-crate from its own files"),
        new("executor", "local|slurm", "where targets run: on this machine (default), or as jobs of a Slurm cluster; never changes a result"),
        new("explain", "NAME", "say what would run for NAME, and why (the first differing part of the key); runs nothing"),
        new("dryrun", null, "list what is a hit, will run or may run for the target, why, and what it would cost; runs nothing"),
        new("tree", null, "print the graph of the target, shared nodes once; --tree=mermaid or --tree=dot as a document for others to lay out") { Forms = TargetDrawing.Known },
        new("description", null, "list verbs, tables and cells with their descriptions"),
        new("exclusive", null, "run the named target alone; refuses unless everything that it needs is cached", "e"),
        new("accept", null, "with Verify: rewrite the lock with what was computed; needs --reason"),
        new("reason", "TEXT", "with --accept: why the new values are right; kept in the lock"),
        new("keep", "K", "with Gc: what the last K runs of each target used stays (default: 1)"),
        new("weights", null, "with Gc: the weights behind locked grades stay, too"),
        new("full", null, "with Doctor: read every object of the store and remove the damaged ones"),
        new("from-scratch", null, "with Verify: recompute everything in an empty store, which is removed afterwards"),
        new("recheck", "N", "with Verify: execute N cached targets again, drawn at random, and compare every byte; compares no lock"),
        new("against", "PLACE", "with Diff: a git revision, another checkout, or a folder of results"),
        new("metric", "NAME", "with Compare: the metric or protocol to compare by (default: the first that all runs have)"),
        new("benchmark", "NAME,...", "with Compare: compare these benchmarks only"),
        new("match", "any|id|text", "with Compare: how questions of two runs are found to be the same (default: any)"),
        new("map", "FIELDS", "with Compare: where what stands in files of no known format, such as id=question_id,correct=is_right,answer=pred,tokens=n"),
        new("common", null, "with Compare: compare only the benchmarks, questions and repeats that all runs have; without, others are an error"),
        new("repeats", null, "with Compare: several files of a benchmark in a folder are repeats of one run"),
        new("to", "FOLDER", "with Export, Publish, Report and Diagnose: the folder to write, new or empty (Report: .cache/report/PROFILE, Diagnose: .cache/diagnose/PROFILE if not given)"),
        new("format", "FORM", "with Diff: text (default), markdown or html; with Compare also csv, and flips for every flipped question as CSV; with Export: files (default), dataset for a training set as a Hugging Face dataset, inspect or lm-eval for graded answers, ro-crate for a table that others check offline"),
        new("license", "ID", "with Export --format=dataset or ro-crate: the licence that the card states, as the hub names it"),
        new("models", "world", "with Serve: the embedded world's teacher, second model, annotator and judge, as the profile names the world"),
        new("host", "ADDRESS", "with Serve: the IP address to listen on (default: 127.0.0.1); any but loopback needs a key"),
        new("port", "N", "with Serve: the port (default: 8080); 0 for any that is free"),
        new("faults", "SHARE", "with Serve: the share of requests, 0 to 1, that are answered wrongly on purpose, for tests of callers"),
        new("file", "FILE", "with Audit: write the drawn answers to a file; once it is filled in, the same command reads the verdicts"),
        new("count", "N", "with Audit: answers to draw (default: 20); with Compare: flipped questions to list (default: 20, html: all)"),
        new("author", "NAME", "with Audit: who reads (default: the user's name)"),
        new("verbosity", "LEVEL", "quiet, minimal, normal, verbose or diagnostic (default: normal)", "v"),
        new("completion", null, "print a script by which bash or zsh completes this command line: source <(./build.sh --completion)"),
        new("version", null, "print the version"),
        new("help", null, "print this help", "h"),
    ];
}
