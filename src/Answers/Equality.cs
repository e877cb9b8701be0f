namespace NaturalThoughts.Answers;

/// <summary>Whether two answers are the same.</summary>
public enum Equality
{
    /// <summary>They are not: shown by values that are apart, by their kinds, or by their words.</summary>
    Different,

    /// <summary>They are: proven, or agreed at many points within tight bounds.</summary>
    Equal,

    /// <summary>It cannot be told within the bounds on work, or by these rules. It never counts as right.</summary>
    Undecided,
}
