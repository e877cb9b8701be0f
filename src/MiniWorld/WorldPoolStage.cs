using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Generation;

namespace NaturalThoughts.MiniWorld;

/// <summary>Writes the pool: questions of all levels, with and without options, domains and levels skewed. No text appears twice.</summary>
public sealed class WorldPoolStage : IStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "world-pool";

    /// <summary>The file with the questions.</summary>
    public const string Output = QuestionFile.Name;

    /// <inheritdoc />
    public StageDescription Description { get; } = new(Name, [], [Output]);

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        WorldPoolOptions options = context.Options<WorldPoolOptions>();
        return QuestionFile.Write(context, QuestionSource.Pool.UpTo(options.Levels), options.Seed, options.Count);
    }
}
