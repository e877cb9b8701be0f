using System.Text.RegularExpressions;
using NaturalThoughts.Experiments.Yaml;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>What tables, rows and modes may be called: they are parts of addresses, of file names and of the command line.</summary>
internal static partial class NameRules
{
    /// <summary>Reports what is wrong with a name; <paramref name="what"/> is such as <c>table</c>.</summary>
    public static bool Check(YamlScalar name, string what, ErrorList errors)
    {
        string text = name.Value;
        if (!Form().IsMatch(text))
        {
            errors.Add(name.At, $"The {what} cannot be called '{text}': it is a part of addresses.", "Use a letter, then letters, digits and '_', at most 40.");
            return false;
        }

        if (ReservedNames.Verbs.Concat(ReservedNames.Words).Contains(text, StringComparer.OrdinalIgnoreCase))
        {
            errors.Add(
                name.At, $"The {what} cannot be called '{text}': that is a word of the command line.",
                $"Call it '{text}{char.ToUpperInvariant(what[0])}{what[1..]}' or the like.");
            return false;
        }

        if (ReservedNames.Shared.Contains(text, StringComparer.OrdinalIgnoreCase))
        {
            errors.Add(name.At, $"The {what} cannot be called '{text}': addresses of shared targets start with it.", "Choose another name.");
            return false;
        }

        return true;
    }

    /// <summary>Reports names that are equal except for case.</summary>
    public static void CheckCase(IEnumerable<YamlScalar> names, string what, ErrorList errors)
    {
        Dictionary<string, YamlScalar> seen = new(StringComparer.OrdinalIgnoreCase);
        foreach (YamlScalar name in names.Where(name => !seen.TryAdd(name.Value, name) && seen[name.Value].Value != name.Value))
        {
            YamlScalar first = seen[name.Value];
            errors.Add(
                name.At, $"The {what} '{name.Value}' and the {what} '{first.Value}' ({first.At}) differ in case only.",
                "Rename one of them: some file systems cannot tell them apart.");
        }
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]{0,39}$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
