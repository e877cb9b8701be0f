using System.Reflection;
using NaturalThoughts.Student.Kernels;

namespace NaturalThoughts.Student.Tests.Borrowing;

/// <summary>
/// What a call of libtorch borrows must be alive until the call is back. The IL of the library is read, and of TorchSharp, so that a new release of it is read
/// too.
/// </summary>
public sealed class BorrowingTests
{
    private static readonly Assembly Library = typeof(NumericsProbe).Assembly;

    [Fact]
    public void Should_KeepNumbersAlive_When_LibtorchReadsThem() => Empty(ScalarCalls.Offenders(Il.Methods(Library), typeof(Numbers)));

    [Fact]
    public void Should_FindNumbers_When_NothingKeepsThem()
    {
        IEnumerable<string> wrong = ScalarCalls.Offenders(PlantedMethods);
        Assert.Equal(Expected("Number"), Found(wrong, " calls"));
    }

    [Fact]
    public void Should_KeepTensorsAlive_When_LibtorchReadsThem() => Empty(new Temporaries(Il.Methods(Library)).Offenders());

    [Fact]
    public void Should_FindTensors_When_NothingKeepsThem()
    {
        IEnumerable<string> wrong = new Temporaries(PlantedMethods.Where(method => !method.Name.Contains("Number", StringComparison.Ordinal))).Offenders();
        Assert.Equal(
            [
                "TensorBeforeTheScope", "TensorBehindTheScope", "TensorInAChain", "TensorInALocal", "TensorOfAGradient", "TensorOfAHelper",
                "TensorOfAnotherThread", "UnsafeHelper"], Found(wrong, " at"));
    }

    // No other assembly of src calls libtorch, so that reading the one is enough.
    [Fact]
    public void Should_BeTheOnlyOne_When_AnAssemblyUsesTorchSharp()
    {
        string source = Path.Combine(RepositoryRoot, "src");
        string[] projects =
            [.. Directory.EnumerateFiles(source, "*.csproj", SearchOption.AllDirectories)
                .Where(path => File.ReadAllText(path).Contains("TorchSharp", StringComparison.Ordinal))];
        Assert.Equal([Path.Combine(source, "Student", "NaturalThoughts.Student.csproj")], projects);
    }

    private static void Empty(IEnumerable<string> offenders) => Assert.True(!offenders.Any(), string.Join('\n', offenders));

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

    private static IEnumerable<MethodBase> PlantedMethods => Il.Methods(typeof(Planted).Assembly).Where(method => IsPlanted(method.DeclaringType));

    // By name, lambdas by that of the method that they are in.
    private static string[] Found(IEnumerable<string> lines, string end) =>
    [
        .. lines.Select(line => line[..line.IndexOf(end, StringComparison.Ordinal)]).Select(name => name[(name.LastIndexOf('.') + 1)..])
            .Select(name => name.StartsWith('<') ? name[1..name.IndexOf('>', StringComparison.Ordinal)] : name).Distinct().Order(StringComparer.Ordinal),
    ];

    private static string[] Expected(string start) =>
        [.. typeof(Planted).GetMethods().Select(method => method.Name).Where(name => name.StartsWith(start, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];

    private static bool IsPlanted(Type? type) => type is not null && (type == typeof(Planted) || IsPlanted(type.DeclaringType));
}
