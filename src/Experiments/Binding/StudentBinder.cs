using System.Text.Json.Nodes;
using NaturalThoughts.Experiments.Yaml;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Binds <c>student</c>: fields of a Hugging Face config.json, the rules of which hold between them too.</summary>
internal static class StudentBinder
{
    public static JsonObject? Bind(MapReader profile)
    {
        if (profile.Map("student", Shapes.Student) is not { } reader)
        {
            return null;
        }

        JsonObject student = [];
        int? hidden = Integer("hidden_size", 65_536);
        Integer("intermediate_size", 1 << 20);
        Integer("num_hidden_layers", 1024);
        int? heads = Integer("num_attention_heads", 4096);
        int? keyValueHeads = Integer("num_key_value_heads", 4096);
        int? headDim = Integer("head_dim", 65_536, required: false);
        Integer("max_position_embeddings", 1 << 24);
        Number("rope_theta", 1e12);
        Number("rms_norm_eps", 1);
        Number("initializer_range", 10, required: false);
        if (reader.Flag("tie_word_embeddings") is { } tie)
        {
            student["tie_word_embeddings"] = tie;
        }

        if (hidden % heads is { } rest && rest != 0 && headDim is null)
        {
            reader.Errors.Add(reader.AtOf("num_attention_heads"), $"{hidden} hidden units do not divide into {heads} heads.", "Give a head_dim, or a number of heads that divides hidden_size.");
        }
        else if ((headDim ?? hidden / heads) % 2 == 1)
        {
            reader.Errors.Add(reader.AtOf("num_attention_heads"), $"A head of {headDim ?? hidden / heads} units cannot be rotated in pairs.", "The width of a head must be even.");
        }

        if (heads % keyValueHeads is { } left && left != 0)
        {
            reader.Errors.Add(reader.AtOf("num_key_value_heads"), $"{heads} query heads do not divide into {keyValueHeads} key-value heads.", "Give a divisor of num_attention_heads.");
        }

        return student;

        int? Integer(string key, int most, bool required = true)
        {
            int? value = reader.Integer(key, 1, most, required);
            if (value is { } known)
            {
                student[key] = known;
            }

            return value;
        }

        void Number(string key, double most, bool required = true)
        {
            if (reader.Number(key, 0, most, open: true, required) is { } value)
            {
                student[key] = value;
            }
        }
    }
}
