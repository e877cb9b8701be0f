using NaturalThoughts.Checkpoints.Files;
using NaturalThoughts.Experiments.Yaml;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>
/// Binds <c>checkpoint</c>: a folder in Hugging Face layout that takes the place of <c>student</c> and <c>pretraining</c>.
/// A profile that is extended may have those; they then count for nothing.
/// </summary>
internal static class CheckpointBinder
{
    /// <summary>The folder's full path; null where there is no such key, or after an error.</summary>
    public static string? Bind(MapReader profile, ExperimentFiles files)
    {
        if (profile.Text("checkpoint") is not { } text)
        {
            return null;
        }

        Mark at = profile.AtOf("checkpoint");
        foreach (string other in new[] { "student", "pretraining" }.Where(key => profile.Find(key) is { } node && node.At.File == at.File))
        {
            profile.Errors.Add(
                profile.AtOf(other), $"A profile with a 'checkpoint' trains no student of its own: '{other}' would have no effect.",
                $"Remove '{other}' or 'checkpoint'.");
        }

        string folder = Path.GetFullPath(text, files.Root);
        if (!Directory.Exists(folder))
        {
            files.Lacks(
                profile.Errors, at, $"There is no folder '{folder}'.",
                "Give the folder of a checkpoint in Hugging Face layout, from the checkout's root or as a whole path.");
            return files.Missing is null ? null : folder;
        }

        foreach (string needed in new[] { CheckpointFolder.Config, CheckpointFolder.Tokenizer, CheckpointFolder.TokenizerConfig }.Where(name =>
            !File.Exists(Path.Combine(folder, name))))
        {
            profile.Errors.Add(at, $"The folder '{folder}' has no {needed}.", "A checkpoint in Hugging Face layout is expected.");
        }

        if (!File.Exists(Path.Combine(folder, CheckpointFolder.Weights)) && !File.Exists(Path.Combine(folder, CheckpointFolder.WeightsIndex)))
        {
            profile.Errors.Add(
                at, $"The folder '{folder}' has neither {CheckpointFolder.Weights} nor {CheckpointFolder.WeightsIndex}.",
                "Weights in another format are not read; save the model as safetensors.");
        }

        return folder;
    }
}
