using System.Text.Json.Nodes;
using NaturalThoughts.Sources.Mapping;
using NaturalThoughts.Sources.Prompting;

namespace NaturalThoughts.Experiments.Benchmarks;

/// <summary>Worked examples before a question.</summary>
public sealed record FewShotSettings
{
    /// <summary>The files of the examples.</summary>
    public required SourceFiles Source { get; init; }

    /// <summary>Which fields make an example.</summary>
    public required QuestionMap Map { get; init; }

    /// <summary>Examples of a prompt.</summary>
    public required int Count { get; init; }

    /// <summary>Examples share this name's value of meta with the question; null for the same examples everywhere.</summary>
    public string? By { get; init; }

    /// <summary>The text of one example.</summary>
    public required string Example { get; init; }

    /// <summary>A line of the options; null for <c>{letter}) {option}</c>.</summary>
    public string? OptionLine { get; init; }

    /// <summary>What the solutions start with and the prompt leaves out; null for nothing.</summary>
    public string? SolutionPrefix { get; init; }

    /// <summary>The parameters of <c>few-shot-prompts</c>.</summary>
    /// <param name="template">The prompt's text.</param>
    public JsonObject PromptParameters(string template)
    {
        JsonObject parameters = new()
        {
            [StageParameters.Name(nameof(FewShotOptions.Template))] = template,
            [StageParameters.Name(nameof(FewShotOptions.Example))] = Example,
            [StageParameters.Name(nameof(FewShotOptions.Count))] = Count,
        };
        foreach ((string member, string? value) in new[]
        {
            (nameof(FewShotOptions.By), By), (nameof(FewShotOptions.OptionLine), OptionLine), (nameof(FewShotOptions.SolutionPrefix), SolutionPrefix),
        })
        {
            if (value is not null)
            {
                parameters[StageParameters.Name(member)] = value;
            }
        }

        return parameters;
    }
}
