using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Files;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints.Tokenization;

/// <summary>Reads tokenizer.json; a part that is not understood is refused by name, never approximated.</summary>
internal static class TokenizerReader
{
    // Transformers sets both anew at each call, to none where the call asks for none.
    private static readonly string[] Reset = ["truncation", "padding"];

    /// <exception cref="UserErrorException">The file asks for what is not supported, or contradicts itself.</exception>
    public static Tokenizer Read(JsonObject json, string location)
    {
        JsonFields fields = new(json, location);
        TokenizerJson.RefuseOthers(
            json, null, fields, "version", "added_tokens", "normalizer", "pre_tokenizer", "post_processor", "model", "decoder", Reset[0], Reset[1]);
        Dictionary<string, int> vocabulary = ReadVocabulary(json["model"] as JsonObject ?? [], fields);
        ITextModel? model = null;
        SpecialFrame frame = SpecialFrame.Empty;
        switch (TokenizerJson.Type(json["model"]))
        {
            case "WordLevel":
                model = WordLevelReader.Read(json, vocabulary, fields);
                break;
            case "BPE":
                model = SentencePieceReader.IsOne(json) ? SentencePieceReader.Read(json, vocabulary, fields) : BytePairReader.Read(json, vocabulary, fields);
                frame = PostProcessorReader.Read(json["post_processor"], fields);
                break;
            default:
                fields.Error("model", $"The model {TokenizerJson.Kind(json["model"])} is not supported; 'WordLevel' and 'BPE' are.");
                break;
        }

        List<AddedToken> added = AddedTokensReader.Read(json["added_tokens"], vocabulary, fields);
        fields.ThrowIfAny();
        string[] warnings =
            [.. Reset.Where(fields.Has).Select(key => $"{location}: '{key}' is {fields.Text(key)} and is not applied, as in Transformers, which resets it.")];
        return new Tokenizer(model!, added, frame, warnings);
    }

    private static Dictionary<string, int> ReadVocabulary(JsonObject model, JsonFields fields)
    {
        JsonObject tokens = model["vocab"] as JsonObject ?? [];
        Dictionary<string, int> vocabulary = new(tokens.Count, StringComparer.Ordinal);
        HashSet<int> taken = new(tokens.Count);
        foreach ((string token, JsonNode? id) in tokens)
        {
            if (TokenizerJson.Id(id) is not { } number || !taken.Add(number))
            {
                fields.Error("model", $"The id {Quoted.Of(id?.ToJsonString() ?? "null")} of token '{Quoted.Of(token)}' is no free number of at least 0.");
                continue;
            }

            vocabulary[token] = number;
        }

        return vocabulary;
    }
}
