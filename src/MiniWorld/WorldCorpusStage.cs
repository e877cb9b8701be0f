using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Generation;
using NaturalThoughts.MiniWorld.Teaching;
using NaturalThoughts.Records;

namespace NaturalThoughts.MiniWorld;

/// <summary>
/// Writes the pre-training corpus: drills of single facts, worked solutions as a textbook prints them, and easy questions answered at
/// once. It never holds a benchmark's text.
/// </summary>
public sealed class WorldCorpusStage : IStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "world-corpus";

    /// <summary>The file with the examples.</summary>
    public const string Output = "corpus.jsonl";

    /// <inheritdoc />
    public StageDescription Description { get; } = new(Name, [], [Output]);

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        WorldCorpusOptions options = context.Options<WorldCorpusOptions>();
        if (options.Count < 1)
        {
            throw new UserErrorException($"A corpus of {options.Count} examples is not possible.", "count", "Ask for at least 1.");
        }

        QuestionSource worked = QuestionSource.Worked.UpTo(options.Levels);
        long tokens = 0;
        List<TrainingExample> examples = [];
        for (int index = 0; index < options.Count; index++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            TrainingExample example = CorpusWriter.Create(options.Seed, index, worked, options.Think, options.Direct);
            tokens += WordSplitter.Count(example.Prompt) + WordSplitter.Count(example.Response);
            examples.Add(example);
        }

        JsonLines.Write(context.Output(Output), examples);
        return new StageResult { Counts = new(StringComparer.Ordinal) { ["rows"] = examples.Count, ["tokens"] = tokens } };
    }
}
