using System.Globalization;
using System.Text.RegularExpressions;
using NaturalThoughts.Build.CommandLine;
using NaturalThoughts.Build.Display;
using NaturalThoughts.Build.Running;
using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments;
using NaturalThoughts.Sources.Hub;

namespace NaturalThoughts.Build.Verbs;

/// <summary>Gets the files of benchmarks, or a file of a hub, into the data folder. Nothing else of the program goes to a hub.</summary>
internal static partial class FetchVerb
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>Fetches what the addresses name; what is there with the right digest is not fetched again.</summary>
    /// <exception cref="UserErrorException">A name is wrong, a hub refuses, or a file is not what it should be; the other files are fetched anyway.</exception>
    public static async Task<ExitCode> RunAsync(Command command)
    {
        (Invocation invocation, TextWriter output, _, CancellationToken cancellation) = command;
        if (invocation.Addresses.Count == 0)
        {
            throw new UserErrorException(
                "Fetch takes the names of benchmarks, or a file of a hub.", "Fetch",
                "Write --target=Fetch MMLU-Pro, or --target=Fetch OWNER/NAME@REVISION:PATH.");
        }

        ExperimentFiles files = new(command.Workspace.Experiments, command.Workspace.Checkout, command.Workspace.Data);
        Download[] downloads = [.. invocation.Addresses.SelectMany(address => OfHub(address) is { } one ? [one] : Download.Of(files, address))];
        using HubClient client = new(HubSettings.FromEnvironment());
        List<UserError> errors = [];
        foreach (Download download in downloads)
        {
            try
            {
                await FetchAsync(client, download, Path.Combine(files.Data, download.Name), output, cancellation);
            }
            catch (UserErrorException e)
            {
                errors.AddRange(e.Errors);
            }
        }

        return errors.Count == 0 ? ExitCode.Done : throw new UserErrorException(errors, ExitCode.TargetFailed);
    }

    // OWNER/NAME[@REVISION]:PATH goes to NAME/FILE below the data folder.
    private static Download? OfHub(string address) => Form().Match(address) is { Success: true } match
        ? new Download(
            $"{match.Groups["name"].Value}/{match.Groups["path"].Value.Split('/')[^1]}",
            new HubFile(
                $"{match.Groups["owner"].Value}/{match.Groups["name"].Value}", match.Groups["revision"] is { Success: true } revision ? revision.Value : "main",
                match.Groups["path"].Value),
            null,
            null)
        : null;

    private static async Task FetchAsync(HubClient client, Download download, string path, TextWriter output, CancellationToken cancellation)
    {
        if (File.Exists(path))
        {
            ContentHash there = ContentHash.OfFile(path);
            if (download.Digest is null || download.Digest == there)
            {
                await output.WriteLineAsync($"{download.Name}: is there, {Format.Bytes(new FileInfo(path).Length)}, sha256 {there.Hex}");
                return;
            }
        }

        if (download.Hub is not { } file)
        {
            throw new UserErrorException(
                $"No hub is named for '{download.Name}'.", path, download.From is { } from ? $"Get it from {from}." : "Put it there by hand.",
                ExitCode.TargetFailed);
        }

        await output.WriteLineAsync($"{download.Name}: {file}");
        ContentHash digest = await client.DownloadAsync(file, path, download.Digest, new Lines(download.Name, output), cancellation);
        await output.WriteLineAsync(
            $"{download.Name}: {Format.Bytes(new FileInfo(path).Length)}, sha256 "
            + $"{digest.Hex}{(download.Digest is null ? "; write it into the YAML, so that nobody takes another file for this one" : "")}");
    }

    [GeneratedRegex(
        "^(?<owner>[A-Za-z0-9][A-Za-z0-9._-]*)/(?<name>[A-Za-z0-9][A-Za-z0-9._-]*)(@(?<revision>[^:]+))?:(?<path>[^:]*[^:/])$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();

    // How far it is and how long it will take, every few seconds.
    private sealed class Lines(string name, TextWriter output) : IProgress<HubProgress>
    {
        private readonly long _start = TimeProvider.System.GetTimestamp();
        private long _last = TimeProvider.System.GetTimestamp();
        private long? _first;

        public void Report(HubProgress value)
        {
            _first ??= value.Done;
            if (TimeProvider.System.GetElapsedTime(_last) < Pause)
            {
                return;
            }

            _last = TimeProvider.System.GetTimestamp();
            double speed = (value.Done - _first.Value) / TimeProvider.System.GetElapsedTime(_start).TotalSeconds;
            string left = value.Total is { } total && speed > 0
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $" of {Format.Bytes(total)} ({100.0 * value.Done / total:0} %), about "
                    + $"{Format.Duration(TimeSpan.FromSeconds((total - value.Done) / speed))} left")
                : "";
            output.WriteLine($"{name}: {Format.Bytes(value.Done)}{left}");
        }
    }
}
