using NaturalThoughts.Experiments.Yaml;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Refuses secrets in YAML. What follows such a key is never shown.</summary>
internal static class SecretKeys
{
    private const string Message = "A secret must not be in a file.";
    private const string Hint =
        "Remove it and revoke it; put a new one into an environment variable, and give the variable's name: 'keyVariable: TEACHER_KEY'.";
    private const int ShortestKey = 16;

    private static readonly string[] Names =
        [
            "accesskey", "accesstoken", "apikey", "apisecret", "apitoken", "auth", "authorization", "bearer", "credential", "credentials", "key", "password",
            "secret", "token", "xapikey",
        ];

    /// <summary>The map without keys that hold secrets, each of which is reported; maps and lists below are only looked through.</summary>
    public static YamlMap Remove(YamlMap map, ErrorList errors)
    {
        foreach ((YamlScalar key, YamlNode value) in map.Entries)
        {
            Report(key, value, errors);
        }

        return new YamlMap([.. map.Entries.Where(entry => !IsSecret(entry.Key))], map.At);
    }

    /// <summary>True where a name of a variable looks like a key that was written in its place: small letters and digits mixed, and long.</summary>
    public static bool LooksLikeKey(string name) => name.Length >= ShortestKey && name.Any(char.IsAsciiLetterLower) && name.Any(char.IsAsciiDigit);

    private static void Report(YamlScalar key, YamlNode value, ErrorList errors)
    {
        if (IsSecret(key))
        {
            errors.Add(key.At, Message, Hint);
            return;
        }

        YamlMap[] below = value switch
        {
            YamlMap map => [map],
            YamlList list => [.. list.Items.OfType<YamlMap>()],
            _ => [],
        };
        foreach ((YamlScalar inner, YamlNode node) in below.SelectMany(map => map.Entries))
        {
            Report(inner, node, errors);
        }
    }

    private static bool IsSecret(YamlScalar key) =>
        Names.Contains(key.Value.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant());
}
