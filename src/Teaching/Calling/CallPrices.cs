namespace NaturalThoughts.Teaching.Calling;

/// <summary>What tokens cost, in any one currency.</summary>
public sealed record CallPrices
{
    /// <summary>A million tokens of prompts. Default 0.</summary>
    public decimal InputPerMillion { get; init; }

    /// <summary>A million tokens of replies, thinking included. Default 0.</summary>
    public decimal OutputPerMillion { get; init; }

    /// <summary>The cost of so many tokens.</summary>
    public decimal Of(long input, long output) => ((input * InputPerMillion) + (output * OutputPerMillion)) / 1_000_000m;
}
