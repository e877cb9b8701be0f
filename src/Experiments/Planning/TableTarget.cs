using System.Text.Json.Nodes;
using NaturalThoughts.Evaluation.Repeats;
using NaturalThoughts.Experiments.Data;
using NaturalThoughts.Reporting;
using NaturalThoughts.Reporting.DifficultyProxies;
using NaturalThoughts.Reporting.Protocols;
using NaturalThoughts.Selection;

namespace NaturalThoughts.Experiments.Planning;

/// <summary>The last target of a table: all grades, the report and questions of every selection.</summary>
internal static class TableTarget
{
    public static void Add(TargetList targets, Profile profile, TableSettings table, string? probe)
    {
        JsonObject parameters = StageParameters.Of(new TableOptions
        {
            Name = table.Name,
            Profile = profile.Name,
            Title = table.Title,
            Baseline = table.Baseline,
            Class = table.Class,
            Benchmarks = [.. table.Benchmarks.Select(Benchmark)],
            Cells = [.. table.Cells.Select(cell => Cell(cell, cell.Replicates ?? table.Replicates))],
            Columns = table.Columns,
            Notes = table.Notes,
            Family = table.Family,
            FamilyOverSizes = table.Family is null ? null : table.FamilyOverSizes,

            // Answers that others gave were computed elsewhere: their table holds on every machine.
            Probe = table.Cells.Any(cell => cell.Recorded is null) ? probe : null,
            Paper = table.Paper,
            Modes = ModeTargets.Options(table, profile),
        });
        if (table.Proxies is { } proxies)
        {
            parameters[StageParameters.Name(nameof(ProxiesOptions.Proxies))] = StageParameters.Of(proxies);
        }

        if (table.Protocols.Count > 0)
        {
            parameters[StageParameters.Name(nameof(ProtocolsOptions.Protocols))] =
                new JsonArray([.. table.Protocols.Select(protocol => (JsonNode)protocol)]);
        }

        targets.Add(
            new Output(Planner.AddressOf(table), null), Stage(table.Kind), parameters,
            [.. Inputs(table), .. InputsOfKind(table), .. ModeTargets.Inputs(table, profile)]);
    }

    private static IEnumerable<(string Role, Output From)> Inputs(TableSettings table)
    {
        foreach (CellSettings cell in table.Cells)
        {
            foreach (int seed in cell.Replicates ?? table.Replicates)
            {
                foreach (BenchmarkSettings benchmark in table.Benchmarks)
                {
                    Output grades = CellTargets.Grades(table, cell, seed, benchmark);
                    yield return (TableRoles.Grades(cell.Address, benchmark.Name, seed), grades);
                    if (table.HasMeasures)
                    {
                        yield return (TableRoles.Measures(cell.Address, benchmark.Name, seed), grades with { File = MeasureStage.Measures });
                    }

                    int phrasings = CellTargets.Phrasings(table, cell, benchmark);
                    for (int phrasing = 1; phrasing <= phrasings && phrasings > 1; phrasing++)
                    {
                        string role = TableRoles.Phrasing(cell.Address, benchmark.Name, seed, phrasing);
                        yield return (role, CellTargets.Phrased(table, cell, seed, benchmark, phrasing));
                    }
                }

                if (cell.Method is not null)
                {
                    yield return (TableRoles.Report(cell.Address, seed), CellTargets.Selection(table, cell, seed) with { File = SelectStage.Report });
                    yield return (TableRoles.Selected(cell.Address, seed), CellTargets.Selection(table, cell, seed));
                }
            }
        }
    }

    private static string Stage(string kind) => kind switch
    {
        TableKind.Proxies => ProxiesStage.Name,
        TableKind.Protocols => ProtocolsStage.Name,
        _ => TableStage.Name,
    };

    private static IEnumerable<(string Role, Output From)> InputsOfKind(TableSettings table)
    {
        foreach (BenchmarkSettings benchmark in table.Benchmarks)
        {
            if (table.CommonQuestions)
            {
                yield return (TableRoles.Common(benchmark.Name), CommonTargets.Report(table, benchmark));
            }

            foreach (CellSettings cell in table.Cells)
            {
                foreach (int seed in cell.Replicates ?? table.Replicates)
                {
                    if (table.Kind == TableKind.Proxies)
                    {
                        yield return (TableRoles.Questions(cell.Address, benchmark.Name, seed), CommonTargets.Of(table, cell, seed, benchmark).Questions);
                    }
                    else if (table.Kind == TableKind.Protocols || (table.Columns.Contains(TableColumns.Protocols) && benchmark.Protocols.Count > 1))
                    {
                        yield return (TableRoles.Spread(cell.Address, benchmark.Name, seed), CellTargets.Spread(table, cell, seed, benchmark.Name));
                    }
                }
            }
        }
    }

    internal static TableBenchmark Benchmark(BenchmarkSettings benchmark) =>
        new(benchmark.Name, benchmark.Options, benchmark.Protocols.Count > 0 ? benchmark.Protocol : null);

    internal static TableCell Cell(CellSettings cell, IReadOnlyList<int> seeds)
    {
        bool isTrained = cell.Method is not null;
        return new TableCell
        {
            Address = cell.Address,
            Seeds = seeds,
            Method = isTrained ? cell.Row : null,
            Size = isTrained ? cell.Size : null,
            Mix = isTrained ? cell.MixAndMode : null,

            // Trained with the same number of examples by the same recipe, and asked in the same way.
            Pool = isTrained ? FormattableString.Invariant($"{cell.Size} {cell.Mode}") : null,
            Calibration = cell.Calibration,
            Baseline = cell.Baseline,
            Expect = cell.Expect,
        };
    }
}
