using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints;
using NaturalThoughts.Evaluation;
using NaturalThoughts.Experiments.Data;
using NaturalThoughts.Selection;
using NaturalThoughts.Sources.Cleaning;
using NaturalThoughts.Student.Model;
using NaturalThoughts.Student.Stages;

namespace NaturalThoughts.Experiments.Planning;

/// <summary>What selections read, by role; what few rows need is added when it is first asked for.</summary>
internal sealed class SelectionInputs(TargetList targets, Profile profile, DataOutputs data, BenchmarkTargets benchmarks, Output student, Output clusters)
{
    // Never changes a result; for profiles in which another model embeds.
    private const int BatchTokens = 16_384;

    private const string BareLengths = Roles.Lengths + "/adaptive";

    private readonly Dictionary<string, Output> _made = new(StringComparer.Ordinal) { [Roles.Clusters] = clusters };

    /// <summary>The output that a selection reads in a role.</summary>
    public Output Of(string role, SelectOptions options)
    {
        string name = role == Roles.Lengths && options.Match is { InstructionDropout: > 0 } ? BareLengths : role;
        if (!_made.TryGetValue(name, out Output output))
        {
            _made[name] = output = name switch
            {
                Roles.TraceGrades => AddGrades(),
                Roles.Lengths => AddLengths("base/example-lengths"),
                BareLengths => AddLengths("base/example-lengths-adaptive", profile.Prompts[ModeSettings.Adaptive]),
                Roles.Nearest => AddNearest(),
                _ => data.Find(role) ?? throw new InvalidOperationException($"Nothing makes the input '{role}' of a selection."),
            };
        }

        return output;
    }

    private Output AddGrades() => targets.Add(
        new Output("data/trace-grades", GradeTracesStage.Output),
        GradeTracesStage.Name,
        StageParameters.Of(new GradeOptions { Protocol = GradingProtocol.StrictAnswerLine }),
        (GradeTracesStage.QuestionsRole, data.Questions),
        (GradeTracesStage.TracesRole, data.Traces));

    private Output AddLengths(string address, string? adaptive = null)
    {
        JsonObject parameters = new()
        {
            [StageParameters.Name(nameof(ExampleLengthsOptions.Think))] = profile.Prompts[ModeSettings.Think],
            [StageParameters.Name(nameof(ExampleLengthsOptions.Direct))] = profile.Prompts[ModeSettings.Direct],
            [StageParameters.Name(nameof(ExampleLengthsOptions.MaxTokens))] = profile.Sft.Options.MaxTokens,
        };
        if (adaptive is not null)
        {
            parameters[StageParameters.Name(nameof(ExampleLengthsOptions.Adaptive))] = adaptive;
        }

        return targets.Add(
            new Output(address, ExampleLengthsStage.Output),
            ExampleLengthsStage.Name,
            StudentParameters.Spoken(profile, parameters),
            (ExampleLengthsStage.CheckpointRole, student),
            (ExampleLengthsStage.QuestionsRole, data.Questions),
            (ExampleLengthsStage.TracesRole, data.Traces));
    }

    // The base student's hidden states, also where another model embeds for clusters: what RDS+ is made of.
    private Output AddNearest()
    {
        List<(string Role, Output From)> inputs = [(NearestStage.EmbeddingsRole, Embed("base/embed-position", data.Questions))];
        foreach (BenchmarkSettings target in profile.SelectionTargets)
        {
            inputs.Add((NearestStage.TargetRole + target.Name, Embed("base/embed-target/" + target.Name, HeldOut(target))));
        }

        return targets.Add(new Output("base/nearest", NearestStage.Output), NearestStage.Name, [], inputs);
    }

    private Output Embed(string address, Output questions) => targets.Add(
        new Output(address, EmbedStage.Output),
        EmbedStage.Name,
        StudentParameters.Embedding(profile, profile.EmbeddingBatchTokens ?? BatchTokens, EmbedPooling.Position),
        (EmbedStage.CheckpointRole, student),
        (EmbedStage.QuestionsRole, questions));

    // No target is a question that a benchmark asks word for word. What they share beyond that is how such questions are asked: without it, kinds
    // of questions that are always asked in the same words would have no targets.
    private Output HeldOut(BenchmarkSettings target) => targets.Add(
        new Output($"data/targets/{target.Name}/held-out", CleanStage.Output),
        CleanStage.Name,
        StageParameters.Given(new CleanOptions { Duplicates = CleanOptions.Exact, Grams = false }),
        profile.Benchmarks.Select(benchmark => (CleanStage.BenchmarkRole + benchmark.Name, benchmarks.Source(benchmark)))
            .Prepend((Roles.Questions, targets.Add(target.Source))));
}
