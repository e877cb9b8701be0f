using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Sources.Prompting;

namespace NaturalThoughts.Sources.Tests.Prompting;

public sealed class FewShotPromptsStageTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly StageRun _run = new();

    public void Dispose()
    {
        _folder.Dispose();
        _run.Dispose();
    }

    [Fact]
    public void Should_WriteMmluProsPrompt_When_ExamplesAreOfTheSameCategory()
    {
        // As format_cot_example and generate_cot_prompt of TIGER-AI-Lab/MMLU-Pro (evaluate_from_local.py) put it together.
        Question[] examples =
        [
            Of("e1", "Is 2 even?", "math", "yes", "no", solution: "A: Let's think step by step. 2 is even. The answer is (A)."),
            Of("e2", "Who ruled?", "history", "a king", "a queen", solution: "A: Let's think step by step. The answer is (B)."),
            Of("e3", "Is 3 even?", "math", "yes", "no", solution: "A: Let's think step by step. The answer is (B)."),
        ];
        Prompt prompt = Assert.Single(Write(examples, [Of("q1", "Is {options} even?", "math", "yes", "{question}")], new()
        {
            ["template"] = "About {meta:category}, \\boxed{}.\n\n{examples}Question:\n{question}\nOptions:\n{options}\nAnswer: Let's think step by step.",
            ["example"] = "Question:\n{question}\nOptions:\n{options}\nAnswer: {solution}\n\n",
            ["count"] = 2,
            ["by"] = "category",
            ["optionLine"] = "{letter}. {option}",
            ["solutionPrefix"] = "A: ",
        }));
        Assert.Equal(
            """
            About math, \boxed{}.

            Question:
            Is 2 even?
            Options:
            A. yes
            B. no
            Answer: Let's think step by step. 2 is even. The answer is (A).

            Question:
            Is 3 even?
            Options:
            A. yes
            B. no
            Answer: Let's think step by step. The answer is (B).

            Question:
            Is {options} even?
            Options:
            A. yes
            B. {question}
            Answer: Let's think step by step.
            """,
            prompt.Text);
    }

    [Fact]
    public void Should_LeaveTheQuestionOut_When_ItIsAnExampleItself()
    {
        Question[] all = [Of("a", "1?", "x"), Of("b", "2?", "x"), Of("c", "3?", "x")];
        JsonObject parameters = new() { ["template"] = "{examples}{question}", ["example"] = "{question} {answer}\n", ["count"] = 2 };
        Assert.Equal(["2? A\n3? A\n1?", "1? A\n3? A\n2?", "1? A\n2? A\n3?"], Write(all, all, parameters).Select(prompt => prompt.Text));
    }

    [Fact]
    public void Should_NameTheCategory_When_ItHasTooFewExamples()
    {
        JsonObject parameters = new() { ["template"] = "{examples}{question}", ["example"] = "{question}", ["count"] = 1, ["by"] = "category" };
        UserErrorException error = Assert.Throws<UserErrorException>(() => Write([Of("a", "1?", "x")], [Of("b", "2?", "y")], parameters));
        Assert.Contains("0 examples whose category is 'y'", error.Message);
    }

    [Theory]
    [InlineData("{question}", "{question}", 1, "lacks '{examples}'")]
    [InlineData("{examples}", "{question}", 1, "lacks '{question}'")]
    [InlineData("{examples}{question}", "x", 1, "lacks '{question}'")]
    [InlineData("{examples}{question}", "{question}", 0, "number of examples is 0")]
    [InlineData("{examples}{question}{meta:level}", "{question}", 1, "has no 'level'")]
    public void Should_Refuse_When_TheTemplateCannotBeFilled(string template, string example, int count, string words) => Assert.Contains(
        words,
        Assert.Throws<UserErrorException>(() =>
            Write([Of("a", "1?", "x")], [Of("b", "2?", "x")], new() { ["template"] = template, ["example"] = example, ["count"] = count })).Message);

    private static Question Of(string id, string text, string category, params string[] options) =>
        Of(id, text, category, options.ElementAtOrDefault(0), options.ElementAtOrDefault(1), null);

    private static Question Of(string id, string text, string category, string? first, string? second, string? solution)
    {
        Question question =
            new(id, text, "A") { Options = [.. new[] { first, second }.OfType<string>()], Meta = new(StringComparer.Ordinal) { ["category"] = category } };
        if (solution is not null)
        {
            question.Meta["solution"] = solution;
        }

        return question;
    }

    private List<Prompt> Write(Question[] examples, Question[] questions, JsonObject parameters)
    {
        string[] paths = [Path.Combine(_folder.Path, "examples.jsonl"), Path.Combine(_folder.Path, "questions.jsonl")];
        JsonLines.Write(paths[0], examples);
        JsonLines.Write(paths[1], questions);
        _run.Run(new FewShotPromptsStage(), parameters, (FewShotPromptsStage.ExamplesRole, paths[0]), ("questions", paths[1]));
        return _run.Records<Prompt>("prompts.jsonl");
    }
}
