namespace NaturalThoughts.Answers.Bench;

/// <summary>A row of a file of pairs.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Category">What it tests.</param>
/// <param name="Gold">The reference.</param>
/// <param name="Answer">The answer.</param>
/// <param name="Expected">Whether they are the same.</param>
/// <param name="Scored">False where either verdict is right.</param>
internal sealed record Pair(string Id, string Category, string Gold, string Answer, bool Expected, bool Scored = true);
