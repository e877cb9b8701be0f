using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments.Yaml;

namespace NaturalThoughts.Experiments;

/// <summary>
/// A profile with some of its values replaced, called after both: <c>mini@sft.learningRate=1e-3@sizes=[250,4000]</c>. Its seeds are those of the profile's
/// file, so that it shares with it whatever the values do not touch; its results are its own.
/// </summary>
public sealed record ProfileVariant
{
    private const char Separator = '@';
    private const string Switch = "--set";

    /// <summary>The name of the profile's file.</summary>
    public required string Base { get; init; }

    /// <summary>Keys, joined by dots, and values; in ordinal order of the keys.</summary>
    public required IReadOnlyList<(string Key, string Value)> Settings { get; init; }

    /// <summary>The whole name; the profile's own where nothing is set.</summary>
    public string Name => string.Join(Separator, Settings.Select(setting => $"{setting.Key}={setting.Value}").Prepend(Base));

    /// <summary>The name of a profile with some values replaced.</summary>
    /// <param name="profile">A profile's name, which may be a variant's.</param>
    /// <param name="settings">Each <c>key.below=value</c>; a value is a number, a word or a list such as <c>[1,2]</c>.</param>
    /// <exception cref="UserErrorException">A setting is none, or a key is set twice.</exception>
    public static ProfileVariant Of(string profile, IReadOnlyList<string> settings)
    {
        string[] parts = profile.Split(Separator);
        List<UserError> errors = [];
        List<(string Key, string Value)> all = [];
        foreach (string setting in parts.Skip(1).Concat(settings))
        {
            int equals = setting.IndexOf('=', StringComparison.Ordinal);
            (string key, string value) = equals < 0 ? ("", "") : (setting[..equals], setting[(equals + 1)..]);
            if (!key.Split('.').All(IsKey) || !IsValue(value))
            {
                errors.Add(new UserError(
                    $"'{Quoted.Of(setting)}' sets nothing.",
                    Switch,
                    "Write --set key.below=value, such as --set sft.learningRate=1e-3 or --set sizes=[250,1000]; "
                    + "for anything longer write a profile that extends this one."));
            }
            else if (all.Any(other => other.Key == key))
            {
                errors.Add(new UserError($"'{key}' is set twice.", Switch, "Set it once."));
            }
            else
            {
                all.Add((key, value));
            }
        }

        return errors.Count == 0
            ? new ProfileVariant { Base = parts[0], Settings = [.. all.OrderBy(setting => setting.Key, StringComparer.Ordinal)] }
            : throw new UserErrorException(errors);
    }

    /// <summary>The map of the profile's file with the values in their places; keys that the profile cannot have are found by whoever binds it.</summary>
    internal YamlMap Apply(YamlMap map, ErrorList errors)
    {
        foreach ((string key, string value) in Settings)
        {
            string[] path = key.Split('.');
            Mark at = new($"{Switch} {key}={value}", 0, 0);
            if (Obstacle(map, path) is { } obstacle)
            {
                errors.Add(at, obstacle, "Name the whole path of a single value or list of the profile.");
                continue;
            }

            YamlNode node = value[0] == '['
                ? new YamlList([.. value[1..^1].Split(',').Select(item => new YamlScalar(item, true, at))], at)
                : new YamlScalar(value, true, at);
            for (int i = path.Length - 1; i >= 0; i--)
            {
                node = new YamlMap([(new YamlScalar(path[i], true, at), node)], at);
            }

            map = map.With((YamlMap)node) with { At = map.At };
        }

        return map;
    }

    // Why a path leads to no value; null where it does, or where nothing is there yet.
    private static string? Obstacle(YamlMap map, string[] path)
    {
        YamlNode? node = map;
        for (int i = 0; i < path.Length && node is not null; i++)
        {
            if (node is not YamlMap below)
            {
                return $"'{string.Join('.', path[..i])}' is a value and has no keys.";
            }

            node = below.Find(path[i]);
        }

        return node is YamlMap ? $"'{string.Join('.', path)}' is a map, not a value." : null;
    }

    // What may be the name of a folder on every system.
    private static bool IsKey(string text) => text.Length > 0 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');

    private static bool IsValue(string text)
    {
        bool isList = text.Length > 2 && text[0] == '[' && text[^1] == ']';
        return (isList ? text[1..^1].Split(',') : [text])
            .All(item => item.Length > 0 && item.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or '+'));
    }
}
