using NaturalThoughts.Checkpoints.Files;
using NaturalThoughts.Checkpoints.Inspection;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints;

/// <summary>
/// Takes a checkpoint in Hugging Face layout from a folder outside of the store. The parameters name the digest of each file, so that the
/// key is that of the bytes wherever they lie. The whole checkpoint is looked at before a byte of it is copied. A chat
/// template in the parameters takes the place of the folder's own.
/// </summary>
public sealed class ImportCheckpointStage : IStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "import-checkpoint";

    /// <summary>The role of the folder.</summary>
    public const string Source = "source";

    /// <inheritdoc />
    public StageDescription Description { get; } = new(
        Name,
        [Source],
        [CheckpointFolder.Config, CheckpointFolder.Tokenizer, CheckpointFolder.TokenizerConfig]);

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        ImportCheckpointOptions options = context.Options<ImportCheckpointOptions>();
        SortedDictionary<string, string> files = options.Files;
        string source = context.Input(Source);
        IReadOnlyList<string> warnings = CheckpointInspection.Inspect(source, options.ChatTemplate);
        if (!CheckpointFolder.Files(source).Where(Counts).ToHashSet(StringComparer.Ordinal).SetEquals(files.Keys.Where(Counts)))
        {
            throw new UserErrorException("Files came or went after the plan was made.", source, "Run the command again.", ExitCode.TargetFailed);
        }

        long bytes = 0;
        foreach ((string name, string digest) in files)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            File.Copy(Path.Combine(source, name), context.Output(name));
            if (ContentHash.OfFile(context.Output(name)).Hex != digest)
            {
                throw new UserErrorException(
                    "The file changed after the plan was made.", Path.Combine(source, name), "Run the command again.", ExitCode.TargetFailed);
            }

            bytes += new FileInfo(context.Output(name)).Length;
            context.Progress?.Report(new StageProgress(files.Keys.TakeWhile(other => other != name).Count() + 1, files.Count, "files"));
        }

        if (options.ChatTemplate is { } template)
        {
            File.WriteAllText(context.Output(CheckpointFolder.ChatTemplate), template);
        }

        return new StageResult { Counts = { ["files"] = files.Count, ["bytes"] = bytes }, Warnings = warnings };

        bool Counts(string name) => options.ChatTemplate is null || name != CheckpointFolder.ChatTemplate;
    }
}
