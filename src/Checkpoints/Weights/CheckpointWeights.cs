using NaturalThoughts.Checkpoints.Files;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints.Weights;

/// <summary>
/// The weights of a folder in Hugging Face layout: model.safetensors where it is there, else the files of model.safetensors.index.json. All
/// headers are read and compared with the index when it is opened. Safe for concurrent reads.
/// </summary>
public sealed class CheckpointWeights : ITensorSource, IDisposable
{
    /// <summary>The size above which weights are cut into several files, 5 GB, as Transformers 4 does.</summary>
    public const long ShardBytes = 5_000_000_000;

    private readonly string _folder;
    private readonly List<SafetensorsFile> _files = [];
    private readonly SortedDictionary<string, TensorEntry> _tensors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SafetensorsFile> _holders = new(StringComparer.Ordinal);

    private CheckpointWeights(string folder) => _folder = folder;

    /// <summary>The tensors by name, in ordinal order.</summary>
    public IReadOnlyDictionary<string, TensorEntry> Tensors => _tensors;

    /// <summary>The file to name where a tensor is missing: the weights, or their index.</summary>
    internal string Location => _files is [var only] ? only.Location : Path.Combine(_folder, CheckpointFolder.WeightsIndex);

    /// <summary>The file that holds a tensor.</summary>
    /// <exception cref="KeyNotFoundException">There is no such tensor.</exception>
    internal string PathOf(string tensor) => _holders[tensor].Location;

    /// <summary>Opens all weight files of a folder.</summary>
    /// <exception cref="UserErrorException">A file is missing or malformed, or the files do not hold what the index says.</exception>
    public static CheckpointWeights Open(string folder)
    {
        CheckpointWeights weights = new(folder);
        try
        {
            weights.OpenFiles();
            return weights;
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    /// <summary>Writes weights: one file, or several with an index where they are larger than <paramref name="shardBytes"/>.</summary>
    /// <param name="folder">The folder; it should hold no other weights.</param>
    /// <param name="tensors">The tensors, names unique; files are filled in this order.</param>
    /// <param name="shardBytes">The most bytes of tensors in one file; a larger tensor is alone in its file.</param>
    public static void Write(string folder, IEnumerable<TensorData> tensors, long shardBytes = ShardBytes)
    {
        List<List<TensorData>> shards = [[]];
        long filled = 0;
        foreach (TensorData tensor in tensors)
        {
            if (filled > 0 && filled + tensor.ByteCount > shardBytes)
            {
                shards.Add([]);
                filled = 0;
            }

            shards[^1].Add(tensor);
            filled += tensor.ByteCount;
        }

        if (shards.Count == 1)
        {
            SafetensorsWriter.Write(Path.Combine(folder, CheckpointFolder.Weights), shards[0]);
            return;
        }

        Dictionary<string, string> files = new(StringComparer.Ordinal);
        for (int i = 0; i < shards.Count; i++)
        {
            string name = FormattableString.Invariant($"model-{i + 1:00000}-of-{shards.Count:00000}.safetensors");
            SafetensorsWriter.Write(Path.Combine(folder, name), shards[i]);
            shards[i].ForEach(tensor => files.Add(tensor.Name, name));
        }

        ShardIndex.Write(folder, files, shards.Sum(shard => shard.Sum(tensor => tensor.ByteCount)));
    }

    /// <summary>As <see cref="SafetensorsFile.Read"/>, of the file that holds the tensor.</summary>
    /// <exception cref="KeyNotFoundException">There is no such tensor.</exception>
    public void Read(string name, long start, TensorType type, Span<byte> destination) => _holders[name].Read(name, start, type, destination);

    /// <inheritdoc />
    /// <exception cref="KeyNotFoundException">There is no such tensor.</exception>
    public void Expect(string name, long start, long count) => _holders[name].Expect(name, start, count);

    /// <summary>True when two tensors have the same type, shape and bytes.</summary>
    public bool Same(string first, string second)
    {
        TensorEntry a = _tensors[first], b = _tensors[second];
        if (a.Type != b.Type || !a.Shape.SequenceEqual(b.Shape))
        {
            return false;
        }

        byte[] left = new byte[1 << 16], right = new byte[1 << 16];
        for (long at = 0; at < a.ByteCount; at += left.Length)
        {
            int count = (int)Math.Min(left.Length, a.ByteCount - at);
            _holders[first].ReadBytes(first, at, left.AsSpan(0, count));
            _holders[second].ReadBytes(second, at, right.AsSpan(0, count));
            if (!left.AsSpan(0, count).SequenceEqual(right.AsSpan(0, count)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Unmaps the files.</summary>
    public void Dispose() => _files.ForEach(file => file.Dispose());

    private void OpenFiles()
    {
        if (File.Exists(Path.Combine(_folder, CheckpointFolder.Weights)))
        {
            foreach ((string tensor, TensorEntry entry) in OpenFile(CheckpointFolder.Weights).Tensors)
            {
                Take(tensor, entry, _files[0]);
            }
        }
        else if (File.Exists(Path.Combine(_folder, CheckpointFolder.WeightsIndex)))
        {
            OpenShards(ShardIndex.Read(_folder));
        }
        else
        {
            throw new UserErrorException(
                $"The checkpoint folder has neither {CheckpointFolder.Weights} nor {CheckpointFolder.WeightsIndex}.",
                _folder,
                "Weights in another format are not read; save the model as safetensors.");
        }
    }

    private void OpenShards(SortedDictionary<string, string> index)
    {
        foreach (string name in index.Values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            SafetensorsFile file = OpenFile(name);
            foreach ((string tensor, TensorEntry entry) in file.Tensors)
            {
                if (!index.TryGetValue(tensor, out string? holder) || holder != name)
                {
                    throw Wrong(
                        $"The tensor '{Quoted.Of(tensor)}' stands in '{name}', and in {(holder is null ? "no file" : $"'{Quoted.Of(holder)}'")} by the index.",
                        name);
                }

                Take(tensor, entry, file);
            }
        }

        foreach ((string tensor, string name) in index.Where(item => !_tensors.ContainsKey(item.Key)))
        {
            throw Wrong($"The tensor '{Quoted.Of(tensor)}' is in '{Quoted.Of(name)}' by the index, and is not there.", name);
        }
    }

    private SafetensorsFile OpenFile(string name)
    {
        SafetensorsFile file = SafetensorsFile.Open(Path.Combine(_folder, name));
        _files.Add(file);
        return file;
    }

    private void Take(string tensor, TensorEntry entry, SafetensorsFile holder)
    {
        _tensors.Add(tensor, entry);
        _holders.Add(tensor, holder);
    }

    private UserErrorException Wrong(string message, string file) =>
        new(message, Path.Combine(_folder, file), "Files of several checkpoints seem to be mixed; fetch or write the checkpoint again.");
}
