using System.ComponentModel;
using System.Diagnostics;
using NaturalThoughts.Build.Running;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Build.Results;

/// <summary>Reads locked results out of git, without touching the files of the checkout.</summary>
internal static class GitResults
{
    /// <summary>The results of a profile at a revision; null where git knows no such revision.</summary>
    /// <exception cref="UserErrorException">There is no git.</exception>
    public static async Task<ResultsPlace?> FindAsync(Workspace workspace, string revision, string profile, CancellationToken cancellation)
    {
        if (revision.StartsWith('-')
            || await RunAsync(workspace.Root, ["rev-parse", "--verify", "--quiet", revision + "^{commit}"], cancellation) is not { } commit)
        {
            return null;
        }

        string hash = System.Text.Encoding.UTF8.GetString(commit).Trim(), folder = $"./results/{profile}/";
        byte[] names = await RunAsync(workspace.Root, ["ls-tree", "-z", "--name-only", hash, folder], cancellation) ?? [];
        Dictionary<string, byte[]> files = new(StringComparer.Ordinal);
        foreach (string name in System.Text.Encoding.UTF8.GetString(names).Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Select(path => path.Split('/')[^1]))
        {
            if (name.EndsWith(".lock.json", StringComparison.Ordinal) || name.EndsWith(".outcomes", StringComparison.Ordinal))
            {
                files[name] = await RunAsync(workspace.Root, ["show", $"{hash}:{folder}{name}"], cancellation) ?? [];
            }
        }

        return new ResultsPlace(revision, ResultsPlace.TablesOf(files.Keys), files.GetValueOrDefault);
    }

    private static async Task<byte[]?> RunAsync(string root, string[] arguments, CancellationToken cancellation)
    {
        using Process git = new()
        {
            StartInfo = new ProcessStartInfo("git", arguments) { WorkingDirectory = root, RedirectStandardOutput = true, RedirectStandardError = true },
        };
        try
        {
            git.Start();
        }
        catch (Win32Exception e)
        {
            throw new UserErrorException($"git cannot be started: {e.Message}", "--against", "Install git, or name a folder.");
        }

        using MemoryStream output = new();
        Task<string> error = git.StandardError.ReadToEndAsync(cancellation);
        await git.StandardOutput.BaseStream.CopyToAsync(output, cancellation);
        await git.WaitForExitAsync(cancellation);
        await error;
        return git.ExitCode == 0 ? output.ToArray() : null;
    }
}
