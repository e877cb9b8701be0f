using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments.Planning;
using NaturalThoughts.Pipeline.Graph;

namespace NaturalThoughts.Experiments;

/// <summary>Turns experiments into targets.</summary>
public static class Planner
{
    /// <summary>
    /// The targets of all tables, each shared one once. Addresses: <c>data/...</c>, <c>world/...</c>, <c>base/...</c>, <c>prompts/mode/benchmark</c>,
    /// <c>Table1/Random/1000/System2/seed1/{select, compose, fine-tune, generate/benchmark, grade/benchmark}</c>, <c>Table1/base/seed1/...</c>
    /// and <c>Table1/table</c>; <c>Findings/table</c> where findings are declared.
    /// </summary>
    /// <param name="experiments">The profile and its tables.</param>
    /// <param name="probe">The numerics class under which answers are made, printed in the locks; null for none.</param>
    /// <param name="digestOf">Path of a file outside of the store to its digest, for a profile with a checkpoint or with data from files; null reads the
    /// file.</param>
    public static ExperimentPlan Plan(ExperimentSet experiments, string? probe = null, Func<string, ContentHash>? digestOf = null)
    {
        TargetList targets = new(experiments.Profile, digestOf ?? ContentHash.OfFile);
        SharedOutputs shared = SharedTargets.Add(targets, experiments.Profile);
        foreach (TableSettings table in experiments.Tables)
        {
            List<AnsweredCell> answered = [];
            foreach (CellSettings cell in table.Cells)
            {
                foreach (int seed in cell.Replicates ?? table.Replicates)
                {
                    answered.AddRange(CellTargets.Add(targets, shared, experiments.Profile, table, cell, seed));
                }
            }

            if (table.CommonQuestions)
            {
                CommonTargets.Add(targets, table, answered);
            }

            TableTarget.Add(targets, experiments.Profile, table, probe);
        }

        if (experiments.Findings is { } findings)
        {
            FindingsTarget.Add(targets, experiments.Profile, findings, probe);
        }

        return new ExperimentPlan(experiments, new TargetGraph(targets.All));
    }

    /// <summary>The address of a table's last target.</summary>
    internal static string AddressOf(TableSettings table) => table.Name + "/table";
}
