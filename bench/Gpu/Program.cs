using System.Globalization;
using System.Text.Json.Nodes;
using NaturalThoughts.Gpu.Bench;
using NaturalThoughts.Student.Model;
using NaturalThoughts.Student.Native;

// full|lora ROW MICRO PARTS STEPS KEPT [DEVICE [FOLDER]]   trains: a step is PARTS micro-batches of MICRO tokens in rows of ROW tokens; KEPT is
//                                                          activationMemoryGb, or "all" for no activation checkpointing
// generate ROWS PROMPT NEW TEMPERATURE [DEVICE [FOLDER]]   NEW tokens to each of ROWS prompts of PROMPT tokens
// A random model of the shape in FOLDER/config.json (default: Llama-3.1-8B) in bfloat16; a line of JSON is printed.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
int settings = args[0] == "generate" ? 5 : 6;
string device = args.Length > settings ? args[settings] : "cuda";
string folder = args.Length > settings + 1 ? args[settings + 1] : Path.Combine(AppContext.BaseDirectory, "model");
NativeLibraries.Load();
using LlamaModel model = RandomModel.Create(device, folder);
JsonObject result = args[0] switch
{
    "generate" => GenerationBench.Run(model, Number(1), Number(2), Number(3), double.Parse(args[4], CultureInfo.InvariantCulture)),
    "full" or "lora" =>
        TrainingBench.Run(
            model, args[0] == "lora", Number(1), Number(2), Number(3), Number(4),
            args[5] == "all" ? null : double.Parse(args[5], CultureInfo.InvariantCulture)),
    _ => throw new ArgumentException($"{args[0]} is none of full, lora, generate."),
};
Console.WriteLine(result.ToJsonString());

int Number(int at) => int.Parse(args[at], CultureInfo.InvariantCulture);
