namespace NaturalThoughts.Checkpoints.Weights;

/// <summary>Names and sizes of <see cref="TensorType"/>.</summary>
public static class TensorTypes
{
    private static readonly Dictionary<string, TensorType> ByName =
        Enum.GetValues<TensorType>().ToDictionary(type => type.Spelling(), StringComparer.Ordinal);

    /// <summary>Bytes of one element.</summary>
    public static int Size(this TensorType type) => type switch
    {
        <= TensorType.F8E8M0 => 1,
        <= TensorType.BF16 => 2,
        <= TensorType.F32 => 4,
        _ => 8,
    };

    /// <summary>The type's name in a safetensors header.</summary>
    public static string Spelling(this TensorType type) => type switch
    {
        TensorType.Bool => "BOOL",
        TensorType.F8E5M2 => "F8_E5M2",
        TensorType.F8E4M3 => "F8_E4M3",
        TensorType.F8E8M0 => "F8_E8M0",
        _ => type.ToString(),
    };

    /// <summary>The type of that name; false for an unknown one.</summary>
    public static bool TryParse(string name, out TensorType type) => ByName.TryGetValue(name, out type);
}
