using NaturalThoughts.Experiments.Keys;
using NaturalThoughts.Experiments.Yaml;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Binds <c>chatTemplate</c> and <c>specialTokensInText</c>, which say how a checkpoint is spoken to.</summary>
internal static class ChatBinder
{
    /// <summary>The text of another chat template, null for the checkpoint's own; and whether special tokens in texts are parsed.</summary>
    public static (string? Template, bool Parsed) Bind(MapReader profile, ExperimentFiles files, bool hasCheckpoint)
    {
        foreach (string key in new[] { "chatTemplate", "specialTokensInText" }.Where(key => !hasCheckpoint && profile.Find(key) is not null))
        {
            profile.Errors.Add(profile.AtOf(key), $"'{key}' is for a student that starts from a checkpoint.", $"Remove '{key}', or add 'checkpoint'.");
        }

        bool parsed = profile.Text("specialTokensInText") == ProfileShapes.ParsedTokens;
        if (profile.Text("chatTemplate") is not { } text)
        {
            return (null, parsed);
        }

        string path = Path.GetFullPath(text, files.Root);
        if (File.Exists(path))
        {
            return (SourceText.Read(path, text, profile.Errors, skipMark: false), parsed);
        }

        profile.Errors.Add(
            profile.AtOf("chatTemplate"), $"There is no file '{path}'.",
            "Give the file of a chat template (Jinja), from the checkout's root or as a whole path.");
        return (null, parsed);
    }
}
