using System.Text.Json.Serialization;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Selection;

/// <summary>The parameters of <see cref="SelectStage"/>. The settings of the chosen method must be given, those of the others must not.</summary>
public sealed record SelectOptions
{
    /// <summary>One of <see cref="SelectionMethod.Names"/>.</summary>
    public required string Method { get; init; }

    /// <summary>Number of questions to select; 1 or more. Exactly this many are selected.</summary>
    public required int Size { get; init; }

    /// <summary>Seed of every draw; a text or an integer.</summary>
    [JsonConverter(typeof(SeedConverter))]
    public required string Seed { get; init; }

    /// <summary>Settings of <see cref="SelectionMethod.SemanticEmbeddings"/>.</summary>
    public SemanticEmbeddingsOptions? SemanticEmbeddings { get; init; }

    /// <summary>Settings of <see cref="SelectionMethod.ReasoningStrategies"/>.</summary>
    public ReasoningStrategiesOptions? ReasoningStrategies { get; init; }

    /// <summary>Settings of <see cref="SelectionMethod.LongReasoning"/>.</summary>
    public LongReasoningOptions? LongReasoning { get; init; }

    /// <summary>Settings of <see cref="SelectionMethod.Verbosity"/>.</summary>
    public VerbosityOptions? Verbosity { get; init; }

    /// <summary>Settings of <see cref="SelectionMethod.ShortReference"/>.</summary>
    public ShortReferenceOptions? ShortReference { get; init; }

    /// <summary>Only questions whose trace has the reference answer are candidates; default false.</summary>
    public bool CorrectOnly { get; init; }

    /// <summary>The annotated domain whose questions are no candidates; null for none.</summary>
    public string? ExceptDomain { get; init; }

    /// <summary>The levels, as the source gives them, whose questions alone are candidates: an experiment on the pool, no method. Empty for all.</summary>
    public IReadOnlyList<string> Levels { get; init; } = [];

    /// <summary>The probability that a question carries the annotation of another one that is drawn at random, in [0, 1]; default 0.</summary>
    public double AnnotationNoise { get; init; }

    /// <summary>The share of the selection that is kept, the first ones drawn, in (0, 1]; default 1.</summary>
    public double Share { get; init; } = 1;

    /// <summary>The selection whose training this one's costs as much as; its size is then where the search begins. Null for none.</summary>
    public MatchOptions? Match { get; init; }

    /// <summary>
    /// A control: what a method selects by (annotation, trace length, cluster and judgement together) is permuted first, by a
    /// permutation drawn from <see cref="Seed"/>, across all questions or across those with traces of one length. One of
    /// <see cref="SignalPermutation.Known"/>; null for none.
    /// </summary>
    public string? PermuteAnnotations { get; init; }

    /// <summary>All that is wrong with these options; the location of each is the name of the parameter, such as <c>longReasoning.tau</c>.</summary>
    public IReadOnlyList<UserError> Validate()
    {
        List<UserError> errors = [];
        bool known = SelectionMethod.Names.Contains(Method, StringComparer.Ordinal);
        if (!known)
        {
            errors.Add(new UserError($"There is no selection method '{Method}'.", "method", NearestName.Hint(Method, SelectionMethod.Names)));
        }

        Require(errors, Size >= 1, "size", $"The size {Size} is below 1.", "Give the number of questions to select.");
        foreach ((string method, object? settings) in Settings())
        {
            string name = char.ToLowerInvariant(method[0]) + method[1..];
            bool chosen = method == Method;
            Require(errors, !chosen || settings is not null, name, $"The method {method} has settings, and they are missing.", $"Add '{name}'.");
            Require(errors, !known || chosen || settings is null, name, $"These are settings of {method}, but the method is {Method}.", $"Remove '{name}'.");
        }

        ValidateSettings(errors);
        Require(
            errors, AnnotationNoise is >= 0 and <= 1, "annotationNoise", "The share of wrong annotations is outside 0 to 1.",
            "0 leaves all of them as they are.");
        Require(
            errors, PermuteAnnotations is null || SignalPermutation.Known.Contains(PermuteAnnotations, StringComparer.Ordinal), "permuteAnnotations",
            $"Signals cannot be permuted across '{PermuteAnnotations}'.", NearestName.Hint(PermuteAnnotations ?? "", SignalPermutation.Known));
        Require(errors, Share is > 0 and <= 1, "share", "The share of the selection is outside 0 to 1.", "1 keeps all of it.");
        Require(errors, Share == 1 || Match is null, "share", "A selection that is matched has no share.", "Remove one of the two.");
        errors.AddRange(Match?.Validate() ?? []);
        return errors;
    }

    private IEnumerable<(string Method, object? Settings)> Settings() =>
    [
        (SelectionMethod.SemanticEmbeddings, SemanticEmbeddings),
        (SelectionMethod.ReasoningStrategies, ReasoningStrategies),
        (SelectionMethod.LongReasoning, LongReasoning),
        (SelectionMethod.Verbosity, Verbosity),
        (SelectionMethod.ShortReference, ShortReference),
    ];

    private void ValidateSettings(List<UserError> errors)
    {
        if (SemanticEmbeddings is { } semantic)
        {
            string[] policies = [NoisePolicy.Exclude, NoisePolicy.Cluster];
            Require(
                errors, policies.Contains(semantic.Noise), "semanticEmbeddings.noise", $"There is no noise policy '{semantic.Noise}'.",
                NearestName.Hint(semantic.Noise, policies));
        }

        if (ReasoningStrategies is { } strategies)
        {
            Require(errors, strategies.MinStrategies >= 0, "reasoningStrategies.minStrategies", $"{strategies.MinStrategies} is below 0.", "Give a count.");
            Require(
                errors, strategies.MaxStrategies >= strategies.MinStrategies, "reasoningStrategies.maxStrategies",
                $"{strategies.MaxStrategies} is below minStrategies, {strategies.MinStrategies}.", "Swap the two or widen the range.");
            Require(
                errors, strategies.MinPerThousandTokens >= 0, "reasoningStrategies.minPerThousandTokens", "The density is below 0.",
                "0 turns down-sampling off.");
            Require(
                errors, strategies.LowDensityKeep is >= 0 and <= 1, "reasoningStrategies.lowDensityKeep", "The probability is outside 0 to 1.",
                "0 drops every trace of low density, 1 keeps them all.");
        }

        if (LongReasoning is { } reasoning)
        {
            Require(errors, reasoning.C >= 1, "longReasoning.c", $"The length {reasoning.C} is below 1.", "Give a number of tokens.");
            Require(errors, reasoning.Tau is 1 or 1.5 or 2 or 2.5 or 3, "longReasoning.tau", "This exponent is not supported.", "Use 1, 1.5, 2, 2.5 or 3.");
        }

        Require(
            errors, ShortReference is null or { MaxCharacters: >= 1 }, "shortReference.maxCharacters", "The longest reference answer is below 1 character.",
            "Give a number of characters.");
        if (Verbosity is { } verbosity)
        {
            Require(
                errors, verbosity.Min is >= 0 and <= 10, "verbosity.min", $"The score {verbosity.Min} is outside 0 to 10.",
                "Scores are 0 (terse) to 10 (very wordy).");
            Require(
                errors, verbosity.Max is >= 0 and <= 10, "verbosity.max", $"The score {verbosity.Max} is outside 0 to 10.",
                "Scores are 0 (terse) to 10 (very wordy).");
            Require(errors, verbosity.Max >= verbosity.Min, "verbosity.max", $"{verbosity.Max} is below min, {verbosity.Min}.", "Swap the two.");
        }
    }

    private static void Require(List<UserError> errors, bool holds, string location, string message, string hint)
    {
        if (!holds)
        {
            errors.Add(new UserError(message, location, hint));
        }
    }
}
