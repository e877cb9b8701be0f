using System.Text.Json.Serialization;
using NaturalThoughts.Records;

namespace NaturalThoughts.MiniWorld;

/// <summary>The parameters of <see cref="WorldTeachStage"/>.</summary>
public sealed record WorldTeachOptions
{
    /// <summary>The teacher's seed; a text or an integer.</summary>
    [JsonConverter(typeof(SeedConverter))]
    public required string Seed { get; init; }

    /// <summary>
    /// <c>functional</c> (default): checks catch slips and correct them, backtracking finds what a straight chain guesses, case analysis takes the
    /// right case, words without need make slips likelier. <c>decorative</c>: whether a trace is right has nothing to do with its strategies and words.
    /// </summary>
    public string Strategies { get; init; } = WorldTeachStage.Functional;
}
