using NaturalThoughts.Contracts;
using NaturalThoughts.Teaching.Calling;
using NaturalThoughts.Teaching.Running;

namespace NaturalThoughts.Teaching;

/// <summary>The parameters of <see cref="JudgeModelStage"/>.</summary>
public sealed record JudgeModelOptions
{
    /// <summary>The model that judges.</summary>
    public required EndpointOptions Endpoint { get; init; }

    /// <summary>
    /// The user's message, with <c>{question}</c>, <c>{first}</c> and <c>{second}</c> (the two answers) where they belong. It asks for <c>{"same": true}</c> or
    /// <c>{"same": false}</c>.
    /// </summary>
    public required string Prompt { get; init; }

    /// <summary>The system's message; null for none.</summary>
    public string? System { get; init; }

    /// <summary>Whether the reply's JSON schema is sent along (<c>response_format</c>). Default true.</summary>
    public bool Structured { get; init; } = true;

    /// <summary>How often a reply that cannot be read is sent back. Default 2.</summary>
    public int Repairs { get; init; } = 2;

    /// <summary>
    /// Whether two models count as agreed where the judge's verdict depends on the order of the answers, or cannot be had. Default true: only
    /// what is judged apart both times is a disagreement.
    /// </summary>
    public bool AgreeWhenUndecided { get; init; } = true;

    /// <summary>The part of the questions that is judged.</summary>
    public ShardOptions Shard { get; init; } = new();

    /// <summary>All that is wrong with these options.</summary>
    public IReadOnlyList<UserError> Validate() =>
    [
        .. Endpoint.Validate(), .. Shard.Validate(), .. PromptCheck.Of(Prompt, "{first}", "{second}"),
        .. Repairs is >= 0 and <= 10 ? Array.Empty<UserError>() : [new UserError($"{Repairs} repairs are out of range.", "repairs", "Give 0 to 10.")],
    ];
}
