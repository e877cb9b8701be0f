namespace NaturalThoughts.Pipeline.Rechecking;

/// <summary>The first place where a re-executed target's output differs from the stored one.</summary>
/// <param name="File">The output's name.</param>
/// <param name="Place">What the first differing byte means: <c>row 3, field answer.text</c>, <c>tensor wte.weight, element 17</c>, <c>byte 40</c>.</param>
/// <param name="Old">The stored value; empty where there is none.</param>
/// <param name="New">The value that came out; empty where none did.</param>
public sealed record OutputDifference(string File, string Place, string Old, string New)
{
    private const int Longest = 120;

    /// <inheritdoc />
    public override string ToString() => $"{File}, {Place}: {Short(Old)} -> {Short(New)}";

    private static string Short(string value) => value.Length == 0 ? "(nothing)" : value.Length <= Longest ? value : value[..Longest] + "...";
}
