using NaturalThoughts.Contracts;
using NaturalThoughts.Sources.Mapping;

namespace NaturalThoughts.Sources.Recorded;

/// <summary>Which values of a row are an annotation or a judgement of a question; each is a <see cref="Reading.RowPath"/>.</summary>
public sealed record SignalMap
{
    /// <summary>The question's id; null where the text names it.</summary>
    public string? Id { get; init; }

    /// <summary>The question's text; null where the id names it.</summary>
    public string? Text { get; init; }

    /// <summary>The path of an annotation's domain.</summary>
    public string? Domain { get; init; }

    /// <summary>Annotations: the strategies, a list of texts or one text with <see cref="Separator"/> between them.</summary>
    public string? Strategies { get; init; }

    /// <summary>What is between strategies that are one text. Default <c>;</c>.</summary>
    public string Separator { get; init; } = ";";

    /// <summary>Annotations: the verbosity, an integer from 0 to 10.</summary>
    public string? Verbosity { get; init; }

    /// <summary>Judgements: whether the answers agree: true or false, 1 or 0, yes or no.</summary>
    public string? Agree { get; init; }

    /// <summary>What is wrong with the map.</summary>
    /// <param name="needed">The members that must be there, by name.</param>
    internal IEnumerable<UserError> Validate(params (string Name, string? Path)[] needed)
    {
        (string Name, string? Path)[] all = [.. needed, ("id", Id), ("text", Text)];
        foreach (UserError error in MapPaths.Validate(all.Where(path => path.Path is not null).Select(path => ("map." + path.Name, path.Path!))))
        {
            yield return error;
        }

        foreach ((string name, _) in needed.Where(path => path.Path is null))
        {
            yield return new UserError($"The map lacks '{name}'.", "map." + name, "Name its field.");
        }

        if (Id is null && Text is null)
        {
            yield return new UserError("The map does not say which question a row is about.", "map", "Name the field of the question's id or of its text.");
        }
    }
}
