namespace NaturalThoughts.Pipeline.Planning;

/// <summary>What a target will likely take.</summary>
/// <param name="Seconds">Time on one slot.</param>
/// <param name="TrainedTokens">Tokens to train on.</param>
/// <param name="GeneratedTokens">Tokens to generate.</param>
/// <param name="Basis">What the estimate rests on.</param>
public readonly record struct RunEstimate(double Seconds, long TrainedTokens, long GeneratedTokens, EstimateBasis Basis);
