namespace NaturalThoughts.Tests;

/// <summary>
/// A test on the owners' own files, which are no part of the project: skipped unless NATURALTHOUGHTS_DATA names a folder that holds the file,
/// such as math500/test.jsonl.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DataFactAttribute : FactAttribute
{
    public DataFactAttribute(string file)
    {
        if (Folder is null || !File.Exists(Path.Combine(Folder, file)))
        {
            Skip = $"NATURALTHOUGHTS_DATA names no folder with {file}.";
        }
    }

    public static string? Folder { get; } = Environment.GetEnvironmentVariable("NATURALTHOUGHTS_DATA");
}
