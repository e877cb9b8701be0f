using NaturalThoughts.Contracts;
using NaturalThoughts.Sources.Recorded;

namespace NaturalThoughts.Sources.Runs;

/// <summary>A field map as a command line gives it: <c>id=question_id,correct=is_right,answer=pred|prediction</c>.</summary>
/// <param name="Fields">The paths of each name, in the order in which they are tried.</param>
/// <param name="Task">Paths of the benchmark's name; empty where the rows do not have it.</param>
public sealed record RunMap(RecordedMap Fields, IReadOnlyList<string> Task)
{
    /// <summary>The names that a map may give, in ordinal order.</summary>
    public static IReadOnlyList<string> Names { get; } = ["answer", "correct", "finish", "id", "reference", "repeat", "task", "text", "tokens"];

    /// <summary>Reads a field map from the command line.</summary>
    /// <param name="text">Pairs of a name and a path, between commas; several paths of one name between bars, of which the first that a row has is
    /// taken.</param>
    /// <param name="location">The switch that it was given to.</param>
    /// <exception cref="UserErrorException">All that is wrong with it.</exception>
    public static RunMap Parse(string text, string location)
    {
        List<UserError> errors = [];
        Dictionary<string, IReadOnlyList<string>> paths = new(StringComparer.Ordinal);
        foreach (string pair in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string[] sides = pair.Split('=', 2, StringSplitOptions.TrimEntries);
            if (sides.Length != 2 || sides[1].Length == 0)
            {
                errors.Add(new UserError(
                    $"'{Quoted.Of(pair)}' is not a part of a field map.",
                    location,
                    "Write NAME=FIELD, such as id=question_id,correct=is_right."));
            }
            else if (!Names.Contains(sides[0]))
            {
                errors.Add(new UserError($"A field map has no '{Quoted.Of(sides[0])}'.", location, NearestName.Hint(sides[0], Names)));
            }
            else if (!paths.TryAdd(sides[0], sides[1].Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
            {
                errors.Add(new UserError(
                    $"'{sides[0]}' appears twice in the field map.",
                    location,
                    "Put a bar between two fields of which the first that a row has is taken."));
            }
        }

        errors.AddRange(Mapping.MapPaths.Validate(paths.Values.SelectMany(list => list).Select(path => (location, path))));
        IReadOnlyList<string> Of(string name) => paths.GetValueOrDefault(name, []);
        return errors.Count > 0
            ? throw new UserErrorException(errors)
            : new RunMap(
                new RecordedMap
                {
                    Id = Of("id"),
                    Text = Of("text"),
                    Reference = Of("reference"),
                    Tokens = Of("tokens"),
                    Finish = Of("finish"),
                    Prediction = Of("answer"),
                    Correct = Of("correct"),
                    Repeat = Of("repeat"),
                },
                Of("task"));
    }

    /// <summary>What rows need that have no format known by name: what was asked, and what the verdict is.</summary>
    /// <exception cref="UserErrorException">The map lacks one of them.</exception>
    internal void RequireForFields(string location)
    {
        if (Fields.Id.Count + Fields.Text.Count == 0)
        {
            throw new UserErrorException(
                "The field map does not say what was asked.",
                location,
                "Name the field of the question's id or of its text: id=FIELD or text=FIELD.");
        }

        if (Fields.Correct.Count == 0 && (Fields.Prediction.Count == 0 || Fields.Reference.Count == 0))
        {
            throw new UserErrorException(
                "The field map does not say what the verdict is.",
                location,
                "Name its field, correct=FIELD, or those of the answer and the reference, which are then held to be equal or not: "
                + "answer=FIELD,reference=FIELD.");
        }
    }
}
