using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Files;

namespace NaturalThoughts.Checkpoints.Tokenization;

/// <summary>
/// Reads <c>post_processor</c>: <c>ByteLevel</c>, which changes offsets alone, and <c>TemplateProcessing</c>, of which the part for one text
/// counts, alone or in a <c>Sequence</c>.
/// </summary>
internal static class PostProcessorReader
{
    /// <summary>Reads the ids that the post-processor puts around a text.</summary>
    public static SpecialFrame Read(JsonNode? node, JsonFields fields)
    {
        SpecialFrame frame = SpecialFrame.Empty;
        foreach (JsonNode? part in TokenizerJson.Flatten(node, "processors"))
        {
            switch (TokenizerJson.Type(part))
            {
                case "ByteLevel":
                    TokenizerJson.RefuseOthers((JsonObject)part!, "post_processor", fields, "type", "add_prefix_space", "trim_offsets", "use_regex");
                    break;
                case "TemplateProcessing":
                    frame = Template((JsonObject)part!, fields).Around(frame);
                    break;
                default:
                    fields.Error("post_processor", $"The post_processor {TokenizerJson.Kind(part)} is not supported; 'ByteLevel' and 'TemplateProcessing' are.");
                    break;
            }
        }

        return frame;
    }

    private static SpecialFrame Template(JsonObject template, JsonFields fields)
    {
        TokenizerJson.RefuseOthers(template, "post_processor", fields, "type", "single", "pair", "special_tokens");
        List<int> before = [];
        List<int> after = [];
        int texts = 0;
        foreach (JsonNode? piece in template["single"] as JsonArray ?? [])
        {
            if (TokenizerJson.Text(piece?["Sequence"]?["id"]) == "A")
            {
                texts++;
            }
            else if (Ids(template, TokenizerJson.Text(piece?["SpecialToken"]?["id"])) is { } ids)
            {
                (texts == 0 ? before : after).AddRange(ids);
            }
            else
            {
                fields.Error("post_processor", $"{TokenizerJson.Kind(piece)} is neither the text nor one of the template's special_tokens with their ids.");
            }
        }

        if (texts != 1)
        {
            fields.Error("post_processor", $"The template for one text holds it {texts} times.");
        }

        return new SpecialFrame([.. before], [.. after]);
    }

    private static int[]? Ids(JsonObject template, string? name)
    {
        JsonArray? ids = name is null ? null : template["special_tokens"]?[name]?["ids"] as JsonArray;
        return ids is not null && ids.All(id => TokenizerJson.Id(id) is not null) ? [.. ids.Select(id => TokenizerJson.Id(id)!.Value)] : null;
    }
}
