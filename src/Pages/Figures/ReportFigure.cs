namespace NaturalThoughts.Pages.Figures;

/// <summary>A figure of the report.</summary>
/// <param name="Name">The name of its file, without ending.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Caption">What it shows and what it was made from, in words, also for readers who cannot see it.</param>
/// <param name="Svg">The drawing.</param>
internal sealed record ReportFigure(string Name, string Title, string Caption, string Svg);
