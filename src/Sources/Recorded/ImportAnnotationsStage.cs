using System.Globalization;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Sources.Mapping;
using NaturalThoughts.Sources.Reading;

namespace NaturalThoughts.Sources.Recorded;

/// <summary>Takes annotations that somebody's annotator wrote, in place of asking one.</summary>
public sealed class ImportAnnotationsStage : IStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "import-annotations";

    /// <summary>The file of the annotations.</summary>
    public const string Output = "annotations.jsonl";

    private const int MostVerbose = 10;

    /// <inheritdoc />
    public StageDescription Description { get; } = new(Name, [SourceOptions.Role, "questions"], [Output, Refusals.FileName, SignalImport.Report]);

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        SignalOptions options = context.Options<SignalOptions>();
        (string Name, string? Path)[] needed = [("domain", options.Map.Domain), ("strategies", options.Map.Strategies), ("verbosity", options.Map.Verbosity)];
        if (options.Validate(needed) is { Count: > 0 } errors)
        {
            throw new UserErrorException(errors);
        }

        RowPath[] paths = [.. needed.Select(path => RowPath.Parse(path.Path!))];
        return SignalImport.Run(context, options, Output, needed.Select(path => path.Path!), (id, row, values) => new Annotation(
            id,
            Domain(row, paths[0], values, options.Domains),
            Strategies(row, paths[1], values, options.Map.Separator),
            Verbosity(row, paths[2], values)));
    }

    private static string Domain(SourceRow row, RowPath path, RowValues values, IReadOnlyList<string>? known)
    {
        string domain = values.Required(row, path);
        return known?.Contains(domain) != false
            ? domain
            : throw new RefusedRowException(
                "unknownValue", $"The domain {values.Quote(domain)} is not among the {known.Count} that are declared.", NearestName.Hint(domain, known));
    }

    private static string[] Strategies(SourceRow row, RowPath path, RowValues values, string separator)
    {
        IEnumerable<string> items = values.Node(row, path) switch
        {
            JsonArray list => list.Where(item => item is not null).Select(item => values.Scalar(item!, path.Text)),
            null => [],
            JsonNode text => values.Scalar(text, path.Text).Split(separator),
        };
        return [.. items.Select(item => item.Trim()).Where(item => item.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private static int Verbosity(SourceRow row, RowPath path, RowValues values)
    {
        string text = values.Required(row, path);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number == Math.Floor(number)
            && number is >= 0 and <= MostVerbose
            ? (int)number
            : throw new RefusedRowException(
                "wrongType", $"The verbosity must be an integer from 0 to {MostVerbose}, not {values.Quote(text)}.", "Fix the row, or check the field map.");
    }
}
