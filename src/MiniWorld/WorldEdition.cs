namespace NaturalThoughts.MiniWorld;

/// <summary>
/// Which world this is. The edition enters the seed of every question and trace, so that no text of another edition comes back under an id:
/// an id names a question within its edition. Edition 2 (2026-11-29): options that tell nothing, strategies with a function, Transfer as new
/// combinations of known steps, no near duplicates between pool and benchmarks. Edition 3 (2026-11-29): a teacher that is wrong more often and
/// worked solutions of Transfer's families in the corpus. Within it, a day later, Transfer stopped to ask for what its text tells: 3 in 100 of
/// its ids name another question.
/// </summary>
public static class WorldEdition
{
    /// <summary>The edition; raised when the same id is to name another question or trace.</summary>
    public const string Number = "3";
}
