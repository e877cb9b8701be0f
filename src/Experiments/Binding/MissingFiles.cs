using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments.Yaml;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Files outside of the store that are not there: an error, or where a plan is only looked at a note.</summary>
internal static class MissingFiles
{
    /// <summary>Says that something is missing.</summary>
    public static void Lacks(this ExperimentFiles files, ErrorList errors, Mark at, string message, string hint)
    {
        if (files.Missing is not { } missing)
        {
            errors.Add(at, message, hint);
        }
        else if (missing.All(other => other.Message != message))
        {
            missing.Add(new UserError(message, at.ToString(), hint));
        }
    }
}
