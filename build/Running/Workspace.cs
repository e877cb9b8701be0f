using NaturalThoughts.Contracts;

namespace NaturalThoughts.Build.Running;

/// <summary>The folders of a checkout.</summary>
/// <param name="Root">The folder that holds experiments/ and results/.</param>
/// <param name="Store">The object store.</param>
internal sealed record Workspace(string Root, string Store)
{
    /// <summary>The environment variable that names another checkout than the host's own.</summary>
    public const string RootVariable = "NATURALTHOUGHTS_ROOT";

    /// <summary>The environment variable that names another store than <c>.cache/store</c>.</summary>
    public const string StoreVariable = "NATURALTHOUGHTS_STORE";

    /// <summary>The environment variable that names another folder of benchmarks' data than <c>data</c> of the checkout.</summary>
    public const string DataVariable = "NATURALTHOUGHTS_DATA";

    /// <summary>The folder from which paths in YAML count: a job on a cluster has a copy of the YAML, not of the checkout.</summary>
    public string Checkout { get; init; } = Root;

    /// <summary>The folder of benchmarks' data.</summary>
    public string? Data { get; init; }

    /// <summary>The folder of finished calls of remote models; null for the store's own.</summary>
    public string? Calls { get; init; }

    /// <summary>The folder of the numerics probes' digests.</summary>
    public string Probes => Store + ".probes";

    /// <summary>What is known of files outside of the store, beside the probes of this machine.</summary>
    public string SourceDigests => Path.Combine(Probes, "sources");

    /// <summary>Logs of training for TensorBoard, a folder for each profile and address. No result depends on them.</summary>
    public string Logs => Store + ".tensorboard";

    /// <summary>Copies of students while they are loaded to be served.</summary>
    public string Served => Store + ".serving";

    /// <summary>The folder of YAML files.</summary>
    public string Experiments => Path.Combine(Root, "experiments");

    /// <summary>The folder of a profile's locked results.</summary>
    public string Results(string profile) => Path.Combine(Root, "results", profile);

    /// <summary>Where the compiled host lies, and identity.json beside it.</summary>
    public static string Binaries => AppContext.BaseDirectory;

    /// <summary>The checkout that this host was built in, or the one that the environment names.</summary>
    /// <exception cref="UserErrorException">No folder with experiments/ is found.</exception>
    public static Workspace Find()
    {
        string? root = Environment.GetEnvironmentVariable(RootVariable);
        if (string.IsNullOrEmpty(root))
        {
            DirectoryInfo? folder = new(Binaries);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "NaturalThoughts.slnx")))
            {
                folder = folder.Parent;
            }

            root = folder?.FullName;
        }
        else
        {
            root = Path.GetFullPath(root);
        }

        if (root is null || !Directory.Exists(Path.Combine(root, "experiments")))
        {
            throw new UserErrorException(
                $"No checkout with a folder experiments/ at '{root ?? Binaries}'.",
                RootVariable,
                "Run build.sh of a checkout, or set the variable to one.");
        }

        string? store = Environment.GetEnvironmentVariable(StoreVariable), data = Environment.GetEnvironmentVariable(DataVariable);
        return new Workspace(root, string.IsNullOrEmpty(store) ? Path.Combine(root, ".cache", "store") : Path.GetFullPath(store))
        {
            Data = string.IsNullOrEmpty(data) ? null : Path.GetFullPath(data),
        };
    }
}
