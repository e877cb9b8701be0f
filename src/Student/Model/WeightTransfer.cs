using System.Collections.Concurrent;
using NaturalThoughts.Checkpoints.Weights;
using NaturalThoughts.Contracts;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Model;

/// <summary>Tensors from and to safetensors, piece by piece: nothing is twice in memory.</summary>
internal static class WeightTransfer
{
    // 4 million elements: few enough to stay small, enough that neither threads nor a device wait.
    private const long Piece = 1 << 22;

    // Pieces that are fetched while others are converted.
    private const int Ahead = 4;

    /// <summary>Fills tensors with those of the same names, converted to their types.</summary>
    /// <param name="source">Where all names are, in the same shapes.</param>
    /// <param name="tensors">Contiguous tensors of float32, bfloat16 or float16 on any device.</param>
    public static void Read(ITensorSource source, IReadOnlyDictionary<string, Tensor> tensors)
    {
        (string Name, Tensor Tensor, long Start)[] pieces =
            [.. tensors.SelectMany(item => Starts(item.Value).Select(start => (item.Key, item.Value, start)))];

        // In order, each by whichever thread is free.
        ParallelLoop.Run(() => Parallel.ForEach(
            Partitioner.Create(Enumerable.Range(0, pieces.Length), EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { MaxDegreeOfParallelism = get_num_threads() },
            i =>
            {
                using IDisposable grad = no_grad();
                if (i + Ahead < pieces.Length)
                {
                    (string next, Tensor tensor, long start) = pieces[i + Ahead];
                    source.Expect(next, start, Math.Min(Piece, tensor.numel() - start));
                }

                Read(source, pieces[i].Name, pieces[i].Tensor, pieces[i].Start);
            }));
    }

    /// <summary>A tensor as it is written to a checkpoint.</summary>
    /// <param name="name">Its name there.</param>
    /// <param name="tensor">Contiguous, of float32, bfloat16 or float16, on any device.</param>
    /// <param name="type">The type in the file.</param>
    public static TensorData ToWrite(string name, Tensor tensor, TensorType type) => new(name, type, tensor.shape, stream =>
    {
        byte[] buffer = new byte[Math.Min(Piece, tensor.numel()) * type.Size()];
        foreach (long start in Starts(tensor))
        {
            using Tensor part = Slice(tensor, start);
            using Tensor host = part.cpu();
            Span<byte> bytes = buffer.AsSpan(0, (int)(host.numel() * type.Size()));
            FloatConversion.Convert(host.bytes, TypeOf(host), bytes, type);
            stream.Write(bytes);
        }
    });

    /// <summary>The type in files of a tensor's elements.</summary>
    /// <exception cref="InvalidOperationException">The tensor has another type than float32, bfloat16 and float16.</exception>
    public static TensorType TypeOf(Tensor tensor) => tensor.dtype switch
    {
        ScalarType.BFloat16 => TensorType.BF16,
        ScalarType.Float16 => TensorType.F16,
        ScalarType.Float32 => TensorType.F32,
        _ => throw new InvalidOperationException($"Weights of type {tensor.dtype} are neither read nor written."),
    };

    private static void Read(ITensorSource source, string name, Tensor tensor, long start)
    {
        using Tensor target = Slice(tensor, start);
        if (target.device_type == DeviceType.CPU)
        {
            source.Read(name, start, TypeOf(target), target.bytes);
            return;
        }

        using Tensor host = empty(target.shape, target.dtype, CPU);
        source.Read(name, start, TypeOf(target), host.bytes);
        target.copy_(host);
    }

    private static IEnumerable<long> Starts(Tensor tensor)
    {
        long count = tensor.numel();
        for (long start = 0; start < count; start += Piece)
        {
            yield return start;
        }
    }

    private static Tensor Slice(Tensor tensor, long start)
    {
        using Tensor flat = tensor.view(-1);
        return flat.narrow(0, start, Math.Min(Piece, flat.shape[0] - start));
    }
}
