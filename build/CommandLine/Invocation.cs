using System.Globalization;
using Cake.Core.Diagnostics;
using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments;
using NaturalThoughts.Pipeline.Sharing;

namespace NaturalThoughts.Build.CommandLine;

/// <summary>A parsed command line. Parsing is strict: what is not understood is an error that names the nearest switch.</summary>
internal sealed record Invocation
{
    /// <summary>The requested target; null when none was named.</summary>
    public string? Target { get; init; }

    /// <summary>What may be given with the target: the row of the verb that it names, else that of tables, cells and targets.</summary>
    public Verb Verb => Verb.Of(Target);

    /// <summary>The profile, or a variant of it by <c>--set</c>.</summary>
    public string Profile { get; init; } = "mini";

    /// <summary>Targets that run side by side.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;

    /// <summary><c>cpu</c> or <c>cuda</c>.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Where libtorch is taken from: a folder or <c>python</c>; null for the one beside the program.</summary>
    public string? Libtorch { get; init; }

    /// <summary>The shared cache; null for none. Part of no key and of no plan.</summary>
    public CacheLocation? Cache { get; init; }

    /// <summary>How many runs of each target Gc keeps; null when not said.</summary>
    public int? Keep { get; init; }

    /// <summary><c>local</c> or <c>slurm</c>.</summary>
    public string Executor { get; init; } = "local";

    /// <summary>The most calls of remote models that are sent; null for any number.</summary>
    public long? MaxCalls { get; init; }

    /// <summary>The most that calls of remote models may cost; null for any.</summary>
    public decimal? MaxCost { get; init; }

    /// <summary>The language in which --tree draws the graph; null for text.</summary>
    public string? Tree { get; init; }

    /// <summary>The target to explain; null when not asked.</summary>
    public string? Explain { get; init; }

    /// <summary>Why new values are accepted.</summary>
    public string? Reason { get; init; }

    /// <summary>How many cached targets are executed again; null when not asked.</summary>
    public int? Recheck { get; init; }

    /// <summary>The git revision or folder to compare with.</summary>
    public string? Against { get; init; }

    /// <summary>The folder that Export, Publish and Report write; null for Report's own place.</summary>
    public string? To { get; init; }

    /// <summary>The licence that an exported dataset's card states; null when not said.</summary>
    public string? License { get; init; }

    /// <summary>The file of answers that Audit writes and reads; null for a terminal.</summary>
    public string? File { get; init; }

    /// <summary>The metric that Compare takes; null for the default.</summary>
    public string? Metric { get; init; }

    /// <summary>The only benchmarks that Compare takes; empty for all.</summary>
    public IReadOnlyList<string> Benchmarks { get; init; } = [];

    /// <summary>How Compare matches questions: <c>any</c>, <c>id</c> or <c>text</c>; null for the default.</summary>
    public string? Match { get; init; }

    /// <summary>The field map of files that Compare reads; null for none.</summary>
    public string? Map { get; init; }

    /// <summary>How many answers Audit draws, or flipped questions Compare lists; null for the default.</summary>
    public int? Count { get; init; }

    /// <summary>Who audits; null for the user.</summary>
    public string? Author { get; init; }

    /// <summary>One of the formats of the verb's row; null for the first.</summary>
    public string? Format { get; init; }

    /// <summary>What Serve serves beside a student: <c>world</c>; null for nothing.</summary>
    public string? Models { get; init; }

    /// <summary>The address that Serve listens on; null for loopback.</summary>
    public string? Host { get; init; }

    /// <summary>The port that Serve listens on; null for the usual one.</summary>
    public int? Port { get; init; }

    /// <summary>The share of requests that Serve answers wrongly; null for none.</summary>
    public double? Faults { get; init; }

    /// <summary>How much the command prints.</summary>
    public Verbosity Verbosity { get; init; } = Verbosity.Normal;

    /// <summary>What is written without a dash: addresses, files or folders, as the verb's row says.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>The names of all switches that were given, except of <c>--executor=local</c>, which is the default everywhere.</summary>
    public IReadOnlySet<string> Given { get; init; } = new HashSet<string>();

    /// <summary>The flags that were given, by name.</summary>
    public required IReadOnlySet<string> Flags { get; init; }

    /// <summary>The switches that were given of those that look at a plan and run nothing, by name.</summary>
    public IReadOnlyList<Switch> Looks =>
        [.. Switch.All.Where(item => item.IsLook && Given.Contains(item.Name)).OrderBy(item => item.Name, StringComparer.Ordinal)];

    /// <summary>True when a flag was given.</summary>
    public bool Has(string flag) => Flags.Contains(flag);

    /// <summary>Reads the arguments: <c>--name=value</c>, <c>--name value</c>, <c>--flag</c>, <c>-t value</c>.</summary>
    /// <exception cref="UserErrorException">All mistakes at once.</exception>
    public static Invocation Parse(IReadOnlyList<string> arguments)
    {
        List<UserError> errors = [];
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        HashSet<string> flags = new(StringComparer.Ordinal);
        List<string> addresses = [], settings = [];
        for (int i = 0; i < arguments.Count; i++)
        {
            string argument = arguments[i];
            if (!argument.StartsWith('-'))
            {
                addresses.Add(argument);
                continue;
            }

            int equals = argument.IndexOf('=', StringComparison.Ordinal);
            string name = (equals < 0 ? argument : argument[..equals]).TrimStart('-');
            Switch? known = argument.StartsWith("--", StringComparison.Ordinal)
                ? Switch.All.FirstOrDefault(item => item.Name == name)
                : Switch.All.FirstOrDefault(item => item.Short == name);
            if (known is null)
            {
                errors.Add(Unknown(argument, name));
                continue;
            }

            string? value = equals >= 0 ? argument[(equals + 1)..] : null;
            if (known.Value is null)
            {
                if (known.Forms.Contains(value))
                {
                    values[known.Name] = value!;
                }
                else if (value is not (null or "true"))
                {
                    string others = string.Concat(known.Forms.Select(form => $", or --{known.Name}={form}"));
                    errors.Add(new UserError(
                        $"--{known.Name} is a flag, but was given the value '{Quoted.Of(value)}'.", "command line",
                        $"Write --{known.Name} alone{others}."));
                }

                flags.Add(known.Name);
                continue;
            }

            if (value is null && i + 1 < arguments.Count && !arguments[i + 1].StartsWith('-'))
            {
                value = arguments[++i];
            }

            if (string.IsNullOrEmpty(value))
            {
                errors.Add(new UserError($"--{known.Name} needs a value.", "command line", $"Write --{known.Name}={known.Value}."));
            }
            else if (known.Name == "set")
            {
                settings.Add(value);
            }
            else if (!values.TryAdd(known.Name, value))
            {
                errors.Add(new UserError($"--{known.Name} is given twice.", "command line", "Give it once."));
            }
        }

        Invocation invocation = new()
        {
            Addresses = addresses,
            Flags = flags,
            Given = Names(values, flags, settings),
            Target = values.GetValueOrDefault("target"),
            Profile = Variant(values.GetValueOrDefault("profile", "mini"), settings, errors),
            Tree = values.GetValueOrDefault("tree"),
            Explain = values.GetValueOrDefault("explain"),
            Reason = values.GetValueOrDefault("reason"),
            Device = OneOf(values, "device", "cpu", ["cpu", "cuda"], errors),
            Jobs = Number(values, "jobs", 1, 1024, errors) ?? Environment.ProcessorCount,
            Keep = Number(values, "keep", 0, 1_000_000, errors),
            Cache = Location(values, errors),
            Executor = OneOf(values, "executor", "local", ["local", "slurm"], errors),
            MaxCalls = Number(values, "max-calls", 0, int.MaxValue, errors),
            MaxCost = Amount(values, "max-cost", errors),
            Recheck = Number(values, "recheck", 1, 1_000_000, errors),
            Libtorch = values.GetValueOrDefault("libtorch"),
            Against = values.GetValueOrDefault("against"),
            To = values.GetValueOrDefault("to"),
            Format = values.ContainsKey("format") ? OneOf(values, "format", "text", [.. Verb.All.SelectMany(verb => verb.Formats).Distinct()], errors) : null,
            License = values.GetValueOrDefault("license"),
            Models = values.ContainsKey("models") ? OneOf(values, "models", "world", ["world"], errors) : null,
            Host = values.GetValueOrDefault("host"),
            Port = Number(values, "port", 0, 65535, errors),
            Faults = Share(values, "faults", errors),
            File = values.GetValueOrDefault("file"),
            Count = Number(values, "count", 1, 1_000_000, errors),
            Author = values.GetValueOrDefault("author"),
            Metric = values.GetValueOrDefault("metric"),
            Benchmarks = values.GetValueOrDefault("benchmark")?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [],
            Match = values.ContainsKey("match") ? OneOf(values, "match", "any", [.. Comparing.MatchWays.Known], errors) : null,
            Map = values.GetValueOrDefault("map"),
            Verbosity = Enum.Parse<Verbosity>(
                OneOf(values, "verbosity", "normal", ["quiet", "minimal", "normal", "verbose", "diagnostic"], errors),
                ignoreCase: true),
        };
        if (values.ContainsKey("benchmark") && invocation.Benchmarks.Count == 0)
        {
            errors.Add(new UserError("--benchmark names no benchmark.", "command line", "Write --benchmark=NAME, several separated by commas."));
        }

        SwitchRules.Check(invocation, errors);
        return errors.Count == 0 ? invocation : throw new UserErrorException(errors);
    }

    private static HashSet<string> Names(Dictionary<string, string> values, HashSet<string> flags, List<string> settings)
    {
        HashSet<string> names = new([.. values.Keys, .. flags], StringComparer.Ordinal);
        if (settings.Count > 0)
        {
            names.Add("set");
        }

        if (values.GetValueOrDefault("executor") == "local")
        {
            names.Remove("executor");
        }

        return names;
    }

    private static string Variant(string profile, List<string> settings, List<UserError> errors)
    {
        try
        {
            return ProfileVariant.Of(profile, settings).Name;
        }
        catch (UserErrorException e)
        {
            errors.AddRange(e.Errors);
            return profile;
        }
    }

    private static UserError Unknown(string argument, string name) =>
        new(
            // The value of a mistyped --cache may hold a password.
            $"Unknown switch '{(argument.Contains("://", StringComparison.Ordinal) ? "--" + name : Quoted.Of(argument))}'.",
            "command line",
            NearestName.Find(name, Switch.All.Select(item => item.Name)) is { } nearest ? $"Did you mean '--{nearest}'?" : "--help lists the switches.");

    private static string OneOf(Dictionary<string, string> values, string name, string fallback, string[] choices, List<UserError> errors)
    {
        string value = values.GetValueOrDefault(name, fallback).ToLowerInvariant();
        if (choices.Contains(value))
        {
            return value;
        }

        errors.Add(new UserError($"--{name} cannot be '{Quoted.Of(value)}'.", "command line", NearestName.Hint(value, choices)));
        return fallback;
    }

    private static int? Number(Dictionary<string, string> values, string name, int least, int most, List<UserError> errors)
    {
        if (!values.TryGetValue(name, out string? text))
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count >= least && count <= most)
        {
            return count;
        }

        errors.Add(new UserError($"--{name} cannot be '{Quoted.Of(text)}'.", "command line", $"Give a whole number from {least} to {most}."));
        return null;
    }

    private static decimal? Amount(Dictionary<string, string> values, string name, List<UserError> errors)
    {
        if (!values.TryGetValue(name, out string? text))
        {
            return null;
        }

        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal amount))
        {
            return amount;
        }

        errors.Add(new UserError(
            $"--{name} cannot be '{Quoted.Of(text)}'.", "command line", "Give an amount in the currency of the profile's prices, such as 12.50."));
        return null;
    }

    private static double? Share(Dictionary<string, string> values, string name, List<UserError> errors)
    {
        if (!values.TryGetValue(name, out string? text))
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double share) && share is >= 0 and <= 1)
        {
            return share;
        }

        errors.Add(new UserError($"--{name} cannot be '{Quoted.Of(text)}'.", "command line", "Give a number from 0 to 1, such as 0.1."));
        return null;
    }

    private static CacheLocation? Location(Dictionary<string, string> values, List<UserError> errors)
    {
        try
        {
            return values.TryGetValue("cache", out string? text) ? CacheLocation.Parse(text, "--cache") : null;
        }
        catch (UserErrorException e)
        {
            errors.AddRange(e.Errors);
            return null;
        }
    }
}
