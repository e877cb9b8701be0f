using System.Text.Json;
using System.Text.Json.Nodes;
using NaturalThoughts.Evaluation.Repeats;
using NaturalThoughts.Experiments.Data;
using NaturalThoughts.Reporting;
using NaturalThoughts.Reporting.Protocols;
using NaturalThoughts.Reporting.Proxies;
using NaturalThoughts.Selection;

namespace NaturalThoughts.Experiments.Planning;

/// <summary>The last target of a table: all grades, the report and questions of every selection.</summary>
internal static class TableTarget
{
    public static void Add(TargetList targets, Profile profile, TableSettings table, string? probe)
    {
        JsonObject parameters = new()
        {
            ["name"] = table.Name,
            ["profile"] = profile.Name,
            ["title"] = table.Title,
            ["baseline"] = table.Baseline,
            ["class"] = table.Class,
            ["benchmarks"] = Array(table.Benchmarks, Benchmark),
            ["cells"] = Array(table.Cells, cell => Cell(cell, cell.Replicates ?? table.Replicates)),
            ["columns"] = Array(table.Columns, column => column),
            ["notes"] = Array(table.Notes, note => note),
        };
        if (table.Family is { } family)
        {
            parameters["family"] = family;
            parameters["familyOverSizes"] = table.FamilyOverSizes;
        }

        // Answers that others gave were computed elsewhere: their table holds on every machine.
        if (probe is not null && table.Cells.Any(cell => cell.Recorded is null))
        {
            parameters["probe"] = probe;
        }

        if (table.Paper is { } paper)
        {
            parameters["paper"] = new JsonObject
            {
                ["title"] = paper.Title,
                ["columns"] = Array(paper.Columns, column => column),
                ["rows"] = Array(paper.Rows, PaperRow),
            };
            if (paper.Of is { } of)
            {
                parameters["paper"]!["of"] = Array(of, name => name);
            }
        }

        if (ModeTargets.Options(table, profile) is { } modes)
        {
            parameters["modes"] = modes;
        }

        if (table.Proxies is { } proxies)
        {
            parameters["proxies"] = JsonSerializer.SerializeToNode(proxies, JsonSerializerOptions.Web);
        }

        if (table.Protocols.Count > 0)
        {
            parameters["protocols"] = Array(table.Protocols, protocol => protocol);
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
                        yield return (TableRoles.Phrasing(cell.Address, benchmark.Name, seed, phrasing), CellTargets.Phrased(
                            table, cell, seed, benchmark, phrasing));
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

    private static JsonObject PaperRow(TableReferenceRow row)
    {
        JsonObject json = new() { ["row"] = row.Row, ["values"] = Array(row.Values, value => value) };
        if (row.Cell is not null)
        {
            json["cell"] = row.Cell;
        }

        return json;
    }

    internal static JsonObject Benchmark(BenchmarkSettings benchmark)
    {
        JsonObject json = new() { ["name"] = benchmark.Name, ["options"] = benchmark.Options };
        if (benchmark.Protocols.Count > 0)
        {
            json["protocol"] = benchmark.Protocol;
        }

        return json;
    }

    internal static JsonObject Cell(CellSettings cell, IReadOnlyList<int> seeds)
    {
        JsonObject json = new() { ["address"] = cell.Address, ["seeds"] = Array(seeds, seed => seed) };
        if (cell.Method is not null)
        {
            json["method"] = cell.Row;
            json["size"] = cell.Size;
            json["mix"] = cell.MixAndMode;

            // Trained with the same number of examples by the same recipe, and asked in the same way.
            json["pool"] = FormattableString.Invariant($"{cell.Size} {cell.Mode}");
        }

        if (cell.Calibration)
        {
            json["calibration"] = true;
        }

        if (cell.Baseline is not null)
        {
            json["baseline"] = cell.Baseline;
        }

        if (cell.Expect is not null)
        {
            json["expect"] = cell.Expect;
        }

        return json;
    }

    private static JsonArray Array<T>(IEnumerable<T> items, Func<T, JsonNode?> node) => new([.. items.Select(node)]);
}
