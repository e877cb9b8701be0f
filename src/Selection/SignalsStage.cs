using System.Runtime.InteropServices;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Selection;

/// <summary>
/// Joins questions, traces and annotations into signals.jsonl: what methods may select by, without a word of question or trace, in ordinal
/// order of the ids. A pool is read once for all selections from it. A question without a trace or without an annotation is no candidate
/// and has no row.
/// </summary>
public sealed class SignalsStage : IStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "signals";

    /// <summary>The file with the signals.</summary>
    public const string Output = "signals.jsonl";

    /// <inheritdoc />
    public StageDescription Description { get; } = new(Name, [Roles.Questions, Roles.Traces, Roles.Annotations], [Output]);

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        _ = context.Options<NoOptions>();
        SharedTexts shared = new();
        QuestionIndex index = new();
        List<string?> levels = [];
        List<int> references = [];
        string path = context.Input(Roles.Questions);
        foreach (QuestionLevel question in JsonLines.Stream<QuestionLevel>(path))
        {
            index.Add(question.Id, path);
            references.Add(question.ReferenceText.Trim().EnumerateRunes().Count());
            levels.Add(question.Meta.GetValueOrDefault("level") is { } level ? shared.Of(level) : null);
        }

        QuestionIndex.Column<int> tokens = index.Read<TraceLength, int>(context.Input(Roles.Traces), row => row.QuestionId, row => row.Tokens);
        QuestionIndex.Column<Labels> labels = index.Read<Annotation, Labels>(
            context.Input(Roles.Annotations),
            row => row.QuestionId,
            row => new Labels(shared.Of(row.Domain), shared.Of(row.Strategies), row.Topics is { } topics ? shared.Of(topics) : null, row.Verbosity));

        int[] places = [.. Enumerable.Range(0, index.Ids.Count).Where(place => tokens.Has(place) && labels.Has(place))];
        string[] ids = [.. places.Select(place => index.Ids[place])];
        Array.Sort(ids, places, StringComparer.Ordinal);
        JsonLines.Write(context.Output(Output), places.Select(place =>
        {
            Labels label = labels[place];
            return new QuestionSignals(index.Ids[place], label.Domain, label.Strategies, label.Verbosity, tokens[place])
            {
                Topics = label.Topics,
                ReferenceCharacters = references[place],
                Level = levels[place],
            };
        }));
        return new StageResult
        {
            Counts = new(StringComparer.Ordinal) { ["rows"] = places.Length, ["dropped"] = index.Ids.Count - places.Length },
        };
    }

    private sealed record NoOptions;

    /// <summary>Of a question what is needed here; its text is skipped.</summary>
    private sealed record QuestionLevel(string Id, string Reference)
    {
        public IReadOnlyList<string> Options { get; init; } = [];

        public Dictionary<string, string> Meta { get; init; } = [];

        /// <summary>The right option's text where there are options, else the reference.</summary>
        public string ReferenceText =>
            Reference is [var letter] && letter - 'A' is var option && option >= 0 && option < Options.Count ? Options[option] : Reference;
    }

    /// <summary>Of a trace what is needed here; its text is skipped.</summary>
    private sealed record TraceLength(string QuestionId, int Tokens);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Labels(string Domain, IReadOnlyList<string> Strategies, IReadOnlyList<string>? Topics, int Verbosity);
}
