using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Code;
using NaturalThoughts.Pipeline.Keys;

namespace NaturalThoughts.Pipeline.Tests.Code;

public sealed class CodeIdentityTests : IDisposable
{
    private const string Name = "NaturalThoughts.Tiny";

    private const string One = """
        using System; using System.Linq; using System.Collections.Generic;
        namespace Tiny;
        public sealed record Row(string Id, int Count);
        public static class Limits { public const int Most = 10; internal static int Helper(int x) => x + 1; }
        public partial class Work
        {
            private static readonly int[] Table = [1, 2, 3, 4, 5, 6, 7];
            public IEnumerable<int> Few(int[] x) { foreach (int i in x) { if (i < Limits.Most) yield return Limits.Helper(i); } }
            public string Name(IEnumerable<Row> rows) { int n = Table[2]; return string.Join("-", rows.Where(r => r.Count > n).Select(r => new { r.Id, N = r.Count + n }).Select(a => a.Id + a.N)); }
        }
        public static class Numbers { public static int Whole(int x) => x + 70_000; public static long Long(long x) => x + 7_000_000_000; public static double Real(double x) => x + 0.5; public static float Single(float x) => x + 0.75f; }
        file class Hidden { public int A() => 1; }
        """;

    private const string Two = """
        using System; using System.Linq; using System.Threading.Tasks;
        namespace Tiny;
        public partial class Work
        {
            public async Task<int> Slow(int k) { await Task.Delay(k); Func<int, int> f = x => x * k; return Local(f(3)); int Local(int y) => y + k; }
            public object Pair(int q) => new { Q = q, Text = "pair", Hidden = new Hidden().B() };
        }
        file class Hidden { public double B() => 0.25; }
        """;

    private static readonly Lazy<LibraryIdentity> Plain = new(() =>
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("nt-code-");
        LibraryIdentity identity = CodeIdentity.Compute(
            Compiler.Compile(folder.FullName, Name, [("One.cs", One), ("Two.cs", Two)]), folder.FullName).Find(Name)!;
        folder.Delete(recursive: true);
        return identity;
    });

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nt-code-");
    private int _count;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Should_KeepItsDigest_When_OnlyCommentsLinesFoldersOrOrderChange()
    {
        LibraryIdentity plain = Plain.Value;
        LibraryIdentity commented = Identity(
            ("One.cs", "// A comment.\n\n\n" + One.Replace("public string", "/* why */\n\n public string", StringComparison.Ordinal)), ("Two.cs", Two));
        LibraryIdentity swapped = Identity(("Two.cs", Two), ("One.cs", One));

        Assert.Equal(plain.Types, commented.Types);
        Assert.Equal(plain.Types, swapped.Types);
        Assert.Equal(plain.Digest, swapped.Digest);
        Assert.Contains(Name + "/Tiny.Row", plain.Types.Keys);
    }

    [Theory]
    [InlineData("x + 1", "x + 2", "Tiny.Limits")]
    [InlineData("Most = 10", "Most = 11", "Tiny.Limits,Tiny.Work")]
    [InlineData("4, 5, 6, 7", "4, 5, 6, 8", "<PrivateImplementationDetails>,Tiny.Work")]
    [InlineData("70_000", "70_001", "Tiny.Numbers")]
    [InlineData("7_000_000_000", "7_000_000_001", "Tiny.Numbers")]
    [InlineData("x + 0.5", "x + 0.25", "Tiny.Numbers")]
    [InlineData("0.75f", "0.125f", "Tiny.Numbers")]
    [InlineData("\"-\"", "\"_\"", "Tiny.Work")]
    [InlineData("r.Count > n", "r.Count >= n", "Tiny.Work")]
    [InlineData("string Id, int Count", "int Count, string Id", "Tiny.Row")]
    public void Should_NameTheType_When_ItsCodeChanges(string old, string replacement, string types)
    {
        LibraryIdentity before = Plain.Value;
        LibraryIdentity after = Identity(("One.cs", One.Replace(old, replacement, StringComparison.Ordinal)), ("Two.cs", Two));

        IEnumerable<string> changed = before.Types.Keys.Union(after.Types.Keys)
            .Where(type => !before.Types.TryGetValue(type, out ContentHash a) || !after.Types.TryGetValue(type, out ContentHash b) || a != b)
            .Select(type => type[(Name.Length + 1)..]);
        Assert.Equal(types.Split(','), changed.Order(StringComparer.Ordinal));
        Assert.NotEqual(before.Digest, after.Digest);
    }

    [Fact]
    public void Should_SeeReferencesPackagesAndResources()
    {
        CodeIdentity identity = CodeIdentity.Compute(AppContext.BaseDirectory, SourceRoot());
        LibraryIdentity pipeline = identity.Find("NaturalThoughts.Pipeline")!;
        string path = Path.Combine(_folder.FullName, "identity.json");
        identity.Save(path);

        Assert.Equal(["NaturalThoughts.Contracts"], pipeline.References);
        Assert.Contains("NaturalThoughts.Contracts/NaturalThoughts.Contracts.ContentHash", pipeline.Types.Keys);
        Assert.Contains("xunit/2.9.3", identity.Find("NaturalThoughts.Pipeline.Tests")!.Packages.Keys);
        Assert.Equal(identity.Libraries.Select(l => l.Digest), CodeIdentity.Load(path).Libraries.Select(l => l.Digest));
        Assert.Equal(identity.DigestOf("NaturalThoughts.Pipeline"), pipeline.Digest);
        Assert.Throws<InvalidOperationException>(() => identity.DigestOf("Other"));
    }

    [Fact]
    public void Should_DependOnPackagesAndResources()
    {
        string resource = Path.Combine(_folder.FullName, "data.txt");
        File.WriteAllText(resource, "one");
        LibraryIdentity first = Identity([$"-resource:{resource},data"], ("One.cs", One));
        File.WriteAllText(resource, "two");
        LibraryIdentity second = Identity([$"-resource:{resource},data"], ("One.cs", One));

        Assert.NotEqual(first.Types[Name + "/resource data"], second.Types[Name + "/resource data"]);
        Assert.NotEqual(first.Digest, new LibraryIdentity
        {
            Name = first.Name,
            Types = first.Types,
            References = first.References,
            Packages = new(StringComparer.Ordinal) { ["TorchSharp/0.107.0"] = "abc=" },
        }.Digest);
    }

    [Fact]
    public void Should_ExplainTheFile_When_TheIdentityCannotBeRead()
    {
        string path = Path.Combine(_folder.FullName, "identity.json");
        Assert.Throws<UserErrorException>(() => CodeIdentity.Load(path));
        File.WriteAllText(path, "{}");
        Assert.Throws<UserErrorException>(() => CodeIdentity.Load(path));
    }

    private static string SourceRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "NaturalThoughts.slnx")))
        {
            folder = folder.Parent;
        }

        return folder!.FullName;
    }

    private LibraryIdentity Identity(params (string, string)[] files) => Identity([], files);

    private LibraryIdentity Identity(string[] options, params (string, string)[] files)
    {
        string folder = _folder.CreateSubdirectory($"v{_count++}").FullName;
        return CodeIdentity.Compute(Compiler.Compile(folder, Name, files, options), folder).Find(Name)!;
    }
}
