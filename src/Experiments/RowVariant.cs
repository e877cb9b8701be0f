using System.Globalization;
using NaturalThoughts.Selection;

namespace NaturalThoughts.Experiments;

/// <summary>
/// What a row of a table changes of the usual way from a pool to a student: controls and experiments on the data. The default changes nothing.
/// </summary>
public sealed record RowVariant
{
    /// <summary>The variant that changes nothing.</summary>
    public static RowVariant None { get; } = new();

    /// <summary>Of a control, the questions across which signals are permuted: one of <see cref="SignalPermutation.Known"/>; null for none.</summary>
    public string? PermuteAnnotations { get; init; }

    /// <summary>The share of the examples that carry the trace of another question, in (0, 1]; null for none.</summary>
    public double? Corrupt { get; init; }

    /// <summary>True where only questions are candidates whose trace has the reference answer.</summary>
    public bool CorrectOnly { get; init; }

    /// <summary>The share of the selection that is kept, in (0, 1); null for all of it.</summary>
    public double? Share { get; init; }

    /// <summary>The annotated domain whose questions are no candidates; null for none.</summary>
    public string? ExceptDomain { get; init; }

    /// <summary>The levels whose questions alone are candidates; empty for all.</summary>
    public IReadOnlyList<int> Levels { get; init; } = [];

    /// <summary>The probability that a question is annotated like another one, in (0, 1]; null for 0.</summary>
    public double? AnnotationNoise { get; init; }

    /// <summary>One of <see cref="MatchOptions.Known"/>; null where the size is what the row says.</summary>
    public string? Match { get; init; }

    /// <summary>The method whose training the selection's is matched with; null without <see cref="Match"/>.</summary>
    public MethodSettings? MatchWith { get; init; }

    /// <summary>The mix of the training that the row's is matched with; null for <see cref="MatchedMix"/>'s default.</summary>
    public string? MatchMix { get; init; }

    /// <summary>Epochs of fine-tuning; null for those of the size.</summary>
    public int? Epochs { get; init; }

    /// <summary>What the row's name has at its end: <c>-corrupt0.25-noise0.3</c>; empty where nothing changes which examples there are.</summary>
    public string RowSuffix => string.Concat(
        PermuteAnnotations switch { null => "", SignalPermutation.All => "-permuted", string among => "-permuted-" + among },
        Part("corrupt", Corrupt),
        CorrectOnly ? "-correct" : "",
        Part("share", Share),
        ExceptDomain is { } domain ? "-without" + string.Concat(domain.Where(char.IsAsciiLetterOrDigit)) : "",
        Levels.Count > 0 ? "-levels" + string.Concat(Levels.Select(level => level.ToString(CultureInfo.InvariantCulture))) : "",
        Part("noise", AnnotationNoise));

    /// <summary>What the mix has at its end: <c>-tokens-epochs2</c>.</summary>
    public string MixSuffix => string.Concat(Match is null ? "" : "-" + Match, Part("epochs", Epochs));

    /// <summary>
    /// The mix of the training that a row of this mix is matched with: without another word the same for System 1 and System 2, else System 2.
    /// </summary>
    public string MatchedMix(string mix) => MatchMix ?? (mix == Mix.System1.Name ? mix : Mix.System2.Name);

    /// <summary>The changes of the variant, in words.</summary>
    public IEnumerable<string> Changes
    {
        get
        {
            (bool, FormattableString)[] changes =
            [
                (PermuteAnnotations is not null, $"signals permuted{(PermuteAnnotations == SignalPermutation.Lengths ? " among traces of one length" : "")}"),
                (Corrupt is not null, $"{100 * Corrupt} % of the traces of other questions"),
                (CorrectOnly, $"right traces alone"),
                (Share is not null, $"{100 * Share} % of the selection"),
                (ExceptDomain is not null, $"without {ExceptDomain}"),
                (Levels.Count > 0, $"levels {string.Join(", ", Levels)}"),
                (AnnotationNoise is not null, $"{100 * AnnotationNoise} % of the annotations of other questions"),
                (Match is not null, $"as many {Match} as {MatchWith?.Name}{(MatchMix is null ? "" : " " + MatchMix)}"),
                (Epochs is not null, $"{Epochs} epochs"),
            ];
            return changes.Where(change => change.Item1).Select(change => FormattableString.Invariant(change.Item2));
        }
    }

    /// <summary>The options of a selection with what this changes; a match, which needs the recipe, is added where targets are made.</summary>
    public SelectOptions Of(SelectOptions options) => options with
    {
        PermuteAnnotations = PermuteAnnotations,
        CorrectOnly = CorrectOnly,
        Share = Share ?? 1,
        ExceptDomain = ExceptDomain,
        Levels = [.. Levels.Select(level => level.ToString(CultureInfo.InvariantCulture))],
        AnnotationNoise = AnnotationNoise ?? 0,
    };

    private static string Part(string name, double? value) => value is { } number ? FormattableString.Invariant($"-{name}{number}") : "";
}
