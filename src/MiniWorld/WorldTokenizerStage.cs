using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Tokenizing;
using NaturalThoughts.Records;

namespace NaturalThoughts.MiniWorld;

/// <summary>
/// Writes the world's tokenizer in the Hugging Face layout: one token a word, digit or sign, the blank before it included, so that
/// decoding gives back the text to the letter.
/// </summary>
public sealed class WorldTokenizerStage : IStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "world-tokenizer";

    /// <summary>The Jinja chat template: user and assistant turns after their markers, each assistant turn closed.</summary>
    public const string ChatTemplate =
        "{% for message in messages %}{% if message['role'] == 'user' %}<|user|>{{ message['content'] }}"
        + "{% elif message['role'] == 'assistant' %}<|assistant|>{{ message['content'] }}<|end|>{% endif %}{% endfor %}"
        + "{% if add_generation_prompt %}<|assistant|>{% endif %}";

    private const string TokenizerFile = "tokenizer.json";
    private const string ConfigFile = "tokenizer_config.json";

    /// <inheritdoc />
    public StageDescription Description { get; } = new(Name, [], [TokenizerFile, ConfigFile]);

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        WorldTokenizerOptions options = context.Options<WorldTokenizerOptions>();
        SortedSet<string> words = WorldVocabulary.Collect(options);
        JsonObject vocabulary = [];
        JsonArray added = [];
        foreach ((string text, bool special) in WorldVocabulary.Added)
        {
            int id = vocabulary.Count;
            vocabulary[text] = id;
            added.Add(new JsonObject
            {
                ["id"] = id,
                ["content"] = text,
                ["single_word"] = false,
                ["lstrip"] = false,
                ["rstrip"] = false,
                ["normalized"] = false,
                ["special"] = special,
            });
        }

        foreach (string word in words)
        {
            vocabulary[word] = vocabulary.Count;
        }

        int size = vocabulary.Count;
        JsonObject tokenizer = new()
        {
            ["version"] = "1.0",
            ["truncation"] = null,
            ["padding"] = null,
            ["added_tokens"] = added,
            ["normalizer"] = null,
            ["pre_tokenizer"] = new JsonObject
            {
                ["type"] = "Split",
                ["pattern"] = new JsonObject { ["Regex"] = WordSplitter.Pattern },
                ["behavior"] = "Isolated",
                ["invert"] = false,
            },
            ["post_processor"] = null,
            ["decoder"] = new JsonObject { ["type"] = "Fuse" },
            ["model"] = new JsonObject { ["type"] = "WordLevel", ["vocab"] = vocabulary, ["unk_token"] = "<unk>" },
        };
        JsonObject config = new()
        {
            ["tokenizer_class"] = "PreTrainedTokenizerFast",
            ["unk_token"] = "<unk>",
            ["pad_token"] = "<pad>",
            ["eos_token"] = "<|end|>",
            ["clean_up_tokenization_spaces"] = false,
            ["chat_template"] = ChatTemplate,
        };
        File.WriteAllText(context.Output(TokenizerFile), CanonicalJson.WriteIndented(tokenizer));
        File.WriteAllText(context.Output(ConfigFile), CanonicalJson.WriteIndented(config));
        return new StageResult { Counts = new(StringComparer.Ordinal) { ["tokens"] = size } };
    }
}
