using System.Globalization;
using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Files;
using NaturalThoughts.Checkpoints.Tokenization;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints.Chat;

/// <summary>
/// Special tokens are stated in up to four files. Where one contradicts tokenizer.json, Transformers adds tokens, changes flags or lets the
/// last file win, by its version: such folders are refused by name, so that no id is another one than there.
/// </summary>
internal static class TokenAgreement
{
    /// <summary>Tokens with a name: Transformers' SPECIAL_TOKENS_ATTRIBUTES.</summary>
    public static readonly string[] Names = ["bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token"];

    private const string Hint = "Save the tokenizer again with save_pretrained, so that its files agree.";

    /// <summary>Compares tokenizer_config.json, special_tokens_map.json and added_tokens.json of a folder with the tokenizer.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="config">Its tokenizer_config.json.</param>
    /// <param name="tokenizer">Its tokenizer.json.</param>
    /// <param name="fields">Where errors go.</param>
    public static void Check(string folder, JsonObject config, Tokenizer tokenizer, JsonFields fields)
    {
        foreach ((string id, JsonNode? token) in fields.Object("added_tokens_decoder") ?? [])
        {
            CheckEntry("added_tokens_decoder", ChatTokens.Named(token), id, token as JsonObject, tokenizer, fields);
        }

        foreach (string name in Names)
        {
            if (ChatTokens.Named(config[name]) is { } text)
            {
                CheckAdded(name, text, tokenizer, fields);
            }
        }

        CheckList("extra_special_tokens", config, tokenizer, fields);
        CheckList("additional_special_tokens", config, tokenizer, fields);
        CheckMap(folder, config, tokenizer, fields);
        if (Find(folder, CheckpointFolder.AddedTokens) is { } added)
        {
            JsonFields nested = new(added, Path.Combine(folder, CheckpointFolder.AddedTokens));
            foreach ((string text, JsonNode? id) in added)
            {
                CheckEntry(Quoted.Of(text), text, id?.ToJsonString() ?? "null", null, tokenizer, nested);
            }

            fields.Add(nested);
        }
    }

    /// <summary>
    /// What to know of ids that the reference gives otherwise than tokenizer.json states them: it says so in its log and goes on with its own,
    /// as this library does with the file's, which the weights were trained with.
    /// </summary>
    public static IEnumerable<string> Warnings(string folder, Tokenizer tokenizer) => tokenizer.Renumbered().Take(8).Select(each => string.Create(
        CultureInfo.InvariantCulture,
        $"{Path.Combine(folder, CheckpointFolder.Tokenizer)}: the token '{Quoted.Of(each.Token.Content)}' has the id {each.Token.Id}, behind a gap; Transformers gives it {each.Due}."));

    private static void CheckMap(string folder, JsonObject config, Tokenizer tokenizer, JsonFields fields)
    {
        if (Find(folder, CheckpointFolder.SpecialTokensMap) is not { } map)
        {
            return;
        }

        JsonFields nested = new(map, Path.Combine(folder, CheckpointFolder.SpecialTokensMap));
        foreach (string name in Names)
        {
            if (ChatTokens.Named(map[name]) is { } here && ChatTokens.Named(config[name]) is var there && here != there)
            {
                nested.Error(
                    name,
                    $"The {name} is '{Quoted.Of(here)}' here and {(there is null ? "not stated" : $"'{Quoted.Of(there)}'")} in {CheckpointFolder.TokenizerConfig}; which one counts depends on the version of Transformers.",
                    Hint);
            }
        }

        CheckList("additional_special_tokens", map, tokenizer, nested);
        fields.Add(nested);
    }

    /// <summary>A token with its id, and its flags where they are stated.</summary>
    private static void CheckEntry(string key, string? text, string id, JsonObject? flags, Tokenizer tokenizer, JsonFields fields)
    {
        if (text is null || !int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out int stated))
        {
            fields.Error(key, $"The entry '{Quoted.Of(id)}' is no token with an id and a content.", Hint);
            return;
        }

        if (tokenizer.IdOf(text) is not { } known || known != stated)
        {
            string there = tokenizer.IdOf(text) is { } other ? string.Create(CultureInfo.InvariantCulture, $"gives it the id {other}") : "has no such token";
            fields.Error(key, $"The token '{Quoted.Of(text)}' has the id {stated} here, and {CheckpointFolder.Tokenizer} {there}.", Hint);
            return;
        }

        if (flags is null)
        {
            return;
        }

        AddedToken? added = tokenizer.Added(text);
        (string Name, bool Value)[] all =
            [("special", added?.Special == true), ("normalized", added?.Normalized == true), ("lstrip", false), ("rstrip", false), ("single_word", false)];
        foreach ((string name, bool value) in all.Where(flag =>
            added is not null && flags[flag.Name] is { } said && said.ToJsonString() != (flag.Value ? "true" : "false")))
        {
            fields.Error(key, $"'{name}' of the token '{Quoted.Of(text)}' is {Quoted.Of(flags[name]!.ToJsonString())} here and {(value ? "true" : "false")} in {CheckpointFolder.Tokenizer}.", Hint);
        }

        if (added is null)
        {
            fields.Error(key, $"The token '{Quoted.Of(text)}' is an added token here and a plain one in {CheckpointFolder.Tokenizer}.", Hint);
        }
    }

    /// <summary>Transformers adds a special token that the tokenizer lacks, with a new id, and takes a plain one out of the text.</summary>
    private static void CheckAdded(string key, string text, Tokenizer tokenizer, JsonFields fields)
    {
        if (tokenizer.Added(text) is null)
        {
            string there = tokenizer.IdOf(text) is null
                ? "is no token of the tokenizer: Transformers would give it a new id"
                : "is a plain token of the tokenizer: Transformers would make it a special one";
            fields.Error(key, $"The {key} '{Quoted.Of(text)}' {there}.", $"Add it to 'added_tokens' of {CheckpointFolder.Tokenizer}, or remove it here.");
        }
    }

    /// <summary>A list of tokens, or of several by name, as texts or as objects.</summary>
    private static void CheckList(string key, JsonObject json, Tokenizer tokenizer, JsonFields fields)
    {
        IEnumerable<JsonNode?> tokens = json[key] switch
        {
            null => [],
            JsonArray list => list,
            JsonObject byName => byName.Select(item => item.Value),
            var other => [other],
        };
        foreach (JsonNode? token in tokens)
        {
            if (ChatTokens.Named(token) is { } text)
            {
                CheckAdded(key, text, tokenizer, fields);
            }
            else
            {
                fields.Error(key, $"{Quoted.Of(token?.ToJsonString() ?? "null")} is no token.", Hint);
            }
        }
    }

    private static JsonObject? Find(string folder, string name) => File.Exists(Path.Combine(folder, name)) ? JsonFiles.ReadObject(folder, name) : null;
}
