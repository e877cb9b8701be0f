using System.Globalization;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints.Templates.Bounds;

/// <summary>The errors of templates: each names the template and its line.</summary>
internal static class TemplateErrors
{
    /// <summary>What a user can do about most of these errors.</summary>
    public const string WayOut = "Put a chat template without this into a file and name it as 'chatTemplate' in the profile.";

    /// <summary>An error that Transformers raises as well.</summary>
    public static UserErrorException At(string origin, int line, string message) =>
        new(message, string.Create(CultureInfo.InvariantCulture, $"{origin}: chat template, line {line}"), WayOut);

    /// <summary>A construct that is refused, so that nothing is rendered in another way than Transformers does.</summary>
    public static UserErrorException Unsupported(string origin, int line, string what) => At(origin, line, what + " is not supported.");
}
