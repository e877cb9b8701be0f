using NaturalThoughts.Contracts;

namespace NaturalThoughts.Student.Stages;

/// <summary>Runs <see cref="NumericsProbe"/> where stages on tensors run: in a worker, under the environment that its parent set.</summary>
public sealed class ProbeStage : IStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "probe";

    /// <summary>The file with the digest.</summary>
    public const string Output = "probe.txt";

    /// <inheritdoc />
    public StageDescription Description { get; } = new(Name, [], [Output]) { UsesTensors = true };

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        TorchSetup.Prepare(context);
        File.WriteAllText(context.Output(Output), NumericsProbe.Run().Hex);
        return new StageResult();
    }
}
