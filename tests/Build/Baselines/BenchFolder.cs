using NaturalThoughts.Build.Baselines;
using NaturalThoughts.Build.CommandLine;
using NaturalThoughts.Build.Running;
using NaturalThoughts.Build.Verbs;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Build.Tests.Baselines;

/// <summary>A folder with a bench/baselines.yaml of its own, in which Bench runs.</summary>
internal sealed class BenchFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nt bench ü ");

    /// <summary>Writes the file.</summary>
    /// <param name="yaml">Its text; null for no file.</param>
    public BenchFolder(string? yaml)
    {
        Directory.CreateDirectory(Path.Combine(Root, "bench"));
        if (yaml is not null)
        {
            File.WriteAllText(Path.Combine(Root, BenchFile.Path), yaml);
        }
    }

    /// <summary>The full path of the folder.</summary>
    public string Root => _folder.FullName;

    /// <summary>Runs Bench with these names.</summary>
    /// <returns>What it printed, and its errors; none where all is well.</returns>
    public async Task<(string[] Lines, string[] Errors)> RunAsync(params string[] names)
    {
        using StringWriter output = new();
        Invocation invocation = Invocation.Parse(["--target=Bench", .. names]);
        Command command = new(invocation, output, TextWriter.Null, CancellationToken.None) { Workspace = new Workspace(Root, Path.Combine(Root, "store")) };
        string[] errors = [];
        try
        {
            Assert.Equal(ExitCode.Done, await BenchVerb.RunAsync(command));
        }
        catch (UserErrorException e)
        {
            Assert.Equal(names.Length > 0 && output.ToString().Length > 0 ? ExitCode.TargetFailed : ExitCode.Usage, e.ExitCode);
            errors = [.. e.Errors.Select(error => error.ToString())];
        }

        return (output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries), errors);
    }

    /// <inheritdoc />
    public void Dispose() => _folder.Delete(recursive: true);
}
