using System.Globalization;
using System.Text.RegularExpressions;
using NaturalThoughts.Build.Running;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Build.Verbs;

/// <summary>
/// The README's test command: locked restore, format check, every test, and the tables of smoke with their report made from an empty store and
/// compared with what is in results/smoke. Ends with one line <c>N passed, N failed</c> (and how many were skipped), in which each step counts as one test.
/// </summary>
internal static partial class TestVerb
{
    private const string Solution = "NaturalThoughts.slnx";

    /// <summary>Runs all steps, the later ones also when an earlier one failed, except that nothing is tested that did not build.</summary>
    public static async Task<ExitCode> RunAsync(Command command)
    {
        (_, TextWriter output, _, CancellationToken cancellation) = command;
        string root = command.Workspace.Root;
        int passed = 0;
        int failed = 0;
        int skipped = 0;

        async Task<bool> Step(string title, string program, string[] arguments, Action<string>? onLine = null)
        {
            await output.WriteLineAsync($"-- {title}: {Path.GetFileName(program)} {string.Join(' ', arguments)}");
            int code = await ChildProcess.RunAsync(
                root,
                program,
                arguments,
                line =>
                {
                    output.WriteLine(line);
                    onLine?.Invoke(line);
                },
                cancellation);
            _ = code == 0 ? passed++ : failed++;
            if (code != 0)
            {
                await output.WriteLineAsync($"-- {title} FAILED with exit code {code}");
            }

            return code == 0;
        }

        bool built = await Step("locked restore", "dotnet", ["restore", Solution, "--locked-mode", "-v", "q"])
            && await Step("build", "dotnet", ["build", Solution, "-c", "Release", "--no-restore", "-v", "q", "--nologo"]);
        if (built)
        {
            await Step("format", "dotnet", ["format", Solution, "--verify-no-changes", "--no-restore"]);
            int testsPassed = 0;
            int testsFailed = 0;
            await Step(
                "tests",
                "dotnet",
                ["test", Solution, "-c", "Release", "--no-build", "--nologo"],
                line =>
                {
                    if (SummaryLine().Match(line) is { Success: true } summary)
                    {
                        testsFailed += int.Parse(summary.Groups["failed"].ValueSpan, CultureInfo.InvariantCulture);
                        skipped += int.Parse(summary.Groups["skipped"].ValueSpan, CultureInfo.InvariantCulture);
                        testsPassed += int.Parse(summary.Groups["passed"].ValueSpan, CultureInfo.InvariantCulture);
                    }
                });
            passed += testsPassed;

            // Where tests failed, the step failed for that reason and no other.
            failed += testsFailed > 0 ? testsFailed - 1 : 0;
            if (testsPassed == 0)
            {
                await output.WriteLineAsync("-- tests FAILED: no test ran");
                failed++;
            }

            string store = Path.Combine(root, ".cache", "test-store");
            if (Directory.Exists(store))
            {
                Directory.Delete(store, recursive: true);
            }

            await Step(
                "the tables of smoke and their report from an empty store, compared with results/smoke",
                "env",
                ["NATURALTHOUGHTS_STORE=" + store, Path.Combine(root, "build.sh"), "--target=Verify", "--profile=smoke", "Report"]);
        }

        await output.WriteLineAsync($"{passed} passed, {failed} failed{(skipped > 0 ? $", {skipped} skipped" : "")}");
        return failed == 0 ? ExitCode.Done : ExitCode.TargetFailed;
    }

    /// <summary>The closing line of the test runner, for example <c>Passed!  - Failed:     0, Passed:    20, Skipped: ...</c>.</summary>
    [GeneratedRegex(@"^(Passed|Failed)!\s+-\s+Failed:\s*(?<failed>\d+), Passed:\s*(?<passed>\d+), Skipped:\s*(?<skipped>\d+)", RegexOptions.CultureInvariant)]
    private static partial Regex SummaryLine();
}
