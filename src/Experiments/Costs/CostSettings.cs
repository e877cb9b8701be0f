using System.Text.Json.Nodes;

namespace NaturalThoughts.Experiments.Costs;

/// <summary>What <c>--dryrun</c> predicts with: assumptions of the profile. Part of no key.</summary>
public sealed record CostSettings
{
    /// <summary>The machine that the prediction is for.</summary>
    public required DeviceSettings Device { get; init; }

    /// <summary>Lengths of prompts, answers and examples in tokens.</summary>
    public required TokenSettings Tokens { get; init; }

    /// <summary>Fields of the student's config.json, for a checkpoint that is not available; those of the profile's <c>student</c> are added.</summary>
    public required JsonObject Shape { get; init; }

    /// <summary>Questions of the pool, where no file and no profile tells their number; null for none.</summary>
    public long? Questions { get; init; }

    /// <summary>Stage to its calls for each question.</summary>
    public IReadOnlyDictionary<string, CallSettings> Calls { get; init; } = new Dictionary<string, CallSettings>(StringComparer.Ordinal);
}
