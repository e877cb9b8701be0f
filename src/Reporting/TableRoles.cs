using System.Globalization;

namespace NaturalThoughts.Reporting;

/// <summary>The roles under which a plan binds the inputs of the <c>table</c> stage.</summary>
public static class TableRoles
{
    /// <summary>grades.jsonl of a cell, benchmark and seed.</summary>
    public static string Grades(string cell, string benchmark, int seed) => Invariant($"grades/{cell}/{benchmark}/seed{seed}");

    /// <summary>measures.jsonl of a cell, benchmark and seed; bound where the table asks for measures.</summary>
    public static string Measures(string cell, string benchmark, int seed) => Invariant($"measures/{cell}/{benchmark}/seed{seed}");

    /// <summary>grades.jsonl of a phrasing of the benchmark's prompt, the benchmark's own being 1; bound where the table asks for phrasings.</summary>
    public static string Phrasing(string cell, string benchmark, int seed, int phrasing) => Invariant($"phrasings/{cell}/{benchmark}/seed{seed}/{phrasing}");

    /// <summary>report.json of a cell's selection; optional.</summary>
    public static string Report(string cell, int seed) => Invariant($"selection/{cell}/seed{seed}");

    /// <summary>selection.jsonl of a cell; optional.</summary>
    public static string Selected(string cell, int seed) => Invariant($"selected/{cell}/seed{seed}");

    /// <summary>questions.jsonl of a cell, benchmark and seed: the questions as they were asked.</summary>
    public static string Questions(string cell, string benchmark, int seed) => Invariant($"questions/{cell}/{benchmark}/seed{seed}");

    /// <summary>report.json of the questions that all rows of a benchmark share; optional.</summary>
    public static string Common(string benchmark) => $"common/{benchmark}";

    /// <summary>report.json of a cell's answers graded by several protocols; optional.</summary>
    public static string Spread(string cell, string benchmark, int seed) => Invariant($"spread/{cell}/{benchmark}/seed{seed}");

    /// <summary>questions.jsonl of a benchmark, as its source has them; bound where the table compares modes.</summary>
    public static string Benchmark(string benchmark) => $"benchmark/{benchmark}";

    /// <summary>report.json of a cell's training set; bound where the table compares modes.</summary>
    public static string Composition(string cell, int seed) => Invariant($"composition/{cell}/seed{seed}");

    /// <summary>grades.jsonl of a cell whose thoughts were closed after a number of tokens; bound where the table asks for it.</summary>
    public static string Closed(string cell, string benchmark, int seed, int budget) => Invariant($"closed/{cell}/{benchmark}/seed{seed}/{budget}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
