using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Tokenization;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints;

/// <summary>
/// The chat template of a checkpoint: how a user's message becomes the prompt, and a prompt and a response a training example. The prompt
/// of training and that of generation are the same ids. The text of special tokens inside a message stays plain text.
/// </summary>
public sealed class ChatFormat
{
    /// <summary>The one template that is understood so far, the mini world's.</summary>
    public const string WorldTemplate =
        "{% for message in messages %}{% if message['role'] == 'user' %}<|user|>{{ message['content'] }}"
        + "{% elif message['role'] == 'assistant' %}<|assistant|>{{ message['content'] }}<|end|>{% endif %}{% endfor %}"
        + "{% if add_generation_prompt %}<|assistant|>{% endif %}";

    private readonly Tokenizer _tokenizer;
    private readonly int _user;
    private readonly int _assistant;

    private ChatFormat(Tokenizer tokenizer, int user, int assistant, int endOfTurn, int pad) =>
        (_tokenizer, _user, _assistant, EndOfTurnId, PadId) = (tokenizer, user, assistant, endOfTurn, pad);

    /// <summary>The token that ends the assistant's turn; learned in training, and the end of generation.</summary>
    public int EndOfTurnId { get; }

    /// <summary>The token that fills batches; never the end of turn, or the end would not be learned.</summary>
    public int PadId { get; }

    /// <summary>Reads tokenizer_config.json (and chat_template.jinja where there is one) of a folder.</summary>
    /// <exception cref="UserErrorException">A file is missing or malformed, the template is another one, or a token it needs is missing.</exception>
    public static ChatFormat Load(string folder, Tokenizer tokenizer)
    {
        string location = Path.Combine(folder, CheckpointFolder.TokenizerConfig);
        JsonObject json = JsonFiles.ReadObject(folder, CheckpointFolder.TokenizerConfig);
        JsonFields fields = new(json, location);
        CheckTemplate(folder, fields);
        foreach (string key in new[] { "add_bos_token", "add_eos_token", "clean_up_tokenization_spaces", "add_prefix_space" })
        {
            if (fields.Boolean(key, false))
            {
                fields.Error(key, $"'{key}' is true, which would change the ids or the text; false is supported.");
            }
        }

        int user = Marker("<|user|>", tokenizer, fields);
        int assistant = Marker("<|assistant|>", tokenizer, fields);
        int end = Marker("<|end|>", tokenizer, fields);
        int pad = Named("pad_token", json, tokenizer, fields);
        if (Named("eos_token", json, tokenizer, fields) != end)
        {
            fields.Error("eos_token", "The eos_token is not '<|end|>', with which the template ends a turn.");
        }

        if (pad == end)
        {
            fields.Error(
                "pad_token",
                "The pad_token is the eos_token: the end of a turn would be masked and never learned.",
                "Name a token that texts do not use.");
        }

        fields.ThrowIfAny();
        return new ChatFormat(tokenizer, user, assistant, end, pad);
    }

    /// <summary>The ids of a conversation with one user message, up to where the assistant's words begin.</summary>
    public int[] Prompt(string userMessage) => [_user, .. _tokenizer.Encode(userMessage), _assistant];

    /// <summary>The ids of a prompt and its response, closed by the end of turn.</summary>
    public EncodedExample Example(string prompt, string response)
    {
        int[] start = Prompt(prompt);
        return new EncodedExample([.. start, .. _tokenizer.Encode(response), EndOfTurnId], start.Length);
    }

    private static void CheckTemplate(string folder, JsonFields fields)
    {
        string file = Path.Combine(folder, CheckpointFolder.ChatTemplate);
        string? template = File.Exists(file) ? File.ReadAllText(file) : fields.String("chat_template");
        if (template is null)
        {
            fields.Error("chat_template", "There is no chat template.");
        }
        else if (template != WorldTemplate)
        {
            string shown = template.Length <= 80 ? template : template[..80] + "...";
            fields.Error("chat_template", $"This chat template is not supported: {shown}", "The mini world's template is the one that is understood.");
        }
    }

    private static int Marker(string token, Tokenizer tokenizer, JsonFields fields)
    {
        if (tokenizer.IdOf(token) is { } id && tokenizer.IsSpecial(id))
        {
            return id;
        }

        fields.Error("chat_template", $"The template's '{token}' is no special token of the tokenizer.");
        return -1;
    }

    /// <summary>A token named by its text, or by an object with its <c>content</c>.</summary>
    private static int Named(string key, JsonObject json, Tokenizer tokenizer, JsonFields fields)
    {
        string? text = json[key] is JsonObject named ? new JsonFields(named, key).String("content") : fields.String(key);
        if (text is not null && tokenizer.IdOf(text) is { } id)
        {
            return id;
        }

        fields.Error(key, $"The {key} '{text}' is no token of the tokenizer.");
        return -1;
    }
}
