using System.Globalization;
using System.Text;
using NaturalThoughts.Reporting.Tables;

namespace NaturalThoughts.Reporting.Diagnosing;

/// <summary>Diagnoses as a page of Markdown: what trips first, then all tests of each cell.</summary>
public static class DiagnosisPage
{
    /// <summary>The text of the page.</summary>
    /// <param name="title">What was diagnosed.</param>
    /// <param name="cells">Cells with their diagnoses.</param>
    public static string Write(string title, IReadOnlyList<(DiagnosedCell Cell, IReadOnlyList<Diagnosis> Diagnoses)> cells)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"# Diagnosis of {title}\n\n");
        (DiagnosedCell Cell, Diagnosis Diagnosis)[] tripped =
            [.. cells.SelectMany(item => item.Diagnoses.Where(one => one.State == DiagnosisState.Trips).Select(one => (item.Cell, one)))];
        text.Append(
            CultureInfo.InvariantCulture, $"{cells.Count} {(cells.Count == 1 ? "cell" : "cells")}, {cells.Sum(item => item.Cell.Answers.Count())} answers; ")
            .Append(CultureInfo.InvariantCulture, $"{tripped.Length} {(tripped.Length == 1 ? "test trips" : "tests trip")}. ")
            .Append("Shares and differences with their 95 % intervals; nothing is corrected over cells.\n");
        foreach (IGrouping<string, (DiagnosedCell Cell, Diagnosis Diagnosis)> kind in tripped.GroupBy(item => item.Diagnosis.Name, StringComparer.Ordinal))
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"\n## {kind.Key}\n\nTrips when: {kind.First().Diagnosis.Threshold}. Look at: {kind.First().Diagnosis.LookAt}.\n\n");
            foreach ((DiagnosedCell cell, Diagnosis diagnosis) in kind)
            {
                text.Append(CultureInfo.InvariantCulture, $"- {cell.Address}: {diagnosis.Number}\n");
            }
        }

        foreach ((DiagnosedCell cell, IReadOnlyList<Diagnosis> diagnoses) in cells)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {cell.Address}\n\n");
            MarkdownRows.Write(
                text,
                ["diagnosis", "state", "number", "trips when", "look at"],
                diagnoses.Select(one => (string[])[one.Name, Word(one.State), one.Number, one.Threshold, one.LookAt]));
        }

        return text.ToString();
    }

    private static string Word(DiagnosisState state) => state switch
    {
        DiagnosisState.Trips => "**trips**",
        DiagnosisState.Fine => "fine",
        DiagnosisState.Unclear => "cannot tell",
        _ => "not tested",
    };
}
