namespace NaturalThoughts.Pipeline.Planning;

/// <summary>What a run would do about a target.</summary>
public enum RunVerdict
{
    /// <summary>It is in the store.</summary>
    Hit,

    /// <summary>It will run.</summary>
    WillRun,

    /// <summary>It runs if something that it reads comes out differently.</summary>
    MayRun,
}
