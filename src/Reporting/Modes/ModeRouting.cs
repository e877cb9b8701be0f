using NaturalThoughts.Evaluation.Modes;

namespace NaturalThoughts.Reporting.Modes;

/// <summary>An oracle that chooses between the modes in which a student is told what to do, and what each of its rows is short of it.</summary>
/// <param name="Student">The student.</param>
/// <param name="Benchmark">The benchmark.</param>
/// <param name="Route">What the oracle reaches, the mean over the replicates.</param>
/// <param name="Rows">The student's rows, in every mode.</param>
internal sealed record ModeRouting(string Student, TableBenchmark Benchmark, OracleRoute Route, IReadOnlyList<ModeResult> Rows)
{
    /// <summary>The modes between which the oracle chooses: <c>think</c> and <c>direct</c>. Another mode is told nothing and chooses itself.</summary>
    private static readonly string[] Arms = ["think", "direct"];

    /// <summary>The routings of all students that were asked in both ways.</summary>
    public static IReadOnlyList<ModeRouting> Of(IReadOnlyList<ModeResult> results) =>
    [
        .. from student in results.GroupBy(result => (result.Cell.Student, result.Benchmark))
           let arms = Arms.Select(mode => student.FirstOrDefault(row => row.Cell.Mode == mode)).OfType<ModeResult>().ToArray()
           where arms.Length == Arms.Length
           let replicates = arms.Min(arm => arm.Replicates.Count)
           let routes = Enumerable.Range(0, replicates).Select(r => OracleRoute.Of([.. arms.Select(arm => arm.Replicates[r])])).ToArray()
           select new ModeRouting(
               student.Key.Student,
               student.Key.Benchmark,
               new OracleRoute(routes.Average(route => route.Accuracy), routes.Average(route => route.Tokens)),
               [.. student]),
    ];

    /// <summary>The oracle's accuracy minus a row's.</summary>
    public double Regret(ModeResult row) => Route.Accuracy - row.Answers.Average(answer => answer.Score);

    /// <summary>A row's tokens per answer minus the oracle's.</summary>
    public double Excess(ModeResult row) => row.Answers.Average(answer => (double)answer.Tokens) - Route.Tokens;
}
