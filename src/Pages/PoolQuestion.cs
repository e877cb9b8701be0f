namespace NaturalThoughts.Pages;

/// <summary>A question of the pool.</summary>
/// <param name="Domain">The annotated domain.</param>
/// <param name="Strategies">The annotated strategies.</param>
/// <param name="Verbosity">The annotated verbosity, 0 to 10.</param>
/// <param name="Tokens">Length of its trace in the teacher's tokens.</param>
public sealed record PoolQuestion(string Domain, IReadOnlyList<string> Strategies, int Verbosity, int Tokens);
