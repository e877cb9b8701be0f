using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Files;
using NaturalThoughts.Checkpoints.Templates;
using NaturalThoughts.Checkpoints.Templates.Values;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints.Chat;

/// <summary>A folder's chat template with the names that Transformers gives it: messages, tools, documents, the special tokens.</summary>
internal sealed class ChatTemplate
{
    private readonly Template _template;
    private readonly Dictionary<string, object?> _names;

    private ChatTemplate(Template template, string origin, Dictionary<string, object?> names) => (_template, Origin, _names) = (template, origin, names);

    /// <summary>The file that the template is in.</summary>
    public string Origin { get; }

    /// <summary>Reads the template of a folder: of chat_template.jinja, else of tokenizer_config.json.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="given">A template in place of the folder's own, or null.</param>
    /// <exception cref="UserErrorException">There is none, or it is malformed, no UTF-8, or uses what is not supported.</exception>
    public static ChatTemplate Read(string folder, string? given = null)
    {
        JsonObject config = JsonFiles.ReadObject(folder, CheckpointFolder.TokenizerConfig);
        string file = Path.Combine(folder, CheckpointFolder.ChatTemplate);
        bool own = File.Exists(file);
        string origin = given is not null ? "chatTemplate of the profile" : own ? file : Path.Combine(folder, CheckpointFolder.TokenizerConfig);
        string source = given ?? (own ? TextFiles.ReadStrict(file) : Source(config["chat_template"], origin));
        Dictionary<string, object?> names = new(StringComparer.Ordinal) { ["tools"] = null, ["documents"] = null };
        // One that the folder does not name is undefined.
        foreach (string name in TokenAgreement.Names)
        {
            if (ChatTokens.Named(config[name]) is { } text)
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

    /// <summary>The template's text, which may be one of several with names: then that of <c>default</c>.</summary>
    private static string Source(JsonNode? node, string origin)
    {
        (string? Name, string? Text)[] several = node switch
        {
            JsonArray list => [.. list.OfType<JsonObject>().Select(entry => (ChatTokens.Text(entry["name"]), ChatTokens.Text(entry["template"])))],
            JsonObject byName => [.. byName.Select(entry => ((string?)entry.Key, ChatTokens.Text(entry.Value)))],
            _ => [],
        };
        if (ChatTokens.Text(node) is { } only)
        {
            return only;
        }

        string[] names = [.. several.Where(one => one.Text is not null).Select(one => $"'{Quoted.Of(one.Name)}'")];
        return several.FirstOrDefault(one => one.Name == "default").Text ?? throw new UserErrorException(
            names.Length == 0 ? "There is no chat template." : $"There is no chat template 'default'; there is {Quoted.List(names)}.",
            $"{origin}: chat_template",
            "Put one into a file and name it as 'chatTemplate' in the profile.");
    }
}
