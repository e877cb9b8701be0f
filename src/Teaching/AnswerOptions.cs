using NaturalThoughts.Contracts;
using NaturalThoughts.Teaching.Calling;
using NaturalThoughts.Teaching.Running;

namespace NaturalThoughts.Teaching;

/// <summary>The parameters of <see cref="AnswerStage"/>.</summary>
public sealed record AnswerOptions
{
    /// <summary>The model that answers.</summary>
    public required EndpointOptions Endpoint { get; init; }

    /// <summary>The system's message; null for none.</summary>
    public string? System { get; init; }

    /// <summary>Which of several replies to the same prompt: 0 for the first.</summary>
    public int Sample { get; init; }

    /// <summary>The part of the prompts that is answered.</summary>
    public ShardOptions Shard { get; init; } = new();

    /// <summary>All that is wrong with these options.</summary>
    public IReadOnlyList<UserError> Validate() => [.. Endpoint.Validate(), .. Shard.Validate()];
}
