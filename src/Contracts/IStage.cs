namespace NaturalThoughts.Contracts;

/// <summary>
/// One arrow on the way of a datum. A stage reads files by role, writes files by name and depends on nothing else: what it
/// writes is a pure function of its parameters and the bytes of its inputs.
/// </summary>
public interface IStage
{
    /// <summary>What the stage is called, reads and writes.</summary>
    StageDescription Description { get; }

    /// <summary>Runs the stage. An exception means failure: nothing is recorded.</summary>
    /// <exception cref="UserErrorException">The parameters or inputs cannot give the outputs; the message says why.</exception>
    StageResult Run(StageContext context);
}
