using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Reporting.Tables;

namespace NaturalThoughts.Reporting.Locks;

/// <summary>
/// Builds the body of a lock: per cell its seeds and per benchmark the values as the table prints them and the digests of its grades;
/// beside them the class, the probe and the digests of the csv and of the outcomes. No date, path or host.
/// </summary>
internal static class LockBody
{
    public static JsonObject Of(TableOptions options, IReadOnlyList<CellResult> results, string csv, string outcomes)
    {
        JsonObject cells = [];
        foreach (TableCell cell in options.Cells)
        {
            JsonObject benchmarks = [];
            foreach (CellResult result in results.Where(result => result.Scores.Cell == cell))
            {
                benchmarks[result.Scores.Benchmark.Name] = Values(result);
            }

            cells[cell.Address] = new JsonObject
            {
                ["seeds"] = new JsonArray([.. cell.Seeds.Select(seed => (JsonNode)seed)]),
                ["benchmarks"] = benchmarks,
            };
        }

        return new JsonObject
        {
            ["table"] = options.Name,
            ["profile"] = options.Profile,
            ["class"] = options.Class,
            ["probe"] = options.Probe,
            ["cells"] = cells,
            ["csv"] = ContentHash.OfText(csv).Hex,
            ["outcomes"] = ContentHash.OfText(outcomes).Hex,
        };
    }

    private static JsonObject Values(CellResult result)
    {
        JsonObject values = new()
        {
            ["n"] = result.Scores.N,
            ["right"] = new JsonArray([.. result.Scores.Right.Select(right => (JsonNode)right)]),
            ["mean"] = Numbers.Fixed(result.Scores.Accuracy, 6),
            ["se"] = Numbers.Fixed(result.StandardError, 6),
            ["diff"] = result.Comparison is null ? "" : Numbers.Fixed(result.Difference, 6),
            ["pHolm"] = Numbers.P(result.HolmP),
            ["tokens"] = Numbers.Fixed(Numbers.Ratio(result.Scores.Tokens, result.Scores.Answers), 2),
            ["grades"] = new JsonArray([.. result.Scores.Digests.Select(digest => (JsonNode)digest.Hex)]),
        };
        if (result.Scores.Repeats > 1)
        {
            values["repeats"] = result.Scores.Repeats;
        }

        if (result.Scores.DrawnAnswers > 0)
        {
            values["drawn"] = result.Scores.DrawnAnswers;
        }

        return values;
    }
}
