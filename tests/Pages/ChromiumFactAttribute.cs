namespace NaturalThoughts.Pages.Tests;

/// <summary>A test in a real browser; skipped, and said so, where Chromium is not installed.</summary>
public sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute() => Skip = Path is null ? "Chromium is not installed (apt-get install chromium); .ci/run installs it where it may." : null;

    /// <summary>Where it is; null for nowhere in the search path.</summary>
    internal static string? Path { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Where(folder => folder.Length > 0)
        .SelectMany(folder => new[] { System.IO.Path.Combine(folder, "chromium"), System.IO.Path.Combine(folder, "chromium-browser") })
        .FirstOrDefault(File.Exists);
}
