using System.Globalization;
using System.Runtime.InteropServices;
using NaturalThoughts.Checkpoints.Chat;
using NaturalThoughts.Contracts;
using NaturalThoughts.Student.Bench;
using NaturalThoughts.Student.Generation;
using NaturalThoughts.Student.Lora;
using NaturalThoughts.Student.Model;
using NaturalThoughts.Student.ModelWeights;
using NaturalThoughts.Student.Native;
using NaturalThoughts.Student.Training;
using TorchSharp;

// SHAPE [THREADS [SHARDS [RANK]]]: prints "seconds of a step, of a generation, processor seconds of a step, of a generation, digest of weights, of answers",
// medians. Processor seconds of one thread can be compared on a busy machine, where seconds cannot.
// The batch of a step is 32 x 128 tokens, all but the first of a row supervised; shards of it are computed side by side, one thread each, as
// `shards` of a recipe; with a rank a LoRA adapter of all matrices is trained in place of the weights. A generation is 64 answers of 128 tokens to
// prompts of 64, drawn at the TEMPERATURE of the environment (0, the default, is greedy) and top-p 0.95. The digests tell whether a change of the code
// changed a bit.
// soak STEPS alone|collecting [full|adapter|bf16]: see Soak; prints a digest.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args[0] == "soak")
{
    Console.WriteLine(Soak.Run(int.Parse(args[1], CultureInfo.InvariantCulture), args[2] == "collecting", args.Length > 3 ? args[3] : "full"));
    return;
}

Shape shape = Shape.Find(args[0]);
int threads = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 2;
NativeLibraries.Load();
int shards = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 1;
SeededRandom random = SeededRandom.From("bench", shape.Name);

int[] Tokens(int count) => [.. Enumerable.Range(0, count).Select(_ => 3 + random.Next(shape.Vocabulary - 3))];

// Three times as many steps come before the measured ones: the compiler takes a part of a processor for some seconds, until code is at its fastest.
using LlamaModel model = new(new LlamaWeights(shape.Config));
Initializer.Fill(model.Weights, "bench");
if (args.Length > 3)
{
    int rank = int.Parse(args[3], CultureInfo.InvariantCulture);
    LoraAdapter adapter = new(shape.Config, new LoraOptions { Rank = rank, Alpha = 2 * rank, Targets = LoraOptions.Modules }, torch.CPU);
    adapter.Fill("bench");
    model.Adapt(adapter);
}

EncodedRow[] rows = [.. Enumerable.Range(0, 32).Select(i => new EncodedRow($"row{i}", new EncodedExample(Tokens(128), 1)))];
int warm = (3 * shape.Steps) + 1;
TrainingOptions options = new() { LearningRate = 1e-3, Epochs = warm + shape.Steps, BatchTokens = 32 * 128, MaxTokens = 128, ClipNorm = 1, Shards = shards };
torch.set_num_threads(shards > 1 ? 1 : threads);
Laps steps = new();
new Trainer(model, options, 0, threads).Run(rows, "bench", steps, CancellationToken.None);

torch.set_num_threads(threads);
double temperature = double.Parse(Environment.GetEnvironmentVariable("TEMPERATURE") ?? "0", CultureInfo.InvariantCulture);
GenerationOptions generation = new() { Temperature = temperature, TopP = temperature > 0 ? 0.95 : 1, MaxNewTokens = 128, Batch = 64, Seed = "bench" };
(string, int[])[] prompts = [.. Enumerable.Range(0, 64).Select(i => ($"prompt{i}", Tokens(64)))];
Laps generations = new();
IReadOnlyList<int[]> answers = [];
for (int i = 0; i <= shape.Generations; i++)
{
    answers = new Generator(model, generation, [], 0).Run(prompts, generations, CancellationToken.None);
}

ContentHash weights = ContentHash.Of(MemoryMarshal.AsBytes<float>(model.Trained.Flat.data<float>().ToArray()).ToArray());
ContentHash told = ContentHash.Of(MemoryMarshal.AsBytes<int>(answers.SelectMany(answer => answer).ToArray()).ToArray());
Console.WriteLine(
    $"{steps.Median(warm):F5} {generations.Median(1):F5} {steps.Processor(warm):F5} {generations.Processor(1):F5} {weights.Hex[..16]} {told.Hex[..16]}");
