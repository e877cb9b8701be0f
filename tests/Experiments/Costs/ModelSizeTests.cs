using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Config;
using NaturalThoughts.Experiments.Costs;
using NaturalThoughts.Student.Model;
using NaturalThoughts.Student.ModelWeights;

namespace NaturalThoughts.Experiments.Tests.Costs;

public sealed class ModelSizeTests
{
    private const string Llama = """
        {"model_type": "llama", "hidden_size": 4096, "intermediate_size": 14336, "num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": 8,
         "vocab_size": 128256, "max_position_embeddings": 131072, "tie_word_embeddings": false}
        """;

    [Fact]
    public void Should_CountTheWeights_When_TheShapeIsKnown()
    {
        JsonObject shape = JsonNode.Parse(Llama)!.AsObject();

        // Llama-3.1-8B has 8.03 billion; the norms' 0.3 million are left out.
        double parameters = ModelSize.Of(shape)!.Parameters;
        Assert.InRange(parameters / LlamaWeights.CountOf(ModelConfig.FromJson(shape, "shape")), 0.9999, 1);
        Assert.Equal(parameters - (128256.0 * 4096), ModelSize.Of(shape)!.Multiplied);
    }

    [Fact]
    public void Should_CountOperations_When_ATokenIsTrainedOn()
    {
        // By hand: layers of 2 x (8 x (2 x 8 + 2 x 4) + 3 x 8 x 16) = 1,152 weights, an output of 10 x 8; both once as the table is tied.
        ModelSize size = ModelSize.Of(JsonNode.Parse(
            """{"hidden_size": 8, "intermediate_size": 16, "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2, "vocab_size": 10, "tie_word_embeddings": true}""")!.AsObject())!;

        Assert.Equal((1232, 1232), (size.Parameters, size.Multiplied));
        Assert.Equal((2 * 1232) + (4 * 2 * 8 * 100), size.Forward(100));
        Assert.Equal((6 * 1232) + (6 * 2 * 8 * 100), size.Training(100, frozen: false));
        Assert.Equal((2 * 1152) + (4 * 2 * 8 * 100), size.Layered(100));
        Assert.Equal((4 * 1232) + (6 * 2 * 8 * 100), size.Training(100, frozen: true));
    }

    [Fact]
    public void Should_SayNothing_When_AFieldIsMissing() => Assert.Null(ModelSize.Of(new JsonObject { ["hidden_size"] = 8 }));
}
