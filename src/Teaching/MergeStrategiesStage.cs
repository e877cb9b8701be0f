using System.Globalization;
using System.Text;
using System.Text.Json;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Teaching.Reading;

namespace NaturalThoughts.Teaching;

/// <summary>
/// Gives strategies that an annotator named in its own words the names of a vocabulary. <c>vocabulary.yaml</c> is that vocabulary with how often
/// each name came, and every name that it lacks, with the nearest known one: to be read, edited and used as the next vocabulary.
/// </summary>
public sealed class MergeStrategiesStage : IStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "merge-strategies";

    /// <summary>The role of the annotations.</summary>
    public const string AnnotationsRole = "annotations";

    /// <summary>The file with the annotations.</summary>
    public const string Output = "annotations.jsonl";

    /// <summary>The file with the vocabulary, its counts and what it lacks.</summary>
    public const string Report = "vocabulary.yaml";

    /// <inheritdoc />
    public StageDescription Description { get; } = new(Name, [AnnotationsRole], [Output, Report]);

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        MergeStrategiesOptions options = context.Options<MergeStrategiesOptions>();
        if (options.Validate() is { Count: > 0 } errors)
        {
            throw new UserErrorException(errors);
        }

        Dictionary<string, string> meanings = options.Meanings();
        SortedDictionary<string, int> came = new(StringComparer.Ordinal);
        int rows = 0;
        JsonLines.Write(context.Output(Output), JsonLines.Stream<Annotation>(context.Input(AnnotationsRole)).Select(annotation =>
        {
            rows++;
            IReadOnlyList<string> names = StrategyName.Normal(annotation.Strategies);
            foreach (string name in names)
            {
                came[name] = came.GetValueOrDefault(name) + 1;
            }

            return annotation with
            {
                Strategies = StrategyName.Normal(
                    names.Select(name => meanings.TryGetValue(name, out string? meaning) ? meaning : options.KeepUnmatched ? name : "")),
            };
        }));
        string[] unmatched = [.. came.Keys.Where(name => !meanings.ContainsKey(name))];
        File.WriteAllText(context.Output(Report), Yaml(options, meanings, came, unmatched));
        return new StageResult
        {
            Counts = new(StringComparer.Ordinal)
            {
                ["rows"] = rows,
                ["names"] = came.Count,
                ["unmatchedNames"] = unmatched.Length,
                ["unmatchedUses"] = unmatched.Sum(name => came[name]),
            },
            Warnings = unmatched.Length == 0 ? [] : [$"{unmatched.Length} of {came.Count} names of strategies are not in the vocabulary; {Report} lists them."],
        };
    }

    // JSON's texts are YAML's as well.
    private static string Yaml(MergeStrategiesOptions options, Dictionary<string, string> meanings, SortedDictionary<string, int> came, string[] unmatched)
    {
        StringBuilder text = new(
            "# Strategies by name, each with the names that mean the same; the number says in how many annotations a name came.\nvocabulary:\n");
        foreach (string canonical in options.Vocabulary.Keys.Select(StrategyName.Normal))
        {
            text.Append(CultureInfo.InvariantCulture, $"  {JsonSerializer.Serialize(canonical)}: # {came.GetValueOrDefault(canonical)}\n");
            foreach (string name in meanings.Where(pair => pair.Value == canonical && pair.Key != canonical).Select(pair => pair.Key)
                .Order(StringComparer.Ordinal))
            {
                text.Append(CultureInfo.InvariantCulture, $"    - {JsonSerializer.Serialize(name)} # {came.GetValueOrDefault(name)}\n");
            }

            if (!meanings.Any(pair => pair.Value == canonical && pair.Key != canonical))
            {
                text.Append("    []\n");
            }
        }

        text.Append("\n# Names that the vocabulary lacks, the most frequent first: move each to a line above, or give it one of its own.\nunmatched:");
        text.Append(unmatched.Length == 0 ? " {}\n" : "\n");
        foreach (string name in unmatched.OrderByDescending(name => came[name]).ThenBy(name => name, StringComparer.Ordinal))
        {
            string? near = NearestName.Find(name, meanings.Keys);
            text.Append(
                CultureInfo.InvariantCulture,
                $"  {JsonSerializer.Serialize(name)}: {came[name]}{(near is null ? "" : $" # near '{near}', which is {meanings[near]}")}\n");
        }

        return text.ToString();
    }
}
