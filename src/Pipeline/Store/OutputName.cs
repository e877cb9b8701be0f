namespace NaturalThoughts.Pipeline.Store;

/// <summary>Names of outputs: relative paths with forward slashes that stay inside their folder.</summary>
internal static class OutputName
{
    public static bool IsSafe(string name) =>
        name.Length > 0
        && !name.Contains('\\', StringComparison.Ordinal)
        && !name.Contains(':', StringComparison.Ordinal)
        && !name.Contains('\0', StringComparison.Ordinal)
        && name.Split('/').All(part => part is not ("" or "." or ".."));
}
