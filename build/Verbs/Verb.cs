namespace NaturalThoughts.Build.Verbs;

/// <summary>A word that <c>--target</c> takes beside tables, cells and targets.</summary>
internal static class Verb
{
    /// <summary>Every verb with one line of description. YAML may not use these names.</summary>
    public static readonly IReadOnlyList<(string Name, string Description)> All =
    [
        ("Test", "locked restore, format check, every test, and the smoke Table 1 from an empty store against results/smoke"),
        ("Verify", "recomputes tables or a cell (default: Table1), or Report, and compares with the lock; --accept --reason=\"...\" rewrites it; --recheck=N does targets twice; --offline FOLDER checks a folder of Export --format=ro-crate"),
        ("Diff", "compares the locked results with those of --against: a git revision or a folder; --format=text|markdown|html"),
        ("Compare", "compares runs with the first of them, paired by question: cells, or files and folders of lm-evaluation-harness, Inspect, lighteval, NeMo-Skills, MMLU-Pro, CSV: --target=Compare A B [C ...]; --format=text|markdown|csv|flips|html"),
        ("Diagnose", "says what may be wrong with students, from what the store holds: plateau, no adaptation, over-generation, a weak domain, memorisation, loops: --target=Diagnose Table1/Random/1000/System2 [--to=FOLDER]"),
        ("Publish", "writes the program with its .NET runtime into a folder, for a machine with PyTorch and without .NET: --to=FOLDER"),
        ("Report", "writes the profile's tables, figures, answers and targets as one folder of HTML that needs no server and no network: --target=Report --profile=smoke [--to=FOLDER]"),
        ("Show", "prints a cell, its run records and example answers: --target=Show Table1/ModelsDisagree/1000/System2"),
        ("Audit", "lets a person judge answers on which grading protocols differ, and scores the protocols: --target=Audit Protocols/Qwen72B --profile=recorded [--file=FILE]"),
        ("Export", "writes the files of one target into a folder, a student as Transformers and vLLM load it, with --format=dataset its training set, with --format=inspect or lm-eval its graded answers, of a table with --format=ro-crate all that others need to check it: --target=Export Table1/Random/1000/System2/seed1 --to=FOLDER"),
        ("Fetch", "gets files of benchmarks from the hub into the data folder: --target=Fetch MMLU-Pro, or OWNER/NAME@REVISION:PATH; token and address: HF_TOKEN, HF_ENDPOINT"),
        ("Serve", "puts a student (a target or a Hugging Face folder) or --models=world behind an OpenAI-compatible endpoint until it is interrupted; --port, --host, --faults; a key: NATURALTHOUGHTS_SERVE_KEY in the environment"),
        ("Status", "lists targets: cached, stale (why) or missing, with time and size: --target=Status [TABLE or address]"),
        ("Gc", "frees the store of what neither locks nor the last runs need; --keep=K, --weights, --dryrun lists it"),
        ("Doctor", "says what is installed and whether it is sound: libtorch, numerics class, disk, store (--full reads all of it), shared cache"),
        ("Clean", "deletes the store of this checkout; results/ stays"),
    ];
}
