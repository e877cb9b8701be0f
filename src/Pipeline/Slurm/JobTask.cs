using System.Text;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Scheduling;

namespace NaturalThoughts.Pipeline.Slurm;

/// <summary>The coordinator's view of one job, or of one task of an array.</summary>
/// <param name="events">The file in which it tells how it goes.</param>
internal sealed class JobTask(string events)
{
    private readonly Dictionary<string, TargetResult> _ended = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StageProgress> _running = new(StringComparer.Ordinal);
    private long _read;

    public required int Batch { get; init; }

    public required int Task { get; init; }

    public required string Name { get; init; }

    /// <summary>Slurm's id of the job or, with others, of the array.</summary>
    public required long Id { get; init; }

    public required bool IsArray { get; init; }

    /// <summary>As Slurm's programs take it, such as <c>12_1</c>.</summary>
    public string ShownId => Show(Id, IsArray ? Task : null);

    /// <summary>What the queue last said.</summary>
    public JobState State { get; set; } = new("PENDING", "");

    /// <summary>When it was first seen to be over; null while it is not.</summary>
    public long? OverSince { get; set; }

    /// <summary>The node that it began on; null before.</summary>
    public string? Node { get; private set; }

    /// <summary>A job, or a task of an array, as Slurm's programs take it.</summary>
    public static string Show(long id, int? task) => task is null ? FormattableString.Invariant($"{id}") : FormattableString.Invariant($"{id}_{task}");

    public TargetResult? EndOf(string address) => _ended.GetValueOrDefault(address);

    public StageProgress? ProgressOf(string address) => _running.TryGetValue(address, out StageProgress progress) ? progress : null;

    /// <summary>Reads what the job told since the last time; half a line is left for the next.</summary>
    public void ReadEvents()
    {
        if (!File.Exists(events))
        {
            return;
        }

        byte[] bytes;
        using (FileStream stream = new(events, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1))
        {
            if (stream.Length <= _read)
            {
                return;
            }

            stream.Seek(_read, SeekOrigin.Begin);
            bytes = new byte[stream.Length - _read];
            stream.ReadExactly(bytes);
        }

        int whole = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        _read += whole;
        foreach (string line in Encoding.UTF8.GetString(bytes, 0, whole).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Take(JobEvent.Read(line));
        }
    }

    private void Take(JobEvent? what)
    {
        switch (what)
        {
            case JobEvent.Began began:
                // Requeued: what it told before is told anew.
                Node = began.Node;
                _ended.Clear();
                _running.Clear();
                break;
            case JobEvent.Started started:
                _running[started.Address] = default;
                break;
            case JobEvent.Progressed progressed:
                _running[progressed.Address] = progressed.Progress;
                break;
            case JobEvent.Finished { Result: { Outcome: not TargetOutcome.Interrupted } result }:
                _ended[result.Address] = result;
                break;
        }
    }
}
