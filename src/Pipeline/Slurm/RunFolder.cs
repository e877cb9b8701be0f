using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Pipeline.Slurm;

/// <summary>
/// The folder through which a run and its jobs talk, on the file system of the store: <c>run.json</c> (what the host put there for
/// its jobs), <c>experiments/</c> (the plan as it was when the jobs were submitted), and for each batch <c>N.json</c> (its targets),
/// <c>N.id</c> (Slurm's id), <c>N_T.events</c> and <c>N_T.log</c> (what task T tells).
/// </summary>
public sealed class RunFolder
{
    /// <summary>The file that says what the run is.</summary>
    public const string Description = "run.json";

    /// <param name="path">The folder.</param>
    public RunFolder(string path) => Root = Path.GetFullPath(path);

    /// <summary>The folder, absolute.</summary>
    public string Root { get; }

    /// <summary>Where the runs of a store have their folders.</summary>
    public static string AreaOf(string store) => store + ".slurm";

    /// <summary>Holds the run for this process, and makes the folder where there is none.</summary>
    /// <exception cref="UserErrorException">Another process has it.</exception>
    public IDisposable Hold()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Root)!);
        IDisposable held = ProcessLock.TryExclusive(Root + ".lock", deleteOnClose: true)
            ?? throw new UserErrorException(
                $"Another process runs this command on the cluster: it holds '{Root}.lock'.", "--executor=slurm", "Wait for it, or stop it first.",
                ExitCode.TargetFailed);
        Directory.CreateDirectory(Root);
        return held;
    }

    /// <summary>Writes a file whole: jobs never see half of it.</summary>
    public void Write(string name, ReadOnlySpan<byte> bytes)
    {
        string path = Path.Combine(Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using (FileStream stream = new(path + ".part", FileMode.Create, FileAccess.Write, FileShare.None, 1))
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }

        File.Move(path + ".part", path, overwrite: true);
    }

    /// <summary>Where the output of a job's task goes.</summary>
    internal string LogOf(int batch, int task) => Path.Combine(Root, string.Create(CultureInfo.InvariantCulture, $"{batch}_{task}.log"));

    /// <summary>Where a job's task tells how it goes.</summary>
    internal string EventsOf(int batch, int task) => Path.Combine(Root, string.Create(CultureInfo.InvariantCulture, $"{batch}_{task}.events"));

    internal JobBatch ReadBatch(int number) => JobBatch.Read(File.ReadAllBytes(Path.Combine(Root, BatchFile(number))));

    internal void WriteBatch(JobBatch batch) => Write(BatchFile(batch.Number), batch.ToJson());

    internal void WriteId(int batch, long id) => Write(IdFile(batch), Encoding.UTF8.GetBytes(id.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The batches that were submitted, with Slurm's ids.</summary>
    internal IReadOnlyList<(JobBatch Batch, long Id)> Submitted()
    {
        List<(JobBatch, long)> submitted = [];
        for (int number = 1; File.Exists(Path.Combine(Root, BatchFile(number))); number++)
        {
            string id = Path.Combine(Root, IdFile(number));
            if (File.Exists(id) && long.TryParse(File.ReadAllText(id), NumberStyles.None, CultureInfo.InvariantCulture, out long known))
            {
                submitted.Add((ReadBatch(number), known));
            }
        }

        return submitted;
    }

    /// <summary>The first number that no batch has.</summary>
    internal int NextBatch()
    {
        int number = 1;
        while (File.Exists(Path.Combine(Root, BatchFile(number))))
        {
            number++;
        }

        return number;
    }

    /// <summary>The last lines of a task's log, without empty ones.</summary>
    internal IReadOnlyList<string> LogTail(int batch, int task, int lines)
    {
        try
        {
            return [.. File.ReadLines(LogOf(batch, task)).Where(line => !string.IsNullOrWhiteSpace(line)).TakeLast(lines)];
        }
        catch (IOException)
        {
            return [];
        }
    }

    /// <summary>Removes the folder, or what can be removed of it.</summary>
    public void Delete()
    {
        try
        {
            Directory.Delete(Root, recursive: true);
        }
        catch (IOException)
        {
            // A job that ends just now may still write its log.
        }
    }

    /// <summary>Reads what the host left for its jobs.</summary>
    /// <exception cref="UserErrorException">It is not there.</exception>
    public JsonObject ReadDescription()
    {
        string path = Path.Combine(Root, Description);
        try
        {
            return JsonNode.Parse(File.ReadAllBytes(path))!.AsObject();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(
                $"The run's folder cannot be read on '{Environment.MachineName}': {e.Message}", path,
                "Store and checkout must have the same path on every node.", ExitCode.TargetFailed);
        }
    }

    private static string BatchFile(int number) => number.ToString(CultureInfo.InvariantCulture) + ".json";

    private static string IdFile(int number) => number.ToString(CultureInfo.InvariantCulture) + ".id";
}
