using System.Diagnostics;
using System.Text.RegularExpressions;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Student.Native;

/// <summary>
/// Which libtorch is loaded: the one beside the program (NuGet's), or that of an installed PyTorch. The choice is in the environment,
/// so that workers and the jobs of a cluster make the same.
/// </summary>
public static partial class LibtorchFolder
{
    /// <summary>The environment variable that names the folder; unset or empty for the one beside the program.</summary>
    public const string Variable = "NATURALTHOUGHTS_LIBTORCH";

    /// <summary>The word that stands for the PyTorch that <c>python3</c> imports.</summary>
    public const string Python = "python";

    /// <summary>The folder with libc10.so and its companions.</summary>
    public static string Current => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } chosen ? chosen : AppContext.BaseDirectory;

    /// <summary>True for a libtorch that did not come with the program.</summary>
    public static bool IsForeign => Current != AppContext.BaseDirectory;

    /// <summary>
    /// The version that is beside the libraries: in <c>version.py</c> of a PyTorch, in <c>build-version</c> of a downloaded libtorch, in
    /// the program's list of packages; null where none of them says it.
    /// </summary>
    public static string? Version() =>
        Match(Path.Combine(Current, "..", "version.py"), PythonVersion())
        ?? Match(Path.Combine(Current, "..", "build-version"), AnyVersion())
        ?? Directory.EnumerateFiles(Current, "*.deps.json").Order(StringComparer.Ordinal).Select(path => Match(path, PackageVersion()))
            .FirstOrDefault(found => found is not null);

    /// <summary>Chooses a libtorch for this process and those that it starts.</summary>
    /// <param name="place"><see cref="Python"/>, or a folder: of PyTorch, of a downloaded libtorch, or of the libraries themselves.</param>
    /// <exception cref="UserErrorException">There is none.</exception>
    public static void Choose(string place)
    {
        string start = place == Python ? OfPython() : Path.GetFullPath(place);
        string[] candidates = [start, Path.Combine(start, "lib"), Path.Combine(start, "torch", "lib")];
        string folder = candidates.FirstOrDefault(candidate => File.Exists(Path.Combine(candidate, NativeLibraries.Cpu)))
            ?? throw new UserErrorException(
                $"There is no {NativeLibraries.Cpu} in '{start}', its folder lib or its folder torch/lib.", "--libtorch",
                "Give the folder of an installed PyTorch or of a libtorch, or 'python'.");
        Environment.SetEnvironmentVariable(Variable, folder);
    }

    // Finds the package without importing it, which would take seconds.
    private static string OfPython()
    {
        ProcessStartInfo start = new(
            "python3", ["-c", "import importlib.util; spec = importlib.util.find_spec('torch'); print(spec.submodule_search_locations[0] if spec else '')"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using Process process = Process.Start(start)!;
            string folder = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return folder.Length > 0 && process.ExitCode == 0
                ? folder
                : throw new UserErrorException(
                    "python3 knows no package 'torch'.", "--libtorch=python", "Install PyTorch, activate its environment, or give its folder.");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new UserErrorException($"python3 cannot be started: {e.Message}.", "--libtorch=python", "Give the folder of PyTorch instead.");
        }
    }

    private static string? Match(string path, Regex pattern) =>
        File.Exists(path) && pattern.Match(File.ReadAllText(path)) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex(@"__version__ = '([^']+)'", RegexOptions.CultureInvariant)]
    private static partial Regex PythonVersion();

    [GeneratedRegex(@"(\S+)", RegexOptions.CultureInvariant)]
    private static partial Regex AnyVersion();

    [GeneratedRegex(@"""libtorch-[\w.-]+/([\d.]+)""", RegexOptions.CultureInvariant)]
    private static partial Regex PackageVersion();
}
