using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments;
using NaturalThoughts.Reporting.Tables;

namespace NaturalThoughts.Build.CommandLine;

/// <summary>
/// Which switches go together, by the rows of <see cref="Verb"/> and <see cref="Switch"/>: what would be ignored, or would do what nobody asked for, is an
/// error. A rule of its own has only what depends on values.
/// </summary>
internal static class SwitchRules
{
    // A hint lists no more verbs than these.
    private const int Few = 3;

    /// <summary>Adds an error for each switch that does not go with the verb or with another switch.</summary>
    public static void Check(Invocation invocation, List<UserError> errors)
    {
        Switch[] given = [.. Switch.All.Where(item => invocation.Given.Contains(item.Name))];
        CheckLooks(invocation, errors);
        HashSet<string> apart = CheckPairs(invocation, given, errors);
        CheckVerb(invocation, [.. given.Where(item => item.Of is null && !item.IsAlone && !apart.Contains(item.Name))], errors);
        CheckReason(invocation, errors);
        CheckServe(invocation, errors);
        CheckLicense(invocation, errors);
    }

    private static void CheckLooks(Invocation invocation, List<UserError> errors)
    {
        IReadOnlyList<Switch> looks = invocation.Looks;
        if (looks.Count > 1)
        {
            errors.Add(Error($"{string.Join(" and ", looks.Select(look => "--" + look.Name))} do not go together.", "Give one of them."));
        }

        foreach (Switch look in looks.Where(look => look.IsAlone == (invocation.Target is not null)))
        {
            errors.Add(look.IsAlone
                ? Error($"--{look.Name} takes no target.", $"Write {look.Usage} alone.")
                : Error($"--{look.Name} needs a target.", $"Write --target=Table1 --{look.Name}."));
        }
    }

    // The names of what was reported.
    private static HashSet<string> CheckPairs(Invocation invocation, Switch[] given, List<UserError> errors)
    {
        HashSet<string> reported = [];
        foreach ((Switch item, Apart apart) in given.SelectMany(item => item.Without.Select(apart => (item, apart))))
        {
            foreach (Switch other in given.Where(other => apart.Names.Contains(other.Name)))
            {
                reported.Add(other.Name);
                errors.Add(Error($"{Written(invocation, other)} does not go with {Written(invocation, item)}{other.Because}.", apart.Hint));
            }
        }

        return reported;
    }

    private static void CheckVerb(Invocation invocation, IReadOnlyList<Switch> given, List<UserError> errors)
    {
        Verb verb = invocation.Verb;
        errors.AddRange(given.Where(item => !verb.Takes(item.Name)).Select(item => Refusal(invocation, item)));
        errors.AddRange(verb.Needs.Where(name => !invocation.Given.Contains(name)).Select(name => Error(
            $"{verb.Name} needs --{name}.",
            $"Write {Example(verb, Switch.Find(name))}.")));
        if (invocation.Format is { } format && verb.Formats.Count > 0 && !verb.Formats.Contains(format))
        {
            errors.Add(Error($"{verb.Name} does not write the format '{format}'.", $"Write one of {string.Join(", ", verb.Formats)}."));
        }

        if (invocation.Addresses.Count > 0 && verb.Arguments is null)
        {
            string word = invocation.Addresses[0];
            errors.Add(Error(
                $"Unexpected argument '{Quoted.Of(word)}'.",
                word.Equals("help", StringComparison.OrdinalIgnoreCase)
                    ? "Write --help."
                    : $"Write --target={word} to make a target; only {Listed.Of(Verb.Sorted(other => other.Arguments is not null))} take an address."));
        }
    }

    // Of what targets take, the verb is said that does not; of all else, the verbs that do.
    private static UserError Refusal(Invocation invocation, Switch item)
    {
        IReadOnlyList<string> verbs = Verb.Taking(item.Name);
        if (!Verb.OfTargets.Takes(item.Name))
        {
            return Error(
                $"--{item.Name} goes with {Listed.Of([.. verbs.Select(verb => "--target=" + verb)])} only.",
                item.Hint ?? (verbs.Count == 1 ? $"Leave it out, or write {Example(Verb.Of(verbs[0]), item)}." : "Leave it out."));
        }

        string? places = verbs.Count <= Few ? $"It is for {Listed.Of(["tables", "cells", "the targets below them", .. verbs])}." : null;
        string hint = string.Join(' ', new[] { places, item.Hint }.OfType<string>());
        return Error($"{Written(invocation, item)} does not go with --target={invocation.Target}{item.Because}.", hint.Length > 0 ? hint : "Leave it out.");
    }

    private static void CheckReason(Invocation invocation, List<UserError> errors)
    {
        if (invocation.Has("accept") ? string.IsNullOrWhiteSpace(invocation.Reason) : invocation.Reason is not null)
        {
            errors.Add(invocation.Has("accept")
                ? Error("--accept needs a reason.", "Write --accept --reason=\"why the new values are right\".")
                : Error("--reason goes with --accept.", "Leave it out, or write --target=Verify TABLE --accept --reason=TEXT."));
        }
    }

    private static void CheckServe(Invocation invocation, List<UserError> errors)
    {
        if (invocation.Verb.Name == VerbName.Serve && (invocation.Models is null) == (invocation.Addresses.Count == 0))
        {
            errors.Add(Error(
                invocation.Models is null ? "Serve needs a model." : "Serve takes --models or an address, not both.",
                "Write --target=Serve ADDRESS, --target=Serve FOLDER or --target=Serve --models=world."));
        }
    }

    private static void CheckLicense(Invocation invocation, List<UserError> errors)
    {
        if (invocation.Verb.Takes("license") && invocation.License is { } license
            && (invocation.Format is not ("dataset" or "ro-crate") || license.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '.'))))
        {
            errors.Add(Error(
                $"--license={Quoted.Of(license)} does not fit.",
                "It goes with --target=Export --format=dataset or ro-crate, and is a name of the hub, such as cc-by-4.0."));
        }
    }

    // With the arguments that cannot be left out.
    private static string Example(Verb verb, Switch item) =>
        $"--target={verb.Name}{(verb.Arguments is null or ['[', ..] ? "" : " " + verb.Arguments)} {item.Usage}";

    // Of the executor the value says what does not fit: the other one always does.
    private static string Written(Invocation invocation, Switch item) => item.Name == "executor" ? $"--executor={invocation.Executor}" : "--" + item.Name;

    private static UserError Error(string message, string hint) => new(message, "command line", hint);
}
