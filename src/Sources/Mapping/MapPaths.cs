using NaturalThoughts.Contracts;
using NaturalThoughts.Sources.Reading;

namespace NaturalThoughts.Sources.Mapping;

/// <summary>The paths that a field map names.</summary>
internal static class MapPaths
{
    public static IEnumerable<UserError> Validate(IEnumerable<(string Key, string Path)> paths)
    {
        foreach ((string key, string path) in paths)
        {
            UserError? error = null;
            try
            {
                RowPath.Parse(path);
            }
            catch (FormatException wrong)
            {
                error = new UserError(wrong.Message, key, "Write such as 'question', 'doc.question' or 'responses[0].response'.");
            }

            if (error is not null)
            {
                yield return error;
            }
        }
    }
}
