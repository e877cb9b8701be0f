using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Files;
using NaturalThoughts.Checkpoints.Templates.Bounds;
using NaturalThoughts.Checkpoints.Tokenization;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints.Chat;

/// <summary>The two tokens that training needs to know: the end of a turn and the filling of batches.</summary>
/// <param name="EndOfTurnId">What the template writes behind the assistant's words.</param>
/// <param name="PadId">What fills batches.</param>
internal sealed record ChatTokens(int EndOfTurnId, int PadId)
{
    // Llama-3's folders name no pad token, DeepSeek's distilled models their end of turn; these are tokens of Llama-3 and Qwen2 that no text uses.
    private static readonly string[] SparePads = ["<|finetune_right_pad_id|>", "<|reserved_special_token_0|>", "<|vision_pad|>"];

    // Nothing is unknown to a model that can spell every byte: Llama-2's and Mistral's folders name no pad token, and this one is free.
    private const string FreeUnknown = "<unk>";

    // Qwen2.5's base models have a chat template in this markup and name <|endoftext|> as the only end.
    private const string ChatMarkupEnd = "<|im_end|>";

    // Any word does that a template leaves as it is.
    private const string Word = "xyzzy";

    /// <summary>What a user should know: another pad token than the folder's.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Reads a folder and asks its template.</summary>
    /// <exception cref="UserErrorException">A token is missing, or the files and the template do not agree.</exception>
    public static ChatTokens Read(string folder, ChatTemplate template, Tokenizer tokenizer)
    {
        JsonObject json = JsonFiles.ReadObject(folder, CheckpointFolder.TokenizerConfig);
        JsonFields fields = new(json, Path.Combine(folder, CheckpointFolder.TokenizerConfig));
        int? named = Id("eos_token", json, tokenizer, fields);
        int? pad = Pad(json, tokenizer, fields);
        TokenAgreement.Check(folder, json, tokenizer, fields);
        CheckFlags(fields, template, tokenizer, Named(json["bos_token"]) is { } bos ? tokenizer.IdOf(bos) : null);
        if (EndOfTurn(template, tokenizer) is not { } end)
        {
            fields.Error(
                "chat_template", "The chat template writes no special token behind the assistant's words: the end of a turn could not be learned.",
                TemplateErrors.WayOut);
        }
        else
        {
            List<string> warnings = [];
            bool ends = named is null || named == end || Ends(folder).Contains(end);
            if (!ends && tokenizer.TextOf(end) == ChatMarkupEnd)
            {
                warnings.Add($"{folder}: '{ChatMarkupEnd}' ends a turn and is no eos_token_id of generation_config.json or config.json. Generation ends there all the same; other programs do not, until it is added.");
            }
            else if (!ends)
            {
                fields.Error(
                    "eos_token",
                    $"The chat template ends a turn with '{tokenizer.TextOf(end)}', which is neither the eos_token nor an eos_token_id of generation_config.json or config.json.",
                    "Add it to eos_token_id in both files, or give another template as 'chatTemplate' in the profile.");
            }

            if (pad == end && Spare(tokenizer) is { } spare)
            {
                warnings.Add($"{folder}: the pad_token '{tokenizer.TextOf(end)}' ends a turn, which would be masked; batches are filled with '{tokenizer.TextOf(spare)}', which no text uses.");
                pad = spare;
            }

            if (pad == end)
            {
                fields.Error("pad_token", "The pad_token ends a turn: the end would be masked and never learned.", "Name a token that texts do not use.");
            }

            fields.ThrowIfAny();
            return new ChatTokens(end, pad!.Value) { Warnings = warnings };
        }

        fields.ThrowIfAny();
        throw new InvalidOperationException("An error was recorded.");
    }

    /// <summary>A token's text, which is there as such or as an object with its <c>content</c>; null for none.</summary>
    public static string? Named(JsonNode? token) => Text(token is JsonObject described ? described["content"] : token);

    /// <summary>A JSON string; null for anything else.</summary>
    public static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static int? Id(string key, JsonObject json, Tokenizer tokenizer, JsonFields fields)
    {
        string? text = Named(json[key]);
        if (text is null)
        {
            fields.Error(key, $"There is no {key}.", "Name a token of the tokenizer.");
        }

        // One that the tokenizer lacks is an error already, where the files are compared.
        return text is null ? null : tokenizer.IdOf(text);
    }

    private static int? Pad(JsonObject json, Tokenizer tokenizer, JsonFields fields)
    {
        int? spare = Spare(tokenizer);
        return fields.Has("pad_token") || spare is null ? Id("pad_token", json, tokenizer, fields) : spare;
    }

    private static int? Spare(Tokenizer tokenizer)
    {
        string[] pads = tokenizer.UnknownId is null ? [.. SparePads, FreeUnknown] : SparePads;
        return Array.Find(pads, token => tokenizer.Added(token) is { Special: true }) is { } spare ? tokenizer.IdOf(spare) : null;
    }

    private static int? EndOfTurn(ChatTemplate template, Tokenizer tokenizer)
    {
        string text = template.Example(Word, Word);
        int at = text.LastIndexOf(Word, StringComparison.Ordinal);
        int[] behind = at < 0 ? [] : tokenizer.Encode(text[(at + Word.Length)..], parseSpecial: true);
        int first = Array.FindIndex(behind, id => tokenizer.IsSpecial(id) && id != tokenizer.UnknownId);
        return first < 0 ? null : behind[first];
    }

    private static HashSet<int> Ends(string folder)
    {
        HashSet<int> ends = [];
        foreach (string name in new[] { CheckpointFolder.Config, CheckpointFolder.GenerationConfig }.Where(name => File.Exists(Path.Combine(folder, name))))
        {
            JsonFields fields = new(JsonFiles.ReadObject(folder, name), Path.Combine(folder, name));
            ends.UnionWith(fields.TokenIds("eos_token_id", []));
            fields.ThrowIfAny();
        }

        return ends;
    }

    /// <summary>Settings that change ids or text. The beginning of a text stands where the template writes it, and nowhere else.</summary>
    private static void CheckFlags(JsonFields fields, ChatTemplate template, Tokenizer tokenizer, int? bos)
    {
        int[] prompt = tokenizer.Encode(template.Prompt(Word), parseSpecial: true);
        if (fields.Boolean("add_bos_token", false) && (bos is null || prompt[0] != bos))
        {
            fields.Error(
                "add_bos_token", "'add_bos_token' is true and the chat template writes no bos_token at its begin; one of them must give way.",
                TemplateErrors.WayOut);
        }

        if (bos is not null && prompt.Length > 1 && prompt[0] == bos && prompt[1] == bos)
        {
            fields.Error("chat_template", "The chat template writes the bos_token twice.", TemplateErrors.WayOut);
        }

        foreach (string key in new[] { "add_eos_token", "add_prefix_space" }.Where(key => fields.Boolean(key, false)))
        {
            fields.Error(key, $"'{key}' is true, which would change the ids; false is supported.");
        }

        // Transformers 5 writes decoded text of byte-level tokenizers as it is, whatever the setting (the goldens of Llama-3.1 have it true).
        if (tokenizer.UnknownId is not null && fields.Boolean("clean_up_tokenization_spaces", false))
        {
            fields.Error("clean_up_tokenization_spaces", "'clean_up_tokenization_spaces' is true, which would change the text; false is supported.");
        }
    }
}
