using System.Text.Json.Nodes;
using NaturalThoughts.Sources.Mapping;
using NaturalThoughts.Sources.Questions;

namespace NaturalThoughts.Experiments.Benchmarks;

/// <summary>A benchmark as data: experiments/benchmarks/NAME.yaml. See docs/benchmarks.md.</summary>
public sealed record BenchmarkFile
{
    /// <summary>The name, equal to that of the file.</summary>
    public required string Name { get; init; }

    /// <summary>Goes up with every change that may move a number; <see cref="Changes"/> says what it was.</summary>
    public required int Version { get; init; }

    /// <summary>What it asks, and where it comes from.</summary>
    public required string Description { get; init; }

    /// <summary>The files of its questions.</summary>
    public required SourceFiles Source { get; init; }

    /// <summary>Which fields make a question.</summary>
    public required QuestionMap Map { get; init; }

    /// <summary>True where no text of a question may be published.</summary>
    public bool Confidential { get; init; }

    /// <summary>True where options come in an order of their own for every repeat: the stage <c>shuffle-options</c> makes it.</summary>
    public bool Shuffled { get; init; }

    /// <summary>One of <see cref="AnswerKinds"/>.</summary>
    public required string Answer { get; init; }

    /// <summary>The most options of a question; 0 for free answers.</summary>
    public required int Options { get; init; }

    /// <summary>The text of the prompt's file, without the last line end.</summary>
    public required string Prompt { get; init; }

    /// <summary>The texts of other prompts that ask the same.</summary>
    public IReadOnlyList<string> Phrasings { get; init; } = [];

    /// <summary>Worked examples before the question; null for none.</summary>
    public FewShotSettings? FewShot { get; init; }

    /// <summary>The protocols that grade its answers, the first one first; each as <c>name/version</c>.</summary>
    public required IReadOnlyList<string> Protocols { get; init; }

    /// <summary>Answers to each question that the paper averages over.</summary>
    public required int Seeds { get; init; }

    /// <summary>Names of meta over whose values the average is taken as well, each value weighing the same.</summary>
    public IReadOnlyList<string> MacroAverages { get; init; } = [];

    /// <summary>Version to what changed.</summary>
    public required IReadOnlyDictionary<int, string> Changes { get; init; }

    /// <summary>What a benchmark's answers are.</summary>
    public static IReadOnlyList<string> AnswerKinds { get; } = ["letter", "mathematics", "number", "text"];

    /// <summary>The parameters of <c>import-questions</c> without the digests of the files, which belong to <c>source.files</c>.</summary>
    public JsonObject ImportParameters()
    {
        JsonObject parameters = Source.Parameters(Map);
        if (Confidential)
        {
            parameters[StageParameters.Name(nameof(ImportQuestionsOptions.Confidential))] = true;
        }

        if (Shuffled)
        {
            parameters[StageParameters.Name(nameof(ImportQuestionsOptions.Shuffled))] = true;
        }

        return parameters;
    }
}
