using NaturalThoughts.Contracts;

namespace NaturalThoughts.Sources.Mapping;

/// <summary>Where the options stand: exactly one of a list, of columns, or of a right and wrong ones.</summary>
public sealed record OptionsMap
{
    /// <summary>
    /// The path of a list of texts, or of an object whose keys are A, B, C, ...; with <c>?</c> at the end rows without it ask for a free answer.
    /// </summary>
    public string? List { get; init; }

    /// <summary>The paths of the options A, B, C, ... in order; one with <c>?</c> at the end may be missing if all after it are.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>The path of the right option. Their order is then that of <see cref="OptionOrder"/>: the right one has no place of its own.</summary>
    public string? Correct { get; init; }

    /// <summary>The paths of the wrong options; one may lead to a list of them.</summary>
    public IReadOnlyList<string>? Incorrect { get; init; }

    /// <summary>Texts that stand for no option, such as MMLU-Pro's <c>N/A</c>; they are left out.</summary>
    public IReadOnlyList<string> Drop { get; init; } = [];

    internal IEnumerable<UserError> Validate()
    {
        int ways = (List is null ? 0 : 1) + (Columns is null ? 0 : 1) + (Correct is null ? 0 : 1);
        if (ways != 1 || Correct is null != Incorrect is null)
        {
            yield return new UserError(
                "The options must be given in exactly one way.", "map.options", "Give 'list', or 'columns', or 'correct' and 'incorrect'.");
        }
        else if (Columns is { Count: 0 } or { Count: > 26 } || Incorrect is { Count: 0 } or { Count: > 25 })
        {
            yield return new UserError("A question has 1 to 26 options.", "map.options", "Name their fields.");
        }
    }

    internal IEnumerable<(string Key, string Path)> Paths() =>
    [
        .. List is null ? [] : new[] { ("map.options.list", List) },
        .. (Columns ?? []).Select(path => ("map.options.columns", path)),
        .. Correct is null ? [] : new[] { ("map.options.correct", Correct) },
        .. (Incorrect ?? []).Select(path => ("map.options.incorrect", path)),
    ];
}
