namespace NaturalThoughts.Experiments.Costs;

/// <summary>What a stage that calls models asks of them for each question.</summary>
/// <param name="Calls">Calls.</param>
/// <param name="Input">Tokens of a call's prompt.</param>
/// <param name="Output">Tokens of its reply.</param>
/// <param name="InputPrice">Price of 10^6 tokens of prompts.</param>
/// <param name="OutputPrice">Price of 10^6 tokens of replies.</param>
public sealed record CallSettings(double Calls, double Input, double Output, double InputPrice, double OutputPrice);
