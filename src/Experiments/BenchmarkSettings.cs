using NaturalThoughts.Evaluation;
using NaturalThoughts.Experiments.Data;

namespace NaturalThoughts.Experiments;

/// <summary>A held-out benchmark.</summary>
/// <param name="Name">Its name, a column of the tables.</param>
/// <param name="Count">Number of questions; null where only a run tells.</param>
/// <param name="Options">Options of a question; 0 for free answers.</param>
/// <param name="Source">Where its questions come from.</param>
public sealed record BenchmarkSettings(string Name, int? Count, int Options, RecordSource Source)
{
    /// <summary>The grading protocols that the profile names, the table's first; empty for the usual one, which a table does not name.</summary>
    public IReadOnlyList<string> Protocols { get; init; } = [];

    /// <summary>How it is asked in mode <c>think</c>; null for the profile's prompt.</summary>
    public BenchmarkPrompt? Prompt { get; init; }

    /// <summary>True when each replicate sees the options in an order of its own.</summary>
    public bool Shuffled { get; init; }

    /// <summary>Answers of a student to each question; each has a seed of its own, and where options are shuffled an order of its own.</summary>
    public int Seeds { get; init; } = 1;

    /// <summary>Other phrasings of the prompt, for tables that ask how much these matter.</summary>
    public IReadOnlyList<BenchmarkPrompt> Phrasings { get; init; } = [];

    /// <summary>Names of the questions' meta over whose values averages are taken as well.</summary>
    public IReadOnlyList<string> MacroAverages { get; init; } = [];

    /// <summary>The protocol of the tables.</summary>
    public string Protocol => Protocols.Count > 0 ? Protocols[0] : GradingProtocol.StrictAnswerLine;
}
