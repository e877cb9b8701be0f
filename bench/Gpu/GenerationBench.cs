using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Student.Generation;
using NaturalThoughts.Student.Model;
using NaturalThoughts.Student.ModelWeights;
using NaturalThoughts.Student.Native;

namespace NaturalThoughts.Gpu.Bench;

/// <summary>Answers of a random model to random prompts of one length.</summary>
internal static class GenerationBench
{
    /// <summary>Generates twice and tells of the second time.</summary>
    /// <param name="model">Generates.</param>
    /// <param name="rows">Prompts, all of them one batch.</param>
    /// <param name="length">Tokens of a prompt.</param>
    /// <param name="added">Tokens of an answer.</param>
    /// <param name="temperature">0, or with a nucleus of 0.95.</param>
    public static JsonObject Run(LlamaModel model, int rows, int length, int added, double temperature)
    {
        RandomModel.Sharpen(model);
        SeededRandom random = SeededRandom.From("gpu");
        (string, int[])[] prompts =
            [.. Enumerable.Range(0, rows)
                .Select(i =>
                    (i.ToString(CultureInfo.InvariantCulture), Enumerable.Range(0, length).Select(_ => random.Next(model.Config.VocabSize)).ToArray()))];
        GenerationOptions options = new() { Temperature = temperature, TopP = 0.95, MaxNewTokens = added, Batch = rows, Seed = "gpu", Precision = "bf16" };
        Stopwatch watch = new();
        for (int i = 0; i < 2; i++)
        {
            watch.Restart();
            new Generator(model, options, [], 0).Run(prompts, null, CancellationToken.None);
        }

        double seconds = watch.Elapsed.TotalSeconds;
        return new JsonObject
        {
            ["program"] = "NaturalThoughts",
            ["mode"] = "generate",
            ["rows"] = rows,
            ["prompt"] = length,
            ["new"] = added,
            ["temperature"] = temperature,
            ["seconds"] = Math.Round(seconds, 4),
            ["tokensPerSecond"] = Math.Round(rows * added / seconds),
            ["milliseconds"] = Math.Round(1000 * seconds / added, 2),
            ["memoryGb"] = Math.Round((CudaDevices.MemoryInUse() ?? 0) / 1e9, 2),
        };
    }
}
