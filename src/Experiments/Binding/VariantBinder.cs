using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments.Yaml;
using NaturalThoughts.Selection;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Binds the keys of a row that change the way from a pool to a student: controls and experiments on the data.</summary>
internal static class VariantBinder
{
    private const int HardestLevel = 99;

    /// <summary>The variant of a row with methods.</summary>
    /// <param name="row">The row.</param>
    /// <param name="profile">The profile.</param>
    /// <param name="baseline">The table's baseline, which a row is matched with where it does not say otherwise; null for none.</param>
    public static RowVariant Bind(MapReader row, Profile profile, string? baseline)
    {
        string? match = row.OneOf("match", MatchOptions.Known, required: false);
        double? share = row.Number("share", 0, 1, open: true, required: false);
        if (match is not null && share is not null)
        {
            row.Errors.Add(row.AtOf("share"), "A row that is matched has no share.", "Remove 'share' or 'match'.");
        }

        return new RowVariant
        {
            PermuteAnnotations = row.Flag("permuteAnnotations") ?? false,
            Corrupt = row.Number("corrupt", 0, 1, open: true, required: false),
            CorrectOnly = row.Flag("correctOnly") ?? false,
            Share = share is 1 ? null : share,
            ExceptDomain = row.Text("exceptDomain", required: false),
            Levels = row.Find("levels") is null ? [] : [.. row.Integers("levels", 1, HardestLevel).Order()],
            AnnotationNoise = row.Number("annotationNoise", 0, 1, open: true, required: false),
            Match = match,
            MatchWith = MatchWith(row, profile, match, baseline),
            MatchMix = MatchMix(row, match),
            Epochs = row.Integer("epochs", 1, 1000, required: false),
        };
    }

    private static MethodSettings? MatchWith(MapReader row, Profile profile, string? match, string? baseline)
    {
        string? named = OfMatched(row, "matchWith", match);
        if (match is null)
        {
            return null;
        }

        MethodSettings? with = profile.Methods.FirstOrDefault(method => method.Name == (named ?? baseline));
        if (with is null)
        {
            row.Errors.Add(
                row.AtOf(named is null ? "match" : "matchWith"),
                named is null ? $"The table's baseline, '{baseline}', is no method that a row can be matched with." : $"There is no method '{named}'.",
                named is null ? "Add 'matchWith: <method>'." : NearestName.Hint(named, [.. profile.Methods.Select(method => method.Name)]));
        }

        return with;
    }

    private static string? MatchMix(MapReader row, string? match)
    {
        if (OfMatched(row, "matchMix", match) is not { } named)
        {
            return null;
        }

        if (!Mix.TryParse(named, out _))
        {
            row.Errors.Add(row.AtOf("matchMix"), $"There is no mix '{named}'.", Mix.Hint(named));
        }

        return named;
    }

    private static string? OfMatched(MapReader row, string key, string? match)
    {
        string? named = row.Text(key, required: false);
        if (match is null && named is not null)
        {
            row.Errors.Add(row.AtOf(key), $"'{key}' says with what a row is matched, and it has no 'match'.", $"Add 'match: {MatchOptions.Tokens}', or remove the key.");
        }

        return named;
    }
}
