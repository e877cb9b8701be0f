using System.Globalization;
using NaturalThoughts.Checkpoints.Weights;
using NaturalThoughts.Contracts;
using NaturalThoughts.Student.Model;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Training;

/// <summary>
/// What a training leaves while it runs, to go on from after a kill: one safetensors file per checkpoint, <c>step-N-DIGEST.safetensors</c>,
/// N the steps done and DIGEST the SHA-256 of the file. A file gets its name when it is complete and flushed; one whose bytes are not those
/// of its name is ignored.
/// </summary>
internal sealed class TrainingCheckpoints(LongRun run, TimeProvider clock)
{
    private const string Prefix = "step-";
    private const string Ending = ".safetensors";
    private const string Part = ".part";
    private const string LowestStep = "lowestStep";
    private long _last = clock.GetTimestamp();

    /// <summary>The newest checkpoint; null when there is none.</summary>
    public string? Latest => Files().Select(file => file.Path).FirstOrDefault();

    /// <summary>Fills the tensors from the newest checkpoint that is whole and fits.</summary>
    /// <param name="tensors">All that a step changes, by name.</param>
    /// <returns>Where that training stood; null when it begins anew.</returns>
    public ResumePoint? Restore(IReadOnlyDictionary<string, Tensor> tensors)
    {
        foreach ((int step, string digest, string path) in Files().ToArray())
        {
            if (ContentHash.OfFile(path).Hex == digest && Read(path, step, tensors) is { } point)
            {
                return point;
            }

            File.Delete(path); // or it would count among those that are kept
        }

        return null;
    }

    private static ResumePoint? Read(string path, int step, IReadOnlyDictionary<string, Tensor> tensors)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        if (!tensors.All(item => Fits(file, item.Key, item.Value)))
        {
            return null;
        }

        WeightTransfer.Read(file, tensors);
        return new ResumePoint(
            step,
            long.Parse(file.Metadata["tokens"], CultureInfo.InvariantCulture),
            double.Parse(file.Metadata["firstLoss"], CultureInfo.InvariantCulture),
            file.Metadata["log"],
            file.Metadata.TryGetValue(LowestStep, out string? lowest)
                ? new HeldOutPoint(
                    int.Parse(lowest, CultureInfo.InvariantCulture),
                    int.Parse(file.Metadata["lowestEpoch"], CultureInfo.InvariantCulture),
                    double.Parse(file.Metadata["lowestLoss"], CultureInfo.InvariantCulture))
                : null);
    }

    /// <summary>Why the last checkpoint that was due could not be written; null when it could. The training goes on without.</summary>
    public string? Failure { get; private set; }

    /// <summary>Writes a checkpoint when the interval since the last one is over.</summary>
    public void SaveWhenDue(Func<ResumePoint> point, IReadOnlyDictionary<string, Tensor> tensors)
    {
        if (clock.GetElapsedTime(_last) >= run.Interval)
        {
            try
            {
                Save(point(), tensors);
                Failure = null;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Failure = e.Message;
                RemoveParts();
            }

            _last = clock.GetTimestamp();
        }
    }

    private void Save(ResumePoint point, IReadOnlyDictionary<string, Tensor> tensors)
    {
        Directory.CreateDirectory(run.Folder);
        RemoveParts();
        string part = Path.Combine(run.Folder, string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}-{Environment.ProcessId}{Part}"));
        SortedDictionary<string, string> metadata = new(StringComparer.Ordinal)
        {
            ["tokens"] = point.Tokens.ToString(CultureInfo.InvariantCulture),
            ["firstLoss"] = point.FirstLoss.ToString("R", CultureInfo.InvariantCulture),
            ["log"] = point.Log,
        };
        if (point.Lowest is { } lowest)
        {
            metadata[LowestStep] = lowest.Step.ToString(CultureInfo.InvariantCulture);
            metadata["lowestEpoch"] = lowest.Epoch.ToString(CultureInfo.InvariantCulture);
            metadata["lowestLoss"] = lowest.Loss.ToString("R", CultureInfo.InvariantCulture);
        }

        SafetensorsWriter.Write(part, tensors.Select(item => WeightTransfer.ToWrite(item.Key, item.Value, WeightTransfer.TypeOf(item.Value))), metadata);
        using (FileStream stream = File.OpenWrite(part))
        {
            stream.Flush(flushToDisk: true);
        }

        File.Move(
            part, Path.Combine(run.Folder, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{point.Step}-{ContentHash.OfFile(part).Hex}{Ending}")),
            overwrite: true);
        foreach ((int _, string _, string path) in Files().Skip(run.Kept))
        {
            File.Delete(path);
        }
    }

    // What killed processes left half written.
    private void RemoveParts()
    {
        foreach (string part in Directory.Exists(run.Folder) ? Directory.GetFiles(run.Folder, "*" + Part) : [])
        {
            File.Delete(part);
        }
    }

    private static bool Fits(SafetensorsFile file, string name, Tensor flat) =>
        file.Tensors.TryGetValue(name, out TensorEntry? entry) && entry.Type == WeightTransfer.TypeOf(flat) && entry.Shape.SequenceEqual(flat.shape);

    // Newest first.
    private IEnumerable<(int Step, string Digest, string Path)> Files() => !Directory.Exists(run.Folder) ? [] :
        Directory.GetFiles(run.Folder, Prefix + "*" + Ending)
            .Select(path => (Parts: Path.GetFileNameWithoutExtension(path)[Prefix.Length..].Split('-'), path))
            .Where(file => file.Parts.Length == 2 && int.TryParse(file.Parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int _))
            .Select(file => (int.Parse(file.Parts[0], CultureInfo.InvariantCulture), file.Parts[1], file.path))
            .OrderByDescending(file => file.Item1);
}
