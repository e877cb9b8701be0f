using NaturalThoughts.Sources.Reading;

namespace NaturalThoughts.Sources.Runs;

/// <summary>One of the files that a run consists of.</summary>
/// <param name="Source">The file; its name is what a user typed, and what is below it.</param>
/// <param name="Format">One of <see cref="Recorded.RecordedFormats.Known"/>.</param>
/// <param name="Rows">One of <see cref="RowFormats.Known"/>.</param>
/// <param name="Task">The benchmark, as its name or its folder says it.</param>
internal sealed record RunFile(SourceFile Source, string Format, string Rows, string Task)
{
    /// <summary>The model; null where the file does not say.</summary>
    public string? Model { get; init; }

    /// <summary>Why it should not be trusted, in a sentence; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>The folder that it lies in.</summary>
    public string Folder => Path.GetDirectoryName(Path.GetFullPath(Source.Path))!;
}
