using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments.Yaml;
using NaturalThoughts.Selection;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Binds the keys of a row that change the way from a pool to a student: controls and experiments on the data.</summary>
internal static class VariantBinder
{
    /// <summary>The variant of a row with methods.</summary>
    /// <param name="row">The row.</param>
    /// <param name="profile">The profile.</param>
    /// <param name="baseline">The table's baseline, which a row is matched with where it does not say otherwise; null for none.</param>
    public static RowVariant Bind(MapReader row, Profile profile, string? baseline)
    {
        string? match = row.Text("match");
        double? share = row.Number("share");
        if (match is not null && share is not null)
        {
            row.Errors.Add(row.AtOf("share"), "A row that is matched has no share.", "Remove 'share' or 'match'.");
        }

        return new RowVariant
        {
            PermuteAnnotations = row.Text("permuteAnnotations"),
            Corrupt = row.Number("corrupt"),
            CorrectOnly = row.Flag("correctOnly")!.Value,
            Share = share is 1 ? null : share,
            ExceptDomain = row.Text("exceptDomain"),
            Levels = [.. row.Integers("levels").Order()],
            AnnotationNoise = row.Number("annotationNoise"),
            Match = match,
            MatchWith = MatchWith(row, profile, match, baseline),
            MatchMix = MatchMix(row, match),
            Epochs = row.Integer("epochs"),
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
                named is null ? $"The table's baseline, '{baseline}', is not a method that a row can be matched with." : $"There is no method '{named}'.",
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
        string? named = row.Text(key);
        if (match is null && named is not null)
        {
            row.Errors.Add(
                row.AtOf(key), $"'{key}' says what a row is matched with, but the row has no 'match'.",
                $"Add 'match: {MatchOptions.Tokens}', or remove the key.");
        }

        return named;
    }
}
