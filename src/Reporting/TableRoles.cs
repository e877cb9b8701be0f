using System.Globalization;

namespace NaturalThoughts.Reporting;

/// <summary>The roles under which a plan binds the inputs of the <c>table</c> stage.</summary>
public static class TableRoles
{
    /// <summary>grades.jsonl of a cell, benchmark and seed.</summary>
    public static string Grades(string cell, string benchmark, int seed) => Invariant($"grades/{cell}/{benchmark}/seed{seed}");

    /// <summary>report.json of a cell's selection; optional.</summary>
    public static string Report(string cell, int seed) => Invariant($"selection/{cell}/seed{seed}");

    /// <summary>selection.jsonl of a cell; optional.</summary>
    public static string Selected(string cell, int seed) => Invariant($"selected/{cell}/seed{seed}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
