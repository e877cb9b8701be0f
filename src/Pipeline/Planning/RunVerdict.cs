namespace NaturalThoughts.Pipeline.Planning;

/// <summary>What a run would do about a target.</summary>
public enum RunVerdict
{
    /// <summary>The store has it: it does not run.</summary>
    Hit,

    /// <summary>The store lacks it: it will run.</summary>
    WillRun,

    /// <summary>It runs if something that it reads comes out differently.</summary>
    MayRun,
}
