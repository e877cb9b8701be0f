namespace NaturalThoughts.Pipeline.Planning;

/// <summary>What an estimate rests on, the best first.</summary>
public enum EstimateBasis
{
    /// <summary>The last run at the same address.</summary>
    SameAddress,

    /// <summary>Runs of the same stage with the same parameters.</summary>
    SameParameters,

    /// <summary>Other runs of the same stage.</summary>
    SameStage,

    /// <summary>Nothing: the stage was never run here.</summary>
    None,
}
