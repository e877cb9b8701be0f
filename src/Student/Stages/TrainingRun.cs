using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Chat;
using NaturalThoughts.Checkpoints.Files;
using NaturalThoughts.Checkpoints.Tokenization;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Student.Lora;
using NaturalThoughts.Student.Model;
using NaturalThoughts.Student.Training;

namespace NaturalThoughts.Student.Stages;

/// <summary>What pre-training and fine-tuning share: audit, training, and the checkpoint folder with its log.</summary>
internal static class TrainingRun
{
    private const string LogFile = "training.csv";
    private const string AuditFile = "audit.json";
    private const string HeldOutFile = "held-out.json";
    private const string AdapterFolder = "adapter";

    /// <summary>What every training leaves; the weights beside it are one file or several.</summary>
    public static IReadOnlyList<string> Outputs { get; } =
    [
        CheckpointFolder.Config, CheckpointFolder.GenerationConfig,
        CheckpointFolder.Tokenizer, CheckpointFolder.TokenizerConfig, LogFile, AuditFile,
    ];

    public static StageResult Run(
        StageContext context, LlamaModel model, TrainingOptions options, string seed, string examples, string tokenizerFolder,
        SpecialTokensInText special = SpecialTokensInText.Plain)
    {
        IReadOnlyList<UserError> errors = options.Check();
        if (errors.Count > 0)
        {
            throw new UserErrorException(errors);
        }

        Tokenizer tokenizer = Tokenizer.Load(tokenizerFolder);
        ChatFormat chat = ChatFormat.Load(tokenizerFolder, tokenizer, special);
        MaskAudit audit = MaskAudit.Of(
            JsonLines.Read<TrainingExample>(examples), tokenizer, chat, Math.Min(options.MaxTokens, model.Config.MaxPositionEmbeddings));
        audit.HoldOut(options.HeldOut, seed);
        File.WriteAllText(context.Output(AuditFile), CanonicalJson.WriteIndented(audit.ToJson()));
        if (options.Shards > 1)
        {
            TorchSharp.torch.set_num_threads(1); // of each shard
        }

        if (options.Lora is not null)
        {
            LoraAdapter adapter = new(model.Config, options.Lora, model.Weights.Placement.Device);
            adapter.Fill(seed);
            model.Adapt(adapter);
        }

        Trainer trainer = new(model, options, chat.PadId, context.Threads);
        long tokens = trainer.Run(audit.Rows, seed, context.Progress, context.Cancellation, context.LongRun, audit.HeldOut);
        File.WriteAllText(context.Output(LogFile), trainer.Log);
        if (audit.HeldOut.Count > 0)
        {
            File.WriteAllText(context.Output(HeldOutFile), CanonicalJson.WriteIndented(HeldOut(audit, trainer)));
        }

        if (model.Adapter is not null)
        {
            LoraFiles.Write(model.Adapter, Path.Combine(context.OutputFolder, AdapterFolder));
            model.Merge();
        }

        CheckpointFiles.Save(model, tokenizerFolder, context.OutputFolder);
        StageResult result = new()
        {
            Counts =
            {
                ["rows"] = audit.Rows.Count,
                ["dropped"] = audit.Dropped,
                ["supervisedTokens"] = audit.Supervised * options.Epochs,
                ["parameters"] = model.Weights.Count,
                [StageResult.TrainedTokens] = tokens,
            },
            Measured = trainer.Measured,
            Warnings = Warnings(audit),
        };
        if (options.Lora is not null)
        {
            result.Counts["adapterParameters"] = LoraAdapter.CountOf(model.Config, options.Lora);
        }

        if (trainer.Kept is { } kept)
        {
            (result.Counts["heldOut"], result.Counts["keptStep"]) = (audit.HeldOut.Count, kept.Step);
        }

        return result;
    }

    // Which questions were held out, where their loss was lowest, and where the weights are from.
    private static JsonObject HeldOut(MaskAudit audit, Trainer trainer)
    {
        return new JsonObject
        {
            ["rows"] = audit.HeldOut.Count,
            ["tokens"] = audit.HeldOut.Sum(row => (long)row.Tokens.Ids.Length),
            ["supervisedTokens"] = audit.HeldOut.Sum(row => (long)row.Tokens.SupervisedLength),
            ["lowest"] = Point(trainer.Lowest!),
            ["kept"] = Point(trainer.Kept!),
            ["questionIds"] = new JsonArray(
                [.. audit.HeldOut.Select(row => row.Id).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(id => (JsonNode)id)]),
        };

        static JsonObject Point(HeldOutPoint point) => new() { ["step"] = point.Step, ["epoch"] = point.Epoch, ["loss"] = Math.Round(point.Loss, 6) };
    }

    private static List<string> Warnings(MaskAudit audit)
    {
        List<string> warnings = [];
        if (audit.Dropped > 0)
        {
            warnings.Add(FormattableString.Invariant($"{audit.Dropped} examples are longer than the limit and were dropped"));
        }

        if (audit.Trimmed > 0)
        {
            warnings.Add(FormattableString.Invariant($"{audit.Trimmed} responses lost white space at their ends to the chat template"));
        }

        return warnings;
    }
}
