using System.Text.Json.Nodes;
using NaturalThoughts.Evaluation;
using NaturalThoughts.Evaluation.Repeats;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Selection;
using NaturalThoughts.Sources.Recorded;
using NaturalThoughts.Student.Stages;
using NaturalThoughts.Student.Training;

namespace NaturalThoughts.Experiments.Costs;

/// <summary>
/// Predicts what targets take, from counts of operations and the assumptions of <see cref="CostSettings"/>; see docs/costs.md for how well it does.
/// </summary>
public sealed class CostModel
{
    private readonly Profile _profile;
    private readonly CostSettings _costs;
    private readonly TargetGraph _graph;
    private readonly ModelSize _size;
    private readonly RowCounts _rows;

    private CostModel(Profile profile, CostSettings costs, TargetGraph graph, ModelSize size)
    {
        (_profile, _costs, _graph, _size) = (profile, costs, graph, size);
        _rows = new RowCounts(profile, graph);
    }

    /// <summary>The model of a plan; null where the profile has no <c>costs</c>, or the student's shape is not known.</summary>
    public static CostModel? Of(Profile profile, TargetGraph graph) =>
        profile.Costs is { } costs && ModelSize.Of(costs.Shape) is { } size ? new CostModel(profile, costs, graph, size) : null;

    /// <summary>What a target will likely take.</summary>
    public TargetCost Of(Target target) => target.StageName switch
    {
        PretrainStage.Name => Train(_rows.Of(target.Address), _costs.Tokens.Corpus, target),
        FineTuneStage.Name => Train(_rows.Of(target.Address), ExampleTokens(target), target),
        GenerateStage.Name => Generate(target),
        CloseThinkingStage.Name => Close(target),
        EmbedStage.Name => Read(_rows.Of(target.Address)),
        ClusterStage.Name => Cluster(_rows.Of(target.Address)),
        _ when _costs.Calls.TryGetValue(target.StageName, out CallSettings? calls) => Call(_rows.Of(target.Address), calls),
        _ => Text(target),
    };

    private TargetCost Train(double rows, double tokens, Target target)
    {
        TrainingOptions recipe = (target.StageName == PretrainStage.Name ? _profile.Pretraining!.Training : _profile.Sft).Options;
        double epochs = JsonNumber.Of(target.Parameters["training"]?["epochs"]) ?? 1;
        double length = Math.Min(tokens, recipe.MaxTokens);
        double trained = rows * (1 - recipe.HeldOut) * length * epochs;
        double measured = rows * recipe.HeldOut * length * (recipe.EvaluateEvery is { } every ? trained / recipe.BatchTokens / every : epochs);
        double weights = _size.Parameters * (recipe.Precision?.StartsWith("bf16", StringComparison.Ordinal) == true ? 2 : 4);
        double operations = (trained * _size.Training(length, recipe.Lora is not null)) + (measured * _size.Forward(length / 2));
        return Device(operations / (_costs.Device.TrainingTflops * 1e12)) with { Trained = trained, Bytes = weights };
    }

    private TargetCost Generate(Target target)
    {
        double rows = _rows.Of(target.Address), answer = AnswerTokens(target), prompt = _costs.Tokens.Prompt;
        double generated = rows * answer;
        double written = generated * _size.Forward(prompt + (answer / 2)) / (_costs.Device.GenerationTflops * 1e12);
        double read = rows * prompt * _size.Forward(prompt / 2) / (_costs.Device.TrainingTflops * 1e12);
        return Device(written + read) with { Generated = generated, Bytes = rows * (prompt + answer) * _costs.Tokens.Bytes };
    }

    // At each budget a thought that is longer is read again and a short answer written, as if lengths were spread evenly from 0 to twice their mean.
    private TargetCost Close(Target target)
    {
        double length = _costs.Tokens.Answer, answer = _costs.Tokens.System1, prompt = _costs.Tokens.Prompt + (length / 2);
        double rows = _rows.Of(target.Address) * target.Parameters["budgets"]!.AsArray()
            .Sum(budget => JsonNumber.Of(budget) is > 0 and { } kept ? Math.Max(0, 1 - (kept / (2 * length))) : 1);
        double written = rows * answer * _size.Forward(prompt) / (_costs.Device.GenerationTflops * 1e12);
        double read = rows * prompt * _size.Forward(prompt / 2) / (_costs.Device.TrainingTflops * 1e12);
        return Device(written + read) with { Generated = rows * answer, Bytes = rows * (prompt + answer) * _costs.Tokens.Bytes };
    }

    private TargetCost Read(double rows)
    {
        const int DigitsOfANumber = 12;
        double tokens = rows * _costs.Tokens.Question;
        TargetCost read = Device(tokens * _size.Layered(_costs.Tokens.Question / 2) / (_costs.Device.TrainingTflops * 1e12));
        return read with { ProcessorSeconds = rows / _costs.Device.RowsPerSecond, Bytes = rows * _size.Hidden * DigitsOfANumber };
    }

    // HDBSCAN here compares every pair of rows, on the processor: two operations for each coordinate, at about 5 GFLOPS.
    private TargetCost Cluster(double rows)
    {
        const double OperationsPerSecond = 5e9;
        return new TargetCost(0, 0, 0, rows * rows * _size.Hidden / OperationsPerSecond, 0, 0, rows * 100);
    }

    private static TargetCost Call(double rows, CallSettings calls)
    {
        double count = rows * calls.Calls;
        double money = count * ((calls.Input * calls.InputPrice) + (calls.Output * calls.OutputPrice)) / 1e6;
        return new TargetCost(0, 0, 0, 0, count, money, count * (calls.Input + calls.Output) * 4);
    }

    // Stages that read rows and write rows. Grades carry prompt and answer with them.
    private TargetCost Text(Target target)
    {
        double rows = _rows.Of(target.Address);
        double tokens = target.StageName switch
        {
            GradeStage.Name or MeasureStage.Name or ImportAnswersStage.Name => _costs.Tokens.Prompt + AnswerTokens(target),
            ComposeStage.Name or ImportTracesStage.Name => _costs.Tokens.Prompt + _costs.Tokens.System2,
            _ => _costs.Tokens.Prompt,
        };
        return new TargetCost(0, 0, 0, rows / _costs.Device.RowsPerSecond, 0, 0, rows * tokens * _costs.Tokens.Bytes);
    }

    private TargetCost Device(double seconds)
    {
        double all = seconds + _costs.Device.SecondsPerTarget;
        return new TargetCost(0, 0, all, 0, 0, all / 3600 * _costs.Device.PricePerHour, 0);
    }

    private double ExampleTokens(Target target)
    {
        Target composed = _graph[target.Inputs[FineTuneStage.TrainingRole].TargetAddress];
        JsonNode? match = composed.Inputs.TryGetValue(ComposeStage.SelectionRole, out TargetInput? selection)
            ? _graph[selection.TargetAddress].Parameters["match"]
            : null;

        // A matched selection takes as many tokens as the one that it is matched with; its own number of examples is not known before.
        Mix mix = Mix.Parse((string?)(match?["withMix"] ?? match?["mix"] ?? composed.Parameters["mix"]) ?? Mix.System2.Name);
        double share = mix == Mix.System2 ? 1 : mix == Mix.System1 ? 0 : mix.Probability ?? _costs.Tokens.DifficultyShare;
        return _costs.Tokens.Prompt + (share * _costs.Tokens.System2) + ((1 - share) * _costs.Tokens.System1);
    }

    // A student that is asked to answer directly, or was taught nothing else, writes System-1 answers.
    private double AnswerTokens(Target target)
    {
        string name = _rows.BenchmarkOf(target)?.Name ?? "";
        Target at = target;
        while ((at.Inputs.GetValueOrDefault(GradeStage.AnswersRole) ?? at.Inputs.GetValueOrDefault(MeasureStage.GradesRole(1))) is { } input)
        {
            at = _graph[input.TargetAddress];
        }

        bool direct = at.Inputs.TryGetValue(GenerateStage.PromptsRole, out TargetInput? prompts)
            && prompts.TargetAddress.StartsWith("prompts/direct/", StringComparison.Ordinal);
        double tokens = direct ? _costs.Tokens.System1 : _costs.Tokens.Answers.GetValueOrDefault(name, _costs.Tokens.Answer);
        return Math.Min(tokens, _profile.Generation.MaxNewTokens);
    }
}
