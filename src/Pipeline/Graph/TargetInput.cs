namespace NaturalThoughts.Pipeline.Graph;

/// <summary>Where an input comes from: a file of another target's outputs, or all of them as a folder.</summary>
/// <param name="TargetAddress">The address of the target that writes it.</param>
/// <param name="File">The output's name; null for the whole output folder.</param>
public sealed record TargetInput(string TargetAddress, string? File = null)
{
    /// <inheritdoc />
    public override string ToString() => File is null ? TargetAddress : TargetAddress + ":" + File;
}
