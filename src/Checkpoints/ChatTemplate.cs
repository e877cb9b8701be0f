using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Templates;
using NaturalThoughts.Checkpoints.Templates.Values;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints;

/// <summary>A folder's chat template with the names that Transformers gives it: messages, tools, documents, the special tokens.</summary>
internal sealed class ChatTemplate
{
    // Transformers' SPECIAL_TOKENS_ATTRIBUTES; one that the folder does not name is undefined.
    private static readonly string[] TokenNames = ["bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token"];

    private readonly Template _template;
    private readonly Dictionary<string, object?> _names;

    private ChatTemplate(Template template, string origin, Dictionary<string, object?> names) => (_template, Origin, _names) = (template, origin, names);

    /// <summary>The file that the template stands in.</summary>
    public string Origin { get; }

    /// <summary>Reads the template of a folder: of chat_template.jinja, else of tokenizer_config.json.</summary>
    /// <exception cref="UserErrorException">There is none, or it is malformed or uses what is not supported.</exception>
    public static ChatTemplate Read(string folder)
    {
        JsonObject config = JsonFiles.ReadObject(folder, CheckpointFolder.TokenizerConfig);
        string file = Path.Combine(folder, CheckpointFolder.ChatTemplate);
        bool own = File.Exists(file);
        string origin = own ? file : Path.Combine(folder, CheckpointFolder.TokenizerConfig);
        string source = own ? File.ReadAllText(file) : Source(config["chat_template"])
            ?? throw new UserErrorException("There is no chat template.", $"{origin}: chat_template", "Put one into a file and name it as 'chatTemplate' in the profile.");
        Dictionary<string, object?> names = new(StringComparer.Ordinal) { ["tools"] = null, ["documents"] = null };
        foreach (string name in TokenNames)
        {
            if (ChatTokens.Named(config, name) is { } text)
            {
                names[name] = text;
            }
        }

        return new ChatTemplate(Template.Parse(source, origin), origin, names);
    }

    /// <summary>The text of a conversation with one user message, up to where the assistant's words begin.</summary>
    public string Prompt(string user) => Render(generation: true, ("user", user));

    /// <summary>The text of a user's message and the assistant's answer.</summary>
    public string Example(string user, string assistant) => Render(generation: false, ("user", user), ("assistant", assistant));

    /// <summary>The text of a conversation.</summary>
    /// <param name="generation">True ends it where the assistant's words begin.</param>
    /// <param name="messages">Roles and contents.</param>
    public string Render(bool generation, params ReadOnlySpan<(string Role, string Content)> messages)
    {
        object?[] list = new object?[messages.Length];
        for (int i = 0; i < list.Length; i++)
        {
            list[i] = new MapValue { Entries = { ["role"] = messages[i].Role, ["content"] = messages[i].Content } };
        }

        Dictionary<string, object?> names = new(_names, StringComparer.Ordinal) { ["messages"] = new ListValue(list), ["add_generation_prompt"] = generation };
        return _template.Render(names);
    }

    /// <summary>The template's text, which may be one of several with names.</summary>
    private static string? Source(JsonNode? node) => node switch
    {
        JsonArray several => several.OfType<JsonObject>().Where(entry => ChatTokens.Text(entry["name"]) == "default").Select(entry => ChatTokens.Text(entry["template"])).FirstOrDefault(),
        _ => ChatTokens.Text(node),
    };
}
