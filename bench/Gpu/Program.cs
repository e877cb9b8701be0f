using System.Globalization;
using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints;
using NaturalThoughts.Contracts;
using NaturalThoughts.Student.Bench;
using NaturalThoughts.Student.Lora;
using NaturalThoughts.Student.Model;
using NaturalThoughts.Student.Native;
using NaturalThoughts.Student.Training;
using TorchSharp;
using static TorchSharp.torch;

// full|lora ROW MICRO PARTS STEPS KEPT [DEVICE [FOLDER]]: trains a random model of the shape in FOLDER/config.json (default: Llama-3.1-8B) and prints
// a line of JSON. A step is PARTS micro-batches of MICRO tokens in rows of ROW tokens, of which all but the first are supervised; KEPT is
// activationMemoryGb, or "all" for no activation checkpointing. The first step is not counted; the median of the others is.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
(string mode, int length, int micro, int parts, int steps, string kept) = (args[0], Number(1), Number(2), Number(3), Number(4), args[5]);
string device = args.Length > 6 ? args[6] : "cuda";
ModelConfig config = ModelConfig.Read(args.Length > 7 ? args[7] : Path.Combine(AppContext.BaseDirectory, "model"));
NativeLibraries.Load();
SeededRandom random = SeededRandom.From("gpu");

using LlamaModel model = new(new LlamaWeights(config, Placement.Of(device, "bf16")));
using (no_grad())
{
    model.Weights.Flat.normal_(0, config.InitializerRange);
    foreach ((string name, Tensor weight) in model.Weights.Named.Where(item => item.Key.EndsWith("norm.weight", StringComparison.Ordinal)))
    {
        weight.fill_(1);
    }
}

LoraOptions? lora = mode == "lora" ? new LoraOptions { Rank = 32, Alpha = 64, Targets = LoraOptions.Modules } : null;
if (lora is not null)
{
    LoraAdapter adapter = new(config, lora, model.Weights.Placement.Device);
    adapter.Fill("gpu");
    model.Adapt(adapter);
}

EncodedRow[] rows = [.. Enumerable.Range(0, parts * micro / length).Select(i =>
    new EncodedRow($"row{i:000}", new EncodedExample([.. Enumerable.Range(0, length).Select(_ => random.Next(config.VocabSize))], 1)))];
TrainingOptions options = new()
{
    LearningRate = 2e-5,
    Epochs = steps + 1,
    BatchTokens = parts * micro,
    MicroBatchTokens = micro,
    MaxTokens = length,
    Precision = lora is null ? Precision.Bf16Stochastic : Precision.Bf16Master,
    Moments = lora is null ? Precision.Bf16 : null,
    ActivationCheckpointing = kept != "all",
    ActivationMemoryGb = kept == "all" ? 0 : double.Parse(kept, CultureInfo.InvariantCulture),
    Lora = lora,
};
Laps laps = new();
Trainer trainer = new(model, options, 0);
long tokens = trainer.Run(rows, "gpu", laps, CancellationToken.None) / (steps + 1);

// Of a token: 2 operations forward and 4 backward for each weight of a matrix (2 where weights are frozen), and attention to half the row.
long matrices = LlamaWeights.CountOf(config) - ((long)config.VocabSize * config.HiddenSize);
double operations = ((lora is null ? 6.0 : 4.0) * matrices) + (6.0 * config.NumHiddenLayers * config.NumAttentionHeads * config.HeadDim * length);
double seconds = laps.Median(1);
Console.WriteLine(new JsonObject
{
    ["program"] = "NaturalThoughts",
    ["mode"] = mode,
    ["row"] = length,
    ["micro"] = micro,
    ["tokensOfAStep"] = tokens,
    ["kept"] = kept,
    ["seconds"] = Math.Round(seconds, 4),
    ["tokensPerSecond"] = Math.Round(tokens / seconds),
    ["teraflops"] = Math.Round(tokens * operations / seconds / 1e12, 1),
    ["memoryGb"] = Math.Round((CudaDevices.MemoryInUse() ?? 0) / 1e9, 2),
    ["predictedGb"] = Math.Round(MemoryEstimate.Of(config, options).Peak / 1e9, 2),
    ["losses"] = string.Join(' ', trainer.Log.Split('\n').Skip(1).Where(line => line.Length > 0).Select(line => line.Split(',')[2])),
}.ToJsonString());

int Number(int at) => int.Parse(args[at], CultureInfo.InvariantCulture);
