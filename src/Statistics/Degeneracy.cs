namespace NaturalThoughts.Statistics;

/// <summary>Why a comparison has no p-value.</summary>
public enum Degeneracy
{
    /// <summary>It has a p-value.</summary>
    None,

    /// <summary>Every question was answered alike by both: there is nothing to test.</summary>
    Identical,

    /// <summary>All differences are the same number: there is no variance to test against.</summary>
    NoVariation,

    /// <summary>One replicate: what another training run would have given is unknown.</summary>
    SingleReplicate,

    /// <summary>There is one question only: no variance over questions.</summary>
    SingleQuestion,
}
