using System.Reflection;
using NaturalThoughts.Student.Kernels;

namespace NaturalThoughts.Student.Tests.Borrowing;

/// <summary>
/// What a call of libtorch borrows must be alive until the call is back. The IL of the library is read, and of TorchSharp, so that a new release of it is read too.
/// </summary>
public sealed class BorrowingTests
{
    private static readonly Assembly Library = typeof(NumericsProbe).Assembly;

    [Fact]
    public void Should_KeepNumbersAlive_When_LibtorchReadsThem() => Assert.Equal("", string.Join('\n', ScalarCalls.Offenders(Il.Methods(Library), typeof(Numbers))));

    [Fact]
    public void Should_FindNumbers_When_NothingKeepsThem()
    {
        string[] planted = [.. ScalarCalls.Offenders(Il.Methods(typeof(Planted).Assembly).Where(method => IsPlanted(method.DeclaringType))).Select(line => line[(line.IndexOf(nameof(Planted), StringComparison.Ordinal))..])];
        string[] found = [.. planted.Select(line => line[..line.IndexOf(" calls", StringComparison.Ordinal)])];
        Assert.Equal(7, planted.Length);
        foreach (string name in (string[])["Converts", "Makes", "HidesOne", "HidesTwo", "HidesInAnOperator", "HidesInALambda", "Boxes"])
        {
            Assert.Contains(found, method => method.Contains(name, StringComparison.Ordinal));
        }
    }

    // No other assembly of src calls libtorch, so that reading the one is enough.
    [Fact]
    public void Should_BeTheOnlyOne_When_AnAssemblyUsesTorchSharp()
    {
        string source = Path.Combine(RepositoryRoot, "src");
        string[] projects = [.. Directory.EnumerateFiles(source, "*.csproj", SearchOption.AllDirectories).Where(path => File.ReadAllText(path).Contains("TorchSharp", StringComparison.Ordinal))];
        Assert.Equal([Path.Combine(source, "Student", "NaturalThoughts.Student.csproj")], projects);
    }

    private static string RepositoryRoot
    {
        get
        {
            DirectoryInfo folder = new(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "NaturalThoughts.slnx")))
            {
                folder = folder.Parent!;
            }

            return folder.FullName;
        }
    }

    private static bool IsPlanted(Type? type) => type is not null && (type == typeof(Planted) || IsPlanted(type.DeclaringType));
}
