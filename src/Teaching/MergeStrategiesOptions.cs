using NaturalThoughts.Contracts;
using NaturalThoughts.Teaching.Reading;

namespace NaturalThoughts.Teaching;

/// <summary>The parameters of <see cref="MergeStrategiesStage"/>.</summary>
public sealed record MergeStrategiesOptions
{
    /// <summary>Names of strategies, each with the names that mean the same. Spelling does not matter: <see cref="StrategyName"/>.</summary>
    public required SortedDictionary<string, IReadOnlyList<string>> Vocabulary { get; init; }

    /// <summary>Whether a name that the vocabulary lacks stays in the annotation. Default true.</summary>
    public bool KeepUnmatched { get; init; } = true;

    /// <summary>All that is wrong with these options.</summary>
    public IReadOnlyList<UserError> Validate()
    {
        List<UserError> errors = [];
        Dictionary<string, string> seen = new(StringComparer.Ordinal);
        foreach ((string name, IReadOnlyList<string> others) in Vocabulary)
        {
            foreach (string spelled in others.Prepend(name).Select(StrategyName.Normal).Distinct(StringComparer.Ordinal))
            {
                if (spelled.Length == 0)
                {
                    errors.Add(new UserError($"A name under '{name}' has neither letters nor digits.", "vocabulary", "Remove it."));
                }
                else if (!seen.TryAdd(spelled, name))
                {
                    errors.Add(new UserError(
                        $"'{spelled}' is under both '{seen[spelled]}' and '{name}'.", "vocabulary", "A name has one meaning: remove one of them."));
                }
            }
        }

        return errors;
    }

    /// <summary>Each known name to the one that it means.</summary>
    internal Dictionary<string, string> Meanings() => Vocabulary
        .SelectMany(pair => pair.Value.Prepend(pair.Key).Select(name => (Name: StrategyName.Normal(name), Meaning: StrategyName.Normal(pair.Key))))
        .DistinctBy(pair => pair.Name, StringComparer.Ordinal)
        .ToDictionary(pair => pair.Name, pair => pair.Meaning, StringComparer.Ordinal);
}
