namespace NaturalThoughts.Reporting.Findings;

/// <summary>The outcome of a finding.</summary>
public enum FindingVerdict
{
    /// <summary>The corrected test rejects in its direction, and the estimate is large enough to matter.</summary>
    Supported,

    /// <summary>The corrected interval excludes an effect that would matter.</summary>
    Contradicted,

    /// <summary>Neither supported nor contradicted.</summary>
    Undecided,

    /// <summary>A positive control was not found: what the experiment does not see says nothing.</summary>
    Withheld,
}
