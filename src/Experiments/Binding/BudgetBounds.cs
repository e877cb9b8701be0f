using NaturalThoughts.Experiments.Yaml;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>What a table takes at the very least; the true counts are known after a run only.</summary>
internal static class BudgetBounds
{
    /// <summary>Reports a table that cannot stay within the profile's budget: an answer has at least one token, a training example two.</summary>
    public static void Check(MapReader table, Profile profile, IReadOnlyList<CellSettings> cells, IReadOnlyList<BenchmarkSettings> benchmarks, int replicates)
    {
        long students = cells.Where(cell => cell.Recorded is null && cell.Endpoint is null).Sum(cell => (long)(cell.Replicates?.Count ?? replicates));
        long answers = students * benchmarks.Sum(benchmark => (long)(benchmark.Count ?? 1) * benchmark.Seeds);
        long examples = cells.Sum(cell => cell.Size is { } size ? (long)size * profile.SftEpochs[size] * (cell.Replicates?.Count ?? replicates) : 0);
        Require("generationTokens", $"asks for {answers} answers", answers, profile.Budget.GenerationTokens);
        Require("sftTokens", $"trains on {examples} examples", examples * 2, profile.Budget.SftTokens);

        void Require(string key, string what, long least, long most)
        {
            if (least > most)
            {
                table.Errors.Add(
                    table.AtOf("rows"), $"The table {what}, more than '{key}', {most}, allows.",
                    "Raise the profile's budget, or remove rows, sizes or replicates.");
            }
        }
    }
}
