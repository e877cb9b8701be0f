using System.Text.RegularExpressions;
using NaturalThoughts.Build.Tests.Host;

namespace NaturalThoughts.Build.Tests;

/// <summary>Rules for the rooms: which other rooms one references, and that the folders in it import each other in one direction.</summary>
public sealed partial class SourceRulesRoomsTests
{
    private static readonly string Root = HostFolder.Repository;

    public static TheoryData<string> Rooms =>
        ["build", .. Directory.EnumerateDirectories(Path.Combine(Root, "src")).Select(path => "src/" + Path.GetFileName(path))];

    [Fact]
    public void Should_PointDown_When_RoomsReferenceEachOther()
    {
        // The arrows of docs/architecture.md; a stage library that referenced Pipeline would retrain students on an edit of the store.
        string map = File.ReadAllText(Path.Combine(Root, "docs/architecture.md"));
        Dictionary<string, string> allowed = Regex.Matches(map, @"^\| `src/(\w+)` \|.*\| ([^|]+) \|$", RegexOptions.Multiline | RegexOptions.CultureInvariant)
            .ToDictionary(row => row.Groups[1].Value, row => row.Groups[2].Value, StringComparer.Ordinal);
        Assert.Equal("Contracts", allowed["Pipeline"]);
        foreach ((string room, string may) in allowed.Where(row => row.Value != "all below"))
        {
            string project = File.ReadAllText(Path.Combine(Root, "src", room, $"NaturalThoughts.{room}.csproj"));
            Assert.Empty(
                Regex.Matches(project, @"NaturalThoughts\.(\w+)\.csproj").Select(match => match.Groups[1].Value).Except(may.Split(", "))
                    .Select(other => $"{room} -> {other}"));
        }
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Should_PointDown_When_FoldersOfARoomImportEachOther(string room) => Assert.Empty(Circle(Imports(room)));

    [Fact]
    public void Should_SeeThem_When_FoldersImportEachOther()
    {
        Dictionary<string, HashSet<string>> student = Imports("src/Student");

        Assert.Contains("Kernels", student["Processor"]);
        Assert.Contains("Torch.Cuda", student["Torch"]);
        Assert.Empty(student["Kernels"]);
        Assert.Equal(
            ["A -> B", "B -> C", "C -> A"],
            Circle(new() { ["A"] = ["B"], ["B"] = ["C"], ["C"] = ["A", "Below"], ["Below"] = [], ["Above"] = ["A"] }));
    }

    // Which folders of a room its folders import: by a using, by names such as Torch.TorchLayers, or by naming a type of a folder
    // around them. The files beside the folders belong to all of them.
    private static Dictionary<string, HashSet<string>> Imports(string room)
    {
        string path = Path.Combine(Root, room);
        string space = "NaturalThoughts." + char.ToUpperInvariant(Path.GetFileName(room)[0]) + Path.GetFileName(room)[1..];
        Dictionary<string, string[]> folders = Directory.EnumerateFiles(path, "*.cs", SearchOption.AllDirectories)
            .GroupBy(file => Path.GetRelativePath(path, Path.GetDirectoryName(file)!).Replace('/', '.'), StringComparer.Ordinal)
            .Where(folder => folder.Key != "." && folder.Key.Split('.')[0] is not ("obj" or "bin"))
            .ToDictionary(folder => folder.Key, folder => folder.ToArray(), StringComparer.Ordinal);
        Regex import = new($@"^using (?:static )?{Regex.Escape(space)}\.([\w.]+)", RegexOptions.Multiline | RegexOptions.CultureInvariant);
        (string Folder, Regex Name)[] qualified = [.. folders.Select(folder => (folder.Key, Qualified(folder.Key, folder.Value)))];
        Dictionary<string, Regex> declared = folders.ToDictionary(folder => folder.Key, folder => Declared(folder.Value), StringComparer.Ordinal);
        return folders.ToDictionary(
            folder => folder.Key,
            folder => folder.Value.Select(file => Comments().Replace(File.ReadAllText(file), ""))
                .SelectMany(text => import.Matches(text).Select(match => Imported(match.Groups[1].Value))
                    .Concat(qualified.Where(item => item.Name.IsMatch(text)).Select(item => item.Folder))
                    .Concat(Around(folder.Key).Where(outer => declared.TryGetValue(outer, out Regex? types) && types.IsMatch(text))))
                .Where(other => other != folder.Key)
                .ToHashSet(StringComparer.Ordinal),
            StringComparer.Ordinal);

        // A using static also names the type.
        string Imported(string name) =>
            folders.Keys.Where(folder => name == folder || name.StartsWith(folder + ".", StringComparison.Ordinal)).MaxBy(folder => folder.Length) ?? name;
    }

    // A name that begins with the folder, such as Torch.TorchLayers: of a type that has a file there.
    private static Regex Qualified(string folder, string[] files)
    {
        IEnumerable<string> types = files.Select(file => Path.GetFileName(file).Split('.')[0]).Distinct();
        return new Regex($@"(?<=[ (<,!]){Regex.Escape(folder)}\.({string.Join('|', types)})\b", RegexOptions.CultureInvariant);
    }

    // The folders around a folder: what they declare needs no import there.
    private static IEnumerable<string> Around(string folder) =>
        Enumerable.Range(0, folder.Length).Where(at => folder[at] == '.').Select(at => folder[..at]);

    // The types that have a file in a folder.
    private static Regex Declared(string[] files) => new(
        $@"(?<![\w.""])({string.Join('|', files.Select(file => Path.GetFileName(file).Split('.')[0]).Distinct())})\b(?!"")",
        RegexOptions.CultureInvariant);

    // Folders that import none of the rest are taken away, then those that none of the rest imports, until only circles are left.
    private static string[] Circle(Dictionary<string, HashSet<string>> imports)
    {
        Dictionary<string, HashSet<string>> rest = new(imports, StringComparer.Ordinal);
        while (rest.Keys.Where(folder => !rest[folder].Any(rest.ContainsKey) || !rest.Values.Any(others => others.Contains(folder)))
            .ToArray() is { Length: > 0 } ends)
        {
            Array.ForEach(ends, folder => rest.Remove(folder));
        }

        return
        [
            .. rest.OrderBy(item => item.Key, StringComparer.Ordinal)
                .Select(item => $"{item.Key} -> {string.Join(", ", item.Value.Where(rest.ContainsKey).Order(StringComparer.Ordinal))}"),
        ];
    }

    [GeneratedRegex("//.*", RegexOptions.CultureInvariant)]
    private static partial Regex Comments();
}
