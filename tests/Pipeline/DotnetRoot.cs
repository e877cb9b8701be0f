namespace NaturalThoughts.Pipeline.Tests;

/// <summary>Where the running .NET lives.</summary>
internal static class DotnetRoot
{
    public static string Folder { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));

    public static string Host { get; } = Path.Combine(Folder, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
}
