using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints;
using NaturalThoughts.Checkpoints.Files;
using NaturalThoughts.Experiments.Data;
using NaturalThoughts.Selection;
using NaturalThoughts.Student.Model;
using NaturalThoughts.Student.Stages;
using NaturalThoughts.Teaching;

namespace NaturalThoughts.Experiments.Planning;

/// <summary>The base student, pre-trained or imported, and the embeddings of the questions, by it or by another model.</summary>
internal static class BaseTargets
{
    private static readonly Output Trained = new("base/pretrain", null);
    private static readonly Output Imported = new("base/import", null);

    /// <summary>Adds the target that makes the base student.</summary>
    public static Output Add(TargetList targets, Profile profile)
    {
        if (profile.Checkpoint is { } folder)
        {
            return targets.Add(Import(profile, folder));
        }

        PretrainingSettings pretraining = profile.Pretraining!;
        return targets.Add(
            Trained,
            PretrainStage.Name,
            new()
            {
                [StageParameters.Name(nameof(PretrainOptions.Student))] = profile.Student!.DeepClone(),
                [StageParameters.Name(nameof(PretrainOptions.Training))] = pretraining.Training.ToJson(),
                [StageParameters.Name(nameof(PretrainOptions.Seed))] = profile.Seed + "/base",
            },
            (PretrainStage.CorpusRole, targets.Add(pretraining.Corpus)),
            (PretrainStage.TokenizerRole, targets.Add(pretraining.Tokenizer)));
    }

    /// <summary>Adds the embeddings of the questions and their clusters.</summary>
    public static Output AddClusters(TargetList targets, Profile profile, Output student, Output questions)
    {
        Output embeddings = profile.EmbeddingModel is { } model
            ? targets.Add(model, role => role == EmbedModelStage.QuestionsRole ? questions : null)
            : targets.Add(
                new Output("base/embed", EmbedStage.Output),
                EmbedStage.Name,
                StudentParameters.Embedding(profile, profile.EmbeddingBatchTokens, EmbedPooling.Mean),
                (EmbedStage.CheckpointRole, student),
                (EmbedStage.QuestionsRole, questions));
        return targets.Add(
            new Output("base/cluster", ClusterStage.Output), ClusterStage.Name, StageParameters.Of(profile.Clustering),
            (ClusterStage.EmbeddingsRole, embeddings));
    }

    private static RecordSource Import(Profile profile, string folder)
    {
        JsonObject parameters = [];
        // A plan that is only looked at may lack the folder.
        IEnumerable<string> files = Directory.Exists(folder)
            ? CheckpointFolder.Files(folder)
            : [CheckpointFolder.Config, CheckpointFolder.Weights, CheckpointFolder.Tokenizer, CheckpointFolder.TokenizerConfig];
        if (profile.ChatTemplate is { } template)
        {
            files = files.Where(name => name != CheckpointFolder.ChatTemplate);
            parameters[StageParameters.Name(nameof(ImportCheckpointOptions.ChatTemplate))] = template;
        }

        return new RecordSource(Imported, ImportCheckpointStage.Name, parameters)
        {
            Outside = new OutsideFiles(
                ImportCheckpointStage.Source, folder, files.ToDictionary(name => name, _ => (string?)null, StringComparer.Ordinal),
                [StageParameters.Name(nameof(ImportCheckpointOptions.Files))]),
        };
    }
}
