using NaturalThoughts.Experiments.Yaml;
using NaturalThoughts.Reporting;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Binds what modes of thinking need: <c>modes</c> of a profile, <c>instructionDropout</c>, and the columns that ask for them.</summary>
internal static class ModeBinder
{
    /// <summary>The settings; null where there are none or after an error.</summary>
    public static ModeSettings? Bind(MapReader profile)
    {
        if (profile.Map("modes") is not { } reader)
        {
            return null;
        }

        int before = reader.Errors.Count;
        int? scale = reader.Integer("scale");
        IReadOnlyList<int> budgets = reader.Integers("budgets");
        IReadOnlyList<YamlScalar> easy = reader.Texts("easy"), hard = reader.Texts("hard");
        foreach (YamlScalar level in hard.Where(level => easy.Any(other => other.Value == level.Value)))
        {
            reader.Errors.Add(level.At, $"The level '{level.Value}' is both easy and hard.", "Name it once.");
        }

        IReadOnlyList<int> closed = reader.Integers("closed");
        int? answer = reader.Integer("answerTokens", required: closed.Count > 0);
        return reader.Errors.Count > before
            ? null
            : new ModeSettings(
                scale!.Value, [.. budgets.Order()], [.. easy.Select(level => level.Value)], [.. hard.Select(level => level.Value)],
                [.. closed.Order()], answer ?? 0);
    }

    /// <summary>The share of training examples without an instruction, of a profile or a table; null where it does not say.</summary>
    public static double? Dropout(MapReader reader, IReadOnlyDictionary<string, string> prompts)
    {
        double? share = reader.Number("instructionDropout");
        if (share > 0 && prompts.Count > 0 && !prompts.ContainsKey(ModeSettings.Adaptive))
        {
            reader.Errors.Add(
                reader.AtOf("instructionDropout"), $"Examples without an instruction need the prompt '{ModeSettings.Adaptive}'.",
                $"Add '{ModeSettings.Adaptive}: prompts/{ModeSettings.Adaptive}.txt' to 'prompts' of the profile.");
        }

        return share;
    }

    /// <summary>Reports columns that the table cannot have.</summary>
    public static void CheckColumns(MapReader table, IReadOnlyList<YamlScalar> columns, string kind, bool common, Profile profile)
    {
        YamlScalar? modes = columns.FirstOrDefault(column => column.Value == TableColumns.Modes),
        closed = columns.FirstOrDefault(column => column.Value == TableColumns.Closed);
        if (closed is not null && modes is null)
        {
            table.Errors.Add(closed.At, $"The column '{TableColumns.Closed}' is a part of '{TableColumns.Modes}'.", $"Add '{TableColumns.Modes}'.");
        }

        if ((modes ?? closed) is not { } column)
        {
            return;
        }

        if (kind != TableKind.Table || common)
        {
            table.Errors.Add(column.At, $"The column '{column.Value}' is for tables of the kind '{TableKind.Table}' with all questions.", "Remove it.");
        }
        else if (profile.Modes is null)
        {
            table.Errors.Add(
                column.At, $"The column '{column.Value}' needs 'modes' in the profile '{profile.Name}'.",
                "Add 'modes: {scale: 1000, budgets: [...]}' to the profile, or name the table's 'profiles'.");
        }
        else if (closed is not null && profile.Modes.Closed.Count == 0)
        {
            table.Errors.Add(
                closed.At, $"The column '{TableColumns.Closed}' needs 'closed' in 'modes' of the profile '{profile.Name}'.",
                "Name the tokens after which thoughts are closed, and 'answerTokens'.");
        }
    }
}
