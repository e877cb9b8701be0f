namespace NaturalThoughts.Reporting.Diagnosing;

/// <summary>The result of one test of a diagnosis.</summary>
public enum DiagnosisState
{
    /// <summary>The data show that there is nothing of the kind.</summary>
    Fine,

    /// <summary>The number is beyond its threshold: look at it first.</summary>
    Trips,

    /// <summary>The data are too few to tell.</summary>
    Unclear,

    /// <summary>What the test needs is not there.</summary>
    NotTested,
}
