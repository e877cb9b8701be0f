using System.Text.Json.Nodes;

namespace NaturalThoughts.Experiments.Costs;

/// <summary>What of a student's shape decides how much is computed.</summary>
/// <param name="Parameters">All weights.</param>
/// <param name="Multiplied">Weights of matrices that every token is multiplied by: without the table of embeddings, with the output matrix.</param>
/// <param name="Inner">Those of the layers alone, which an embedding takes.</param>
/// <param name="Layers">Layers.</param>
/// <param name="Attended">Width of all query heads together.</param>
/// <param name="Hidden">Width of the model.</param>
public sealed record ModelSize(double Parameters, double Multiplied, double Inner, int Layers, int Attended, int Hidden)
{
    /// <summary>The size by the fields of a config.json; null where one of them is missing.</summary>
    public static ModelSize? Of(JsonObject shape)
    {
        double? Field(string name) => JsonNumber.Of(shape[name]);
        if (Field("hidden_size") is not { } hidden || Field("intermediate_size") is not { } inner || Field("num_hidden_layers") is not { } layers
            || Field("num_attention_heads") is not { } heads || Field("vocab_size") is not { } vocabulary)
        {
            return null;
        }

        double width = Field("head_dim") ?? hidden / heads;
        double keys = (Field("num_key_value_heads") ?? heads) * width;
        double layer = (hidden * ((2 * heads * width) + (2 * keys))) + (3 * hidden * inner);
        double output = vocabulary * hidden;
        double tables = (bool?)shape["tie_word_embeddings"] == true ? output : 2 * output;
        return new ModelSize((layers * layer) + tables, (layers * layer) + output, layers * layer, (int)layers, (int)(heads * width), (int)hidden);
    }

    /// <summary>
    /// Operations of a token's forward pass that attends to so many tokens: two for each weight, four for each attended position, layer and unit.
    /// </summary>
    public double Forward(double attended) => (2 * Multiplied) + (4.0 * Layers * Attended * attended);

    /// <summary>Operations of a token's pass through the layers alone.</summary>
    public double Layered(double attended) => (2 * Inner) + (4.0 * Layers * Attended * attended);

    /// <summary>
    /// Operations of training on a token of rows of that length: three forward passes; where the weights are frozen (LoRA) two. What is computed
    /// again to save memory does not count.
    /// </summary>
    public double Training(double length, bool frozen) => (frozen ? 2 * 2 * Multiplied : 3 * 2 * Multiplied) + (3 * 4.0 * Layers * Attended * length / 2);
}
