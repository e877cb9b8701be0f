namespace NaturalThoughts.Serving;

/// <summary>The natural logarithm of a token's probability, as the model gives it at temperature 1.</summary>
/// <param name="Token">The token's text.</param>
/// <param name="Bytes">Its bytes.</param>
/// <param name="Logprob">At most 0.</param>
/// <param name="Top">The most likely tokens at this place, as many as were asked for.</param>
public sealed record TokenLogprob(string Token, byte[] Bytes, double Logprob, IReadOnlyList<TokenLogprob> Top);
