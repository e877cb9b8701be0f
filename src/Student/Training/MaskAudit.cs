using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Chat;
using NaturalThoughts.Checkpoints.Tokenization;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Student.Training;

/// <summary>Encodes training examples and looks at the mask before anything is trained; what is wrong stops the run.</summary>
internal sealed class MaskAudit
{
    private const int Samples = 3;
    private readonly JsonArray _samples = [];
    private long _supervised;
    private int _trimmed;
    private long _tokens;

    /// <summary>The rows that are trained on.</summary>
    public List<EncodedRow> Rows { get; } = [];

    /// <summary>Rows that are not trained on, but whose loss is measured.</summary>
    public List<EncodedRow> HeldOut { get; } = [];

    /// <summary>Rows that are too long: never cut.</summary>
    public int Dropped { get; private set; }

    /// <summary>Rows whose response lost white space at its ends to the chat template.</summary>
    public int Trimmed => _trimmed;

    /// <summary>Supervised tokens of one epoch.</summary>
    public long Supervised => _supervised;

    /// <summary>Tokens of one epoch, padding excluded.</summary>
    public long Tokens => _tokens;

    /// <summary>Encodes and checks all examples.</summary>
    /// <exception cref="UserErrorException">A row would be trained wrongly; the message names it.</exception>
    public static MaskAudit Of(IReadOnlyList<TrainingExample> examples, Tokenizer tokenizer, ChatFormat chat, int maxTokens)
    {
        MaskAudit audit = new();
        foreach (TrainingExample example in examples)
        {
            EncodedExample encoded = chat.Example(example.Prompt, example.Response);
            if (encoded.Ids.Length > maxTokens)
            {
                audit.Dropped++;
                continue;
            }

            Check(example, encoded, tokenizer, chat);
            audit._trimmed += encoded.Response == example.Response ? 0 : 1;
            audit._tokens += encoded.Ids.Length;
            audit._supervised += encoded.SupervisedLength;
            audit.Rows.Add(new EncodedRow(example.QuestionId, encoded));
            if (audit._samples.Count < Samples)
            {
                audit._samples.Add(new JsonObject
                {
                    ["questionId"] = example.QuestionId,
                    ["masked"] = tokenizer.Decode(encoded.Ids.AsSpan(0, encoded.PromptLength), skipSpecial: false),
                    ["supervised"] = tokenizer.Decode(encoded.Ids.AsSpan(encoded.PromptLength), skipSpecial: false),
                });
            }
        }

        return audit.Rows.Count > 0
            ? audit
            : throw new UserErrorException(
                $"No example is left to train on: {audit.Dropped} of {examples.Count} are longer than {maxTokens} tokens.",
                "training.maxTokens",
                "Raise maxTokens or select shorter traces.");
    }

    /// <summary>Takes rows away from those that are trained on.</summary>
    /// <param name="share">Of the questions, see <see cref="HeldOutDraw"/>; 0 takes none.</param>
    /// <param name="seed">The seed of the training.</param>
    /// <exception cref="UserErrorException">No row is left.</exception>
    public void HoldOut(double share, string seed)
    {
        IReadOnlySet<string> drawn = HeldOutDraw.Of(Rows.Select(row => row.Id), share, seed);
        HeldOut.AddRange(Rows.Where(row => drawn.Contains(row.Id)));
        Rows.RemoveAll(row => drawn.Contains(row.Id));
        _tokens -= HeldOut.Sum(row => (long)row.Tokens.Ids.Length);
        _supervised -= HeldOut.Sum(row => (long)row.Tokens.SupervisedLength);
        if (Rows.Count == 0)
        {
            throw new UserErrorException(
                FormattableString.Invariant($"No example is left to train on: heldOut is {share}, and all {HeldOut.Count} that are short enough are held out."),
                "training.heldOut",
                "Lower heldOut, or train on more examples.");
        }
    }

    /// <summary>The audit as it is in the training record.</summary>
    public JsonObject ToJson()
    {
        JsonObject json = new()
        {
            ["rows"] = Rows.Count,
            ["dropped"] = Dropped,
            ["tokens"] = _tokens,
            ["supervisedTokens"] = _supervised,
            ["samples"] = _samples.DeepClone(),
        };
        if (_trimmed > 0)
        {
            json["trimmedResponses"] = _trimmed;
        }

        return json;
    }

    private static void Check(TrainingExample example, EncodedExample encoded, Tokenizer tokenizer, ChatFormat chat)
    {
        ReadOnlySpan<int> supervised = encoded.Ids.AsSpan(encoded.PromptLength);
        if (example.Response.Length == 0 || supervised.Length < 2)
        {
            throw Wrong(example, "has no supervised token");
        }

        if (supervised[^1] != chat.EndOfTurnId || supervised[..^1].Contains(chat.EndOfTurnId))
        {
            throw Wrong(example, "does not end, once, with the end of turn");
        }

        // White space at the ends may go, as Llama-3's template does it; words may not.
        if (encoded.Response is not { } response || response.Trim() != example.Response.Trim())
        {
            throw new UserErrorException(
                $"The chat template changes the response of question '{example.QuestionId}': '{Start(example.Response)}' becomes '{Start(encoded.Response ?? "")}'.",
                "mask audit",
                "A template that deletes thinking cannot train it: put one that keeps the response into a file and name it as 'chatTemplate' in the profile.",
                ExitCode.TargetFailed);
        }

        bool unknown = tokenizer.UnknownId is { } id && supervised[..^1].Contains(id);
        if (!unknown && !tokenizer.Spells(supervised[..^1], response))
        {
            throw Wrong(example, "has other supervised text than its response");
        }

        if (!encoded.Ids.AsSpan(0, encoded.PromptLength).SequenceEqual(chat.Prompt(example.Prompt)))
        {
            throw Wrong(example, "has another prompt than generation would have");
        }
    }

    private static string Start(string text) => text.Length <= 60 ? text : text[..60] + "...";

    private static UserErrorException Wrong(TrainingExample example, string what) => new(
        $"The training example of question '{example.QuestionId}' {what}.", "mask audit", "Look at its prompt, response and chat template.",
        ExitCode.TargetFailed);
}
