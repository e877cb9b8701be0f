using System.Text.Json.Nodes;
using NaturalThoughts.Experiments.Yaml;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Binds <c>student</c>: fields of a Hugging Face config.json, the rules of which hold between them too.</summary>
internal static class StudentBinder
{
    public static JsonObject? Bind(MapReader profile)
    {
        if (profile.Map("student") is not { } reader)
        {
            return null;
        }

        JsonObject student = reader.Parameters();
        int? hidden = (int?)student["hidden_size"], heads = (int?)student["num_attention_heads"], keyValueHeads =
            (int?)student["num_key_value_heads"], headDim = (int?)student["head_dim"];
        if (hidden % heads is { } rest && rest != 0 && headDim is null)
        {
            reader.Errors.Add(
                reader.AtOf("num_attention_heads"), $"{hidden} hidden units do not divide into {heads} heads.",
                "Give a head_dim, or a number of heads that divides hidden_size.");
        }
        else if ((headDim ?? hidden / heads) % 2 == 1)
        {
            reader.Errors.Add(
                reader.AtOf("num_attention_heads"), $"A head of {headDim ?? hidden / heads} units cannot be rotated in pairs.",
                "The width of a head must be even.");
        }

        if (heads % keyValueHeads is { } left && left != 0)
        {
            reader.Errors.Add(
                reader.AtOf("num_key_value_heads"), $"{heads} query heads do not divide into {keyValueHeads} key-value heads.",
                "Give a divisor of num_attention_heads.");
        }

        return student;
    }
}
