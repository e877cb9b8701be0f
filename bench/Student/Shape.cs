using System.Text.Json;
using NaturalThoughts.Checkpoints.Config;

namespace NaturalThoughts.Student.Bench;

/// <summary>A model of shapes.json, and how often it is measured in one process.</summary>
internal sealed record Shape(string Name, int Hidden, int Inner, int Layers, int Heads, int Kv, int Vocabulary, int Steps, int Generations)
{
    private static readonly JsonSerializerOptions Lenient = new() { PropertyNameCaseInsensitive = true };

    public ModelConfig Config => new()
    {
        HiddenSize = Hidden,
        IntermediateSize = Inner,
        NumHiddenLayers = Layers,
        NumAttentionHeads = Heads,
        NumKeyValueHeads = Kv,
        HeadDim = Hidden / Heads,
        VocabSize = Vocabulary,
        MaxPositionEmbeddings = 256,
        TieWordEmbeddings = true,
        InitializerRange = 0.05,
    };

    public static Shape Find(string name) =>
        JsonSerializer.Deserialize<Shape[]>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "shapes.json")), Lenient)!
            .Single(shape => shape.Name == name);
}
