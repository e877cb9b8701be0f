using System.Globalization;
using System.Text.RegularExpressions;

namespace NaturalThoughts.Reporting;

/// <summary>
/// The names of what a table can print beside accuracies. The plain ones are columns of the table itself. A measure gives a section of its own,
/// a row per student and benchmark, and the file <see cref="TableStage.Measures"/>.
/// </summary>
public static partial class TableColumns
{
    /// <summary>Standard errors over questions, over seeds and over replicates, kept apart.</summary>
    public const string Errors = "errors";

    /// <summary>Averages in which each value of a name of meta weighs the same.</summary>
    public const string Macro = "macro";

    /// <summary>Rates of empty and unclosed thinking, of answers inside of it, of repetition loops and of undecided answers.</summary>
    public const string Faults = "faults";

    /// <summary>How far accuracies lie apart over phrasings of the prompt, and over seeds.</summary>
    public const string Phrasings = "phrasings";

    /// <summary>The lowest and highest accuracy of the same answers under the protocols of a benchmark.</summary>
    public const string Protocols = "protocols";

    /// <summary>Modes of thinking against each other: sections of their own and the file <see cref="TableStage.Modes"/>.</summary>
    public const string Modes = "modes";

    /// <summary>Accuracy with thoughts closed at budgets, in the sections of <see cref="Modes"/>.</summary>
    public const string Closed = "closed";

    /// <summary>What a table prints that says nothing of it.</summary>
    public static IReadOnlyList<string> Usual { get; } = ["difference", "tokens", "unparsed", "truncated"];

    /// <summary>The columns of the table itself, in the order in which they are printed.</summary>
    public static IReadOnlyList<string> Plain { get; } = [.. Usual, Protocols];

    /// <summary>What a user may write; k is a number of answers, or the letter: as many as a question has.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Plain, Errors, "pass@k", "maj@k", "avg@k", Faults, Macro, Phrasings, Modes, Closed];

    /// <summary>True for a name that a table can print.</summary>
    public static bool IsKnown(string name) => All.Contains(name, StringComparer.Ordinal) || At(name) is not null;

    /// <summary>True for a name that needs a student's answers repeat by repeat.</summary>
    public static bool IsMeasure(string name) => IsKnown(name) && !Plain.Contains(name, StringComparer.Ordinal) && name is not (Modes or Closed);

    /// <summary>The parts of <c>pass@4</c>, or of <c>pass@k</c> (then without a number); null for another name.</summary>
    internal static (string Measure, int? K)? At(string name) => Form().Match(name) is { Success: true } match
        ? (match.Groups[1].Value, match.Groups[2].Value == "k" ? null : int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture))
        : null;

    [GeneratedRegex("^(pass|maj|avg)@(k|[1-9][0-9]{0,3})$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
