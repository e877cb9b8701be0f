namespace NaturalThoughts.Student.Tests.Native;

/// <summary>A fact that makes a library of its own with a C compiler; skipped where there is none.</summary>
public sealed class CompilerFactAttribute : FactAttribute
{
    public CompilerFactAttribute() => Skip = Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, "cc")))
        ? null
        : "no C compiler (cc) is installed, which this test makes a library with.";
}
