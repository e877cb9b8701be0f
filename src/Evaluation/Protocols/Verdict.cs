namespace NaturalThoughts.Evaluation.Protocols;

/// <summary>What a protocol says about a response.</summary>
public enum Verdict
{
    /// <summary>The answer is the reference.</summary>
    Right,

    /// <summary>The answer is another one.</summary>
    Wrong,

    /// <summary>There is no answer; counted as wrong.</summary>
    Unparsed,

    /// <summary>There is no answer, and the program draws one at random; its chance is credited.</summary>
    Guessed,

    /// <summary>There is an answer, and no rule says whether it is the reference; not credited.</summary>
    Undecided,
}
