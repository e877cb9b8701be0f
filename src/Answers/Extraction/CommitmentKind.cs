namespace NaturalThoughts.Answers.Extraction;

/// <summary>How an output says what its answer is.</summary>
internal enum CommitmentKind
{
    /// <summary><c>Answer: X</c>: counts even where X is no answer.</summary>
    Label,

    /// <summary><c>the answer is X</c>: <c>the answer is obvious</c> commits to nothing.</summary>
    Statement,

    /// <summary><c>the answer would be X</c>: counts only where nothing else does.</summary>
    Supposed,

    /// <summary>The answer is in a box, <c>\boxed{X}</c>.</summary>
    Box,

    /// <summary><c>so I choose X</c>: a letter only.</summary>
    Choice,

    /// <summary><c>Answer: W? No: X</c>: counts only where X is an answer and nothing else.</summary>
    Retracted,
}
