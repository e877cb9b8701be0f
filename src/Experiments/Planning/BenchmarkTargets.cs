using System.Globalization;
using NaturalThoughts.Evaluation;
using NaturalThoughts.Experiments.Data;
using NaturalThoughts.Sources.Prompting;
using NaturalThoughts.Sources.Questions;

namespace NaturalThoughts.Experiments.Planning;

/// <summary>The questions and prompts of the benchmarks, each target added when it is first asked for.</summary>
internal sealed class BenchmarkTargets(TargetList targets, Profile profile)
{
    /// <summary>The mode in which a benchmark's own prompt asks.</summary>
    private const string Thinking = "think";

    private readonly Dictionary<string, Output> _made = new(StringComparer.Ordinal);

    /// <summary>A benchmark's questions in the order of their source.</summary>
    public Output Source(BenchmarkSettings benchmark) => Once(benchmark.Source.Output.Address, () => targets.Add(benchmark.Source));

    /// <summary>A benchmark's questions; where each replicate has an order of options of its own, those of a replicate.</summary>
    public Output Questions(BenchmarkSettings benchmark, int replicate)
    {
        Output questions = Source(benchmark);
        return benchmark.Shuffled
            ? Once(questions.Address + Order(replicate), () => targets.Add(
                new Output(questions.Address + Order(replicate), ImportQuestionsStage.Questions),
                ShuffleOptionsStage.Name,
                new() { ["repeat"] = replicate },
                (GradeStage.QuestionsRole, questions)))
            : questions;
    }

    /// <summary>The prompts of a mode. A benchmark's own prompt takes the place of the profile's where a student is to think.</summary>
    public Output Prompts(string mode, BenchmarkSettings benchmark, int replicate)
    {
        string address = $"prompts/{mode}/{benchmark.Name}{(benchmark.Shuffled ? Order(replicate) : "")}";
        return Once(address, () =>
        {
            Output output = new(address, PromptsStage.Output);
            Output questions = Questions(benchmark, replicate);
            if (mode != Thinking || benchmark.Prompt is not { } own)
            {
                return targets.Add(output, PromptsStage.Name, new() { ["template"] = profile.Prompts[mode] }, (PromptsStage.QuestionsRole, questions));
            }

            List<(string, Output)> inputs = [(PromptsStage.QuestionsRole, questions)];
            if (own.Examples is { } examples)
            {
                inputs.Add((FewShotPromptsStage.ExamplesRole, Once(examples.Output.Address, () => targets.Add(examples))));
            }

            return targets.Add(output, own.Stage, own.Parameters.DeepClone().AsObject(), inputs);
        });
    }

    private static string Order(int replicate) => string.Create(CultureInfo.InvariantCulture, $"/order{replicate}");

    private Output Once(string address, Func<Output> add) => _made.TryGetValue(address, out Output output) ? output : _made[address] = add();
}
