using System.Diagnostics;

namespace NaturalThoughts.Pipeline.Tests.Code;

/// <summary>Compiles small libraries with the SDK's own compiler.</summary>
internal static class Compiler
{
    /// <summary>Compiles files in the given order into <c>{folder}/bin/{name}.dll</c> and gives back the bin folder.</summary>
    public static string Compile(string folder, string name, (string File, string Text)[] files, string[]? options = null)
    {
        Directory.CreateDirectory(Path.Combine(folder, "bin"));
        foreach ((string file, string text) in files)
        {
            File.WriteAllText(Path.Combine(folder, file), text);
        }

        string compiler = Directory.GetDirectories(Path.Combine(DotnetRoot.Folder, "sdk")).Order(StringComparer.Ordinal)
            .Select(sdk => Path.Combine(sdk, "Roslyn", "bincore", "csc.dll")).Last(File.Exists);
        string references = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        ProcessStartInfo start = new(DotnetRoot.Host)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        };
        string[] arguments =
        [
            compiler, "-nologo", "-target:library", "-deterministic", "-langversion:latest", "-nullable:enable", "-warn:0", $"-out:bin/{name}.dll",
            .. new[] { "System.Private.CoreLib", "System.Runtime", "System.Linq", "System.Collections" }.Select(library => $"-r:{references}/{library}.dll"),
            .. options ?? [],
            .. files.Select(file => file.File),
        ];
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output);
        return Path.Combine(folder, "bin");
    }
}
