using System.Globalization;
using NaturalThoughts.Checkpoints.Weights;
using NaturalThoughts.Pipeline.Rechecking;

namespace NaturalThoughts.Build.Results;

/// <summary>Says where two safetensors files differ: tensor, element, values.</summary>
internal static class WeightDifference
{
    /// <summary>The first difference in ordinal order of the tensors; null for another kind of file.</summary>
    public static OutputDifference? Find(string name, string oldPath, string newPath)
    {
        if (!name.EndsWith(".safetensors", StringComparison.Ordinal))
        {
            return null;
        }

        using SafetensorsFile old = SafetensorsFile.Open(oldPath), now = SafetensorsFile.Open(newPath);
        foreach (string tensor in old.Tensors.Keys.Union(now.Tensors.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (!old.Tensors.TryGetValue(tensor, out TensorEntry? before) || !now.Tensors.TryGetValue(tensor, out TensorEntry? after)
                || before.Type != after.Type || !before.Shape.SequenceEqual(after.Shape))
            {
                return new OutputDifference(name, "tensor " + tensor, Shape(old, tensor), Shape(now, tensor));
            }

            if (FirstByte(old, now, tensor, before.ByteCount) is { } offset)
            {
                long element = offset / (before.ByteCount / before.Count);
                return new OutputDifference(
                    name, string.Create(CultureInfo.InvariantCulture, $"tensor {tensor}, element {element} of {before.Count}"), Value(old, tensor, element),
                    Value(now, tensor, element));
            }
        }

        return null;
    }

    private static string Shape(SafetensorsFile file, string tensor) =>
        file.Tensors.TryGetValue(tensor, out TensorEntry? entry)
            ? string.Create(CultureInfo.InvariantCulture, $"{entry.Type} [{string.Join(", ", entry.Shape)}]")
            : "";

    private static long? FirstByte(SafetensorsFile old, SafetensorsFile now, string tensor, long count)
    {
        byte[] a = new byte[count], b = new byte[count];
        old.ReadBytes(tensor, 0, a);
        now.ReadBytes(tensor, 0, b);
        int same = a.AsSpan().CommonPrefixLength(b);
        return same == count ? null : same;
    }

    private static string Value(SafetensorsFile file, string tensor, long element)
    {
        if (file.Tensors[tensor].Type is not (TensorType.F32 or TensorType.F16 or TensorType.BF16))
        {
            TensorEntry entry = file.Tensors[tensor];
            byte[] bytes = new byte[entry.ByteCount / entry.Count];
            file.ReadBytes(tensor, element * bytes.Length, bytes);
            return "0x" + Convert.ToHexStringLower(bytes);
        }

        float[] value = new float[1];
        file.ReadFloat32(tensor, element, value);
        return value[0].ToString("G9", CultureInfo.InvariantCulture);
    }
}
