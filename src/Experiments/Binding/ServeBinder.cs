using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments.Keys;
using NaturalThoughts.Experiments.Yaml;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Binds <c>serve</c>: models that a run serves to itself.</summary>
internal static class ServeBinder
{
    /// <summary>The settings; null where the profile has none, or after an error.</summary>
    public static ServeSettings? Bind(MapReader profile, ExperimentFiles files)
    {
        int before = profile.Errors.Count;
        if (profile.Map("serve") is not { } reader)
        {
            return null;
        }

        string? world = reader.OneOf(SourceKeys.World, files.Profiles);
        double? faults = reader.Number("faults");
        string? variable = reader.Text("addressVariable");
        if (variable is not null && (char.IsAsciiDigit(variable[0]) || !variable.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')))
        {
            profile.Errors.Add(
                reader.AtOf("addressVariable"), $"'{Quoted.Of(variable)}' is not the name of an environment variable.",
                "Give a name of letters, digits and '_', such as LOOPBACK_URL.");
        }

        return profile.Errors.Count > before ? null : new ServeSettings(world!, faults!.Value, variable!);
    }
}
