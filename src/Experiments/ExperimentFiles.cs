using NaturalThoughts.Contracts;

namespace NaturalThoughts.Experiments;

/// <summary>Where experiments are declared.</summary>
/// <param name="folder">The repository's folder experiments, or a copy of it.</param>
/// <param name="root">The checkout's root; null for the folder that holds <paramref name="folder"/>.</param>
/// <param name="data">The folder of benchmarks' data; null for <c>data</c> of the root.</param>
public sealed class ExperimentFiles(string folder, string? root = null, string? data = null)
{
    /// <summary>What the folder is called in messages.</summary>
    public const string Folder = "experiments";

    private const string DataPrefix = "data/";

    /// <summary>The checkout's root, from which paths in YAML count.</summary>
    public string Root => root ?? Path.GetDirectoryName(Path.GetFullPath(folder))!;

    /// <summary>The folder from which the paths of benchmarks' data count.</summary>
    public string Data => data ?? Path.Combine(Root, "data");

    /// <summary>
    /// The whole path of a file that YAML names from the checkout's root. What is called <c>data/...</c> and is not there is meant below
    /// <see cref="Data"/>.
    /// </summary>
    public string Find(string path)
    {
        string here = Path.GetFullPath(path, Root);
        return path.StartsWith(DataPrefix, StringComparison.Ordinal) && !Path.Exists(here) ? Path.GetFullPath(path[DataPrefix.Length..], Data) : here;
    }

    /// <summary>Names of the profiles, in ordinal order.</summary>
    public IReadOnlyList<string> Profiles => Names("profiles");

    /// <summary>Names of the tables' files, those that only some profiles have left out, in ordinal order.</summary>
    public IReadOnlyList<string> Tables => [.. Names("tables").Where(name => !name.Contains('.', StringComparison.Ordinal))];

    /// <summary>What tables of some profiles have behind their name: <c>paper</c> of <c>Table1.paper.yaml</c>; in ordinal order.</summary>
    public IReadOnlyList<string> TableVariants =>
        [.. Names("tables").Where(name => name.Contains('.', StringComparison.Ordinal))
            .Select(name => name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..]).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>
    /// What is missing and may be, where a plan is only looked at: each with where it is named and what to do. Null where a missing file is an error.
    /// </summary>
    public ICollection<UserError>? Missing { get; init; }

    /// <summary>Names of the tables of one of <see cref="TableVariants"/>, without it.</summary>
    public IReadOnlyList<string> TablesOf(string variant) =>
        [.. Names("tables").Where(name => name.EndsWith("." + variant, StringComparison.Ordinal)).Select(name => name[..^(variant.Length + 1)])
            .Where(name => !name.Contains('.', StringComparison.Ordinal))];

    /// <summary>Names of the benchmarks' files, in ordinal order.</summary>
    public IReadOnlyList<string> Benchmarks => Names("benchmarks");

    /// <summary>
    /// Names of the files of findings that are there: <c>findings.yaml</c>, and <c>findings.smoke.yaml</c> for one profile; in ordinal order.
    /// </summary>
    public IReadOnlyList<string> Findings =>
        [.. FolderFiles.In(folder, "findings*.yaml").Select(path => Path.GetFileName(path)).Where(IsFindings).Order(StringComparer.Ordinal)];

    /// <summary>The name of a profile's file of findings, or of that for all profiles that have none of their own.</summary>
    public static string FindingsOf(string? profile) => profile is null ? "findings.yaml" : $"findings.{profile}.yaml";

    /// <summary>All files that a plan may depend on, with forward slashes, as messages show them, in ordinal order.</summary>
    public IReadOnlyList<string> All =>
    [
        .. new[] { ("benchmarks", "*.yaml"), ("profiles", "*.yaml"), ("prompts", "*.txt"), ("prompts/benchmarks", "*.txt"), ("tables", "*.yaml") }
            .SelectMany(part => Files(part.Item1, part.Item2))
            .Concat(Findings.Select(file => $"{Folder}/{file}"))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The path of a file below <see cref="Folder"/>.</summary>
    public string PathOf(string name) => Path.Combine(folder, name);

    private static bool IsFindings(string file) => file == FindingsOf(null) || file.Split('.') is ["findings", _, "yaml"];

    private List<string> Names(string part) =>
        [.. Files(part, "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal)];

    private IEnumerable<string> Files(string part, string pattern) =>
        FolderFiles.In(PathOf(part), pattern).Select(path => $"{Folder}/{part}/{Path.GetFileName(path)}");
}
