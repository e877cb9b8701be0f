using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments.Yaml;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Binds <c>serve</c>: models that a run serves to itself.</summary>
internal static class ServeBinder
{
    private const double MostFaults = 0.9;

    /// <summary>The settings; null where the profile has none, or after an error.</summary>
    public static ServeSettings? Bind(MapReader profile, ExperimentFiles files)
    {
        int before = profile.Errors.Count;
        if (profile.Map("serve", Shapes.Serve, required: false) is not { } reader)
        {
            return null;
        }

        string? world = reader.OneOf(SourceKeys.World, files.Profiles);
        double faults = reader.Number("faults", 0, MostFaults, required: false) ?? 0;
        string? variable = reader.Text("addressVariable");
        if (variable is not null && (char.IsAsciiDigit(variable[0]) || !variable.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')))
        {
            profile.Errors.Add(reader.AtOf("addressVariable"), $"'{Quoted.Of(variable)}' is not the name of an environment variable.", "Give a name of letters, digits and '_', such as LOOPBACK_URL.");
        }

        return profile.Errors.Count > before ? null : new ServeSettings(world!, faults, variable!);
    }
}
