using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Teaching.Calling;
using NaturalThoughts.Teaching.Running;

namespace NaturalThoughts.Teaching;

/// <summary>The parameters of <see cref="TeachStage"/>.</summary>
public sealed record TeachOptions
{
    /// <summary>The model that writes the traces.</summary>
    public required EndpointOptions Endpoint { get; init; }

    /// <summary>The user's message: a <see cref="PromptTemplate"/>.</summary>
    public required string Prompt { get; init; }

    /// <summary>The system's message; null for none, as DeepSeek recommends for R1.</summary>
    public string? System { get; init; }

    /// <summary>Which of several replies to the same messages: 0 for the first.</summary>
    public int Sample { get; init; }

    /// <summary>The part of the questions that is taught.</summary>
    public ShardOptions Shard { get; init; } = new();

    /// <summary>All that is wrong with these options.</summary>
    public IReadOnlyList<UserError> Validate() => [.. Endpoint.Validate(), .. Shard.Validate(), .. PromptCheck.Of(Prompt, PromptTemplate.QuestionMark)];
}
