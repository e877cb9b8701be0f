using NaturalThoughts.Experiments;

namespace NaturalThoughts.Build.CommandLine;

/// <summary>
/// A row of the table of verbs and switches: what <c>--target</c> may name, and what may be given with it. The checks, the help, the completions and the
/// hints of error messages are made from it; a test compares docs/commands.md with it.
/// </summary>
/// <param name="Name">The verb; null in the row of tables, cells and the targets below them.</param>
/// <param name="Description">One line of help.</param>
/// <param name="Arguments">What is written without a dash, in brackets where it may be left out; null for nothing.</param>
internal sealed record Verb(VerbName? Name, string Description, string? Arguments = null)
{
    // With every command.
    private static readonly string[] Always = ["target", "verbosity", "completion", "version", "help"];

    // With what is about a profile.
    private static readonly string[] Profile = ["profile", "set", "jobs", "device", "libtorch"];

    // With what runs targets.
    private static readonly string[] Runs = ["cache", "executor", "max-calls", "max-cost", "offline"];

    /// <summary>The row of tables, cells and the targets below them.</summary>
    public static readonly Verb OfTargets = new(null, "makes a table, a cell or a target") { Allows = [.. Profile, .. Runs, "dryrun", "tree", "exclusive"] };

    /// <summary>The rows of verbs, in the order of the help.</summary>
    public static readonly IReadOnlyList<Verb> All =
    [
        new(VerbName.Test, "locked restore, format check, every test, and the tables of smoke from an empty store against results/smoke"),
        new(
            VerbName.Verify,
            "recomputes tables or a cell (default: Table1), or Report with every locked table, and compares with the lock; --accept --reason=\"...\" rewrites "
            + "the locks that are named; --recheck=N does targets twice; --offline FOLDER checks what Export wrote as ro-crate",
            "[TABLE, CELL, Report or FOLDER]")
        {
            Allows = [.. Profile, .. Runs, "dryrun", "tree", "accept", "reason", "from-scratch", "recheck"],
        },
        new(VerbName.Diff, "compares the locked results with those of --against: a git revision or a folder", "[TABLE]")
        {
            Needs = ["against"],
            Allows = [.. Profile, "cache"],
            Formats = ["text", "markdown", "html"],
        },
        new(
            VerbName.Compare,
            "compares runs with the first of them, paired by question: cells, or files and folders of lm-evaluation-harness, Inspect, lighteval, NeMo-Skills, "
            + "MMLU-Pro, CSV: --target=Compare A B [C ...]",
            "A B [C ...]")
        {
            Allows = [.. Profile, "cache", "metric", "benchmark", "match", "map", "common", "repeats", "count"],
            Formats = ["text", "markdown", "csv", "flips", "html"],
        },
        new(
            VerbName.Diagnose,
            "says what may be wrong with students, from what the store holds: plateau, no adaptation, over-generation, a weak domain, memorisation, loops: "
            + "--target=Diagnose Table1/Random/1000/System2 [--to=FOLDER]",
            "[TABLE or CELL ...]")
        {
            Allows = [.. Profile, "cache", "to"],
        },
        new(VerbName.Publish,
            "writes the program with its .NET runtime into a folder, for a machine with PyTorch and without .NET: --to=FOLDER") { Needs = ["to"] },
        new(
            VerbName.Report,
            "writes the profile's tables, figures, answers and targets as one folder of HTML that needs no server and no network: --target=Report "
            + "--profile=smoke [--to=FOLDER]")
        {
            Allows = [.. Profile, "to"],
        },
        new(VerbName.Show, "prints a cell, its run records and example answers: --target=Show Table1/ModelsDisagree/1000/System2",
            "ADDRESS") { Allows = [.. Profile, "cache"] },
        new(
            VerbName.Audit,
            "lets a person judge answers on which grading protocols differ, and scores the protocols: --target=Audit Protocols/Qwen72B --profile=recorded "
            + "[--file=FILE]",
            "ADDRESS")
        {
            Allows = [.. Profile, .. Runs, "file", "count", "author"],
        },
        new(
            VerbName.Export,
            "writes the files of one target into a folder, a student as Transformers and vLLM load it, with --format=dataset its training set, with "
            + "--format=inspect or lm-eval its graded answers, of a table with --format=ro-crate all that others need to check it: --target=Export "
            + "Table1/Random/1000/System2/seed1 --to=FOLDER",
            "ADDRESS")
        {
            Needs = ["to"],
            Allows = [.. Profile, .. Runs, "license"],
            Formats = ["files", "dataset", "inspect", "lm-eval", "ro-crate"],
        },
        new(
            VerbName.Fetch,
            "gets files of benchmarks from the hub into the data folder: --target=Fetch MMLU-Pro, or OWNER/NAME@REVISION:PATH; token and address: HF_TOKEN, "
            + "HF_ENDPOINT", "NAME..."),
        new(
            VerbName.Serve,
            "puts a student (a target or a Hugging Face folder) or --models=world behind an OpenAI-compatible endpoint until it is interrupted; --port, "
            + "--host, --faults; a key: NATURALTHOUGHTS_SERVE_KEY in the environment",
            "ADDRESS or FOLDER")
        {
            Allows = [.. Profile, "cache", "models", "host", "port", "faults"],
        },
        new(VerbName.Status, "lists targets: cached, stale (why) or missing, with time and size: --target=Status [TABLE or address]",
            "[ADDRESS]") { Allows = [.. Profile, "cache"] },
        new(
            VerbName.Bench,
            "runs benchmarks and checks of bench/ and fails where a value crosses its bound in bench/baselines.yaml; lists them without a name: "
            + "--target=Bench noop",
            "[NAME ...]"),
        new(VerbName.Gc,
            "frees the store of what neither locks nor the last runs need; --keep=K, --weights, --dryrun lists it")
            {
                Allows = [.. Profile, "dryrun", "keep", "weights"],
            },
        new(VerbName.Doctor,
            "says what is installed and whether it is sound: libtorch, numerics class, disk, store (--full reads all of it), shared cache")
            {
                Allows = [.. Profile, "cache", "full"],
            },
        new(VerbName.Clean, "deletes the store of this checkout; results/ stays"),
    ];

    /// <summary>Switches that must be given.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>Switches that may be given, besides those of every command.</summary>
    public IReadOnlyList<string> Allows { get; init; } = [];

    /// <summary>The values of <c>--format</c>, the default first; empty where it is not taken.</summary>
    public IReadOnlyList<string> Formats { get; init; } = [];

    /// <summary>The row of what a command line names: a verb, or a target.</summary>
    /// <param name="target">The value of <c>--target</c>; null where there is none.</param>
    public static Verb Of(string? target) => All.FirstOrDefault(verb => verb.Name.ToString() == target) ?? OfTargets;

    /// <summary>The names of the verbs that take a switch, in alphabetical order.</summary>
    public static IReadOnlyList<string> Taking(string name) => Sorted(verb => verb.Takes(name));

    /// <summary>The names of the verbs that fit, in alphabetical order.</summary>
    public static IReadOnlyList<string> Sorted(Func<Verb, bool> fits) =>
        [.. All.Where(fits).Select(verb => verb.Name.ToString()!).Order(StringComparer.Ordinal)];

    /// <summary>Whether a switch may be given with it.</summary>
    public bool Takes(string name) => Always.Contains(name) || Needs.Contains(name) || Allows.Contains(name) || (name == "format" && Formats.Count > 0);
}
