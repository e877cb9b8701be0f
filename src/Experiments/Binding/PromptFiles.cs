using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments.Yaml;
using NaturalThoughts.Records;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Binds <c>prompts</c>: a mode's name to the text of its file.</summary>
internal static class PromptFiles
{
    private static readonly string[] Needed = [ModeSettings.Direct, ModeSettings.Think];

    public static IReadOnlyDictionary<string, string> Bind(MapReader profile, ExperimentFiles files)
    {
        SortedDictionary<string, string> prompts = new(StringComparer.Ordinal);
        IReadOnlyList<(YamlScalar Key, YamlNode Value)> entries = profile.Entries("prompts");
        NameRules.CheckCase(entries.Select(entry => entry.Key), "prompt", profile.Errors);
        foreach ((YamlScalar key, YamlNode value) in entries)
        {
            if (NameRules.Check(key, "prompt", profile.Errors)
                && NodeReader.Text(value, key.Value, profile.Errors) is { } name
                && Read(name, value.At, files, profile.Errors) is { } text)
            {
                prompts[key.Value] = text;
            }
        }

        foreach (string missing in Needed.Where(mode => entries.Count > 0 && entries.All(entry => entry.Key.Value != mode)))
        {
            profile.Errors.Add(profile.AtOf("prompts"), $"The key '{missing}' is missing in 'prompts'.", $"Add '{missing}: prompts/{missing}.txt'.");
        }

        return prompts;
    }

    /// <summary>The text of a prompt's file without its last line end; null after an error.</summary>
    /// <param name="name">The file below the folder of the experiments.</param>
    /// <param name="at">Where it is named.</param>
    /// <param name="files">The files that there are.</param>
    /// <param name="errors">Where errors go.</param>
    public static string? Text(string name, Mark at, ExperimentFiles files, ErrorList errors)
    {
        string[] known =
            [.. files.All.Where(file => file.EndsWith(".txt", StringComparison.Ordinal)).Select(file => file[(ExperimentFiles.Folder.Length + 1)..])];
        if (!known.Contains(name))
        {
            if (RegularFile.KindOf(files.PathOf(name)) is { } kind and not RegularFile.File)
            {
                errors.Add(at, $"The prompt file '{name}' is {kind}, not a regular file.", "Replace it.");
            }
            else
            {
                errors.Add(at, $"There is no prompt file '{name}'.", NearestName.Hint(name, known));
            }

            return null;
        }

        // The last line end is the file's, not the prompt's.
        string? text = SourceText.Read(files.PathOf(name), Start(name).File, errors, skipMark: false);
        return text?.EndsWith('\n') == true ? text[..^1] : text;
    }

    /// <summary>The text of a benchmark's prompt, which must say where the question and its options belong; null after an error.</summary>
    public static string? Question(string name, Mark at, ExperimentFiles files, bool hasOptions, ErrorList errors)
    {
        if (Text(name, at, files, errors) is not { } text)
        {
            return null;
        }

        bool hasPlace = !hasOptions || PromptTemplate.OptionMarks.Any(mark => text.Contains(mark, StringComparison.Ordinal));
        string[] missing =
        [
            .. text.Contains(PromptTemplate.QuestionMark, StringComparison.Ordinal) ? [] : (string[])[PromptTemplate.QuestionMark],
            .. hasPlace ? [] : (string[])[PromptTemplate.OptionMarks[0]],
        ];
        foreach (string mark in missing)
        {
            errors.Add(Start(name), $"The prompt lacks '{mark}'.", $"Write {mark} where it belongs.");
        }

        return text;
    }

    /// <summary>The beginning of a prompt's file, as messages name it.</summary>
    public static Mark Start(string name) => new($"{ExperimentFiles.Folder}/{name}", 1, 1);

    private static string? Read(string name, Mark at, ExperimentFiles files, ErrorList errors)
    {
        if (Text(name, at, files, errors) is not { } text)
        {
            return null;
        }

        if (!text.Contains(PromptTemplate.QuestionMark, StringComparison.Ordinal))
        {
            errors.Add(Start(name), $"The prompt lacks '{PromptTemplate.QuestionMark}'.", $"Write {PromptTemplate.QuestionMark} where it belongs.");
        }

        if (!PromptTemplate.OptionMarks.Any(mark => text.Contains(mark, StringComparison.Ordinal)))
        {
            errors.Add(
                Start(name), $"The prompt lacks '{PromptTemplate.OptionMarks[0]}'.",
                $"Write {string.Join(" or ", PromptTemplate.OptionMarks)} where it belongs.");
        }

        return text;
    }
}
