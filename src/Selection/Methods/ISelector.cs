namespace NaturalThoughts.Selection.Methods;

/// <summary>One selection method.</summary>
internal interface ISelector
{
    /// <summary>Roles beside questions, traces and annotations that the method reads.</summary>
    IReadOnlyList<string> Needs { get; }

    /// <summary>Exactly <paramref name="size"/> of the candidates, in the order in which they were drawn.</summary>
    /// <exception cref="Contracts.UserErrorException">There are too few.</exception>
    IReadOnlyList<string> Select(IReadOnlyList<Candidate> candidates, int size, Draws draws);
}
