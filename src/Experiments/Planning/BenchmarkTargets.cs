using System.Globalization;
using NaturalThoughts.Evaluation;
using NaturalThoughts.Experiments.Data;
using NaturalThoughts.Sources.Prompting;
using NaturalThoughts.Sources.Questions;

namespace NaturalThoughts.Experiments.Planning;

/// <summary>The questions and prompts of the benchmarks, each target added when it is first asked for.</summary>
internal sealed class BenchmarkTargets(TargetList targets, Profile profile)
{
    private readonly Dictionary<string, Output> _made = new(StringComparer.Ordinal);

    /// <summary>A benchmark's questions in the order of their source.</summary>
    public Output Source(BenchmarkSettings benchmark) => Once(benchmark.Source.Output.Address, () => targets.Add(benchmark.Source));

    /// <summary>A benchmark's questions; where each repeat has an order of options of its own, those of a repeat.</summary>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="repeat">The repeat, counted through all replicates.</param>
    public Output Questions(BenchmarkSettings benchmark, int repeat)
    {
        Output questions = Source(benchmark);
        return benchmark.Shuffled
            ? Once(questions.Address + Order(repeat), () => targets.Add(
                new Output(questions.Address + Order(repeat), ImportQuestionsStage.Questions),
                ShuffleOptionsStage.Name,
                StageParameters.Of(new ShuffleOptionsOptions(repeat)),
                (GradeStage.QuestionsRole, questions)))
            : questions;
    }

    /// <summary>The prompts of a mode. A benchmark's own prompt takes the place of the profile's where a student is to think.</summary>
    public Output Prompts(string mode, BenchmarkSettings benchmark, int repeat)
    {
        string address = $"prompts/{mode}/{benchmark.Name}{(benchmark.Shuffled ? Order(repeat) : "")}";
        return Once(address, () =>
        {
            Output output = new(address, PromptsStage.Output);
            Output questions = Questions(benchmark, repeat);
            return mode != ModeSettings.Think || benchmark.Prompt is not { } own
                ? targets.Add(
                    output, PromptsStage.Name, StageParameters.Of(new PromptsOptions { Template = profile.Prompts[mode] }),
                    (PromptsStage.QuestionsRole, questions))
                : Add(output, own, questions);
        });
    }

    /// <summary>The prompts of another phrasing, from 2 on.</summary>
    public Output Phrased(BenchmarkSettings benchmark, int repeat, int phrasing)
    {
        string address = string.Create(
            CultureInfo.InvariantCulture, $"prompts/{ModeSettings.Think}/{benchmark.Name}{(benchmark.Shuffled ? Order(repeat) : "")}/phrasing{phrasing}");
        return Once(address, () => Add(new Output(address, PromptsStage.Output), benchmark.Phrasings[phrasing - 2], Questions(benchmark, repeat)));
    }

    private Output Add(Output output, BenchmarkPrompt prompt, Output questions)
    {
        List<(string, Output)> inputs = [(PromptsStage.QuestionsRole, questions)];
        if (prompt.Examples is { } examples)
        {
            inputs.Add((FewShotPromptsStage.ExamplesRole, Once(examples.Output.Address, () => targets.Add(examples))));
        }

        return targets.Add(output, prompt.Stage, prompt.Parameters.DeepClone().AsObject(), inputs);
    }

    private static string Order(int repeat) => string.Create(CultureInfo.InvariantCulture, $"/order{repeat}");

    private Output Once(string address, Func<Output> add) => _made.TryGetValue(address, out Output output) ? output : _made[address] = add();
}
