using System.Text;

namespace NaturalThoughts.Pipeline.Store;

/// <summary>
/// The append-only list of recorded runs. A hint, never an authority: hits are decided by the records; a line that was cut off or
/// damaged is ignored.
/// </summary>
public sealed class RunHistory
{
    private readonly string _path;
    private readonly Lock _gate = new();

    internal RunHistory(string path) => _path = path;

    /// <summary>All runs, oldest first.</summary>
    public IReadOnlyList<RunSummary> Read()
    {
        if (!File.Exists(_path))
        {
            return [];
        }

        using FileStream stream = ProcessLock.Wait(() => ProcessLock.TryShared(_path), _path);
        using StreamReader reader = new(stream, Encoding.UTF8);
        List<RunSummary> runs = [];
        while (reader.ReadLine() is { } line)
        {
            if (RunSummary.TryParse(line) is { } run)
            {
                runs.Add(run);
            }
        }

        return runs;
    }

    internal void Append(RunSummary run)
    {
        lock (_gate)
        {
            using FileStream stream = ProcessLock.Wait(() => ProcessLock.TryExclusive(_path, deleteOnClose: false), _path);
            string start = "";
            if (stream.Length > 0)
            {
                stream.Seek(-1, SeekOrigin.End);
                start = stream.ReadByte() == '\n' ? "" : "\n";
            }

            stream.Seek(0, SeekOrigin.End);
            stream.Write(Encoding.UTF8.GetBytes(start + run.ToLine() + "\n"));
        }
    }
}
