namespace NaturalThoughts.Records;

/// <summary>A training example by its length alone.</summary>
/// <param name="Id">The question it came from.</param>
/// <param name="Tokens">Its tokens: prompt, response, end of turn.</param>
public readonly record struct SizedRow(string Id, int Tokens);
