using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Evaluation.Tests;

public sealed class PromptsStageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("prompts-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Should_RenderEveryQuestionInOrder_When_Run()
    {
        StageResult result = Run([new Question("b", "How many?", "3"), new Question("a", "How far?", "4")], "Think. {question}");
        Assert.Equal([new Prompt("b", "Think. How many?"), new Prompt("a", "Think. How far?")], Prompts());
        Assert.Equal(2, result.Counts["rows"]);
    }

    [Fact]
    public void Should_KeepLettersWithTheirOptions_When_AQuestionHasSome()
    {
        // A prompt that swaps options would ask another question than the reference answers.
        Run([new Question("a", "Which?", "B") { Options = ["oak", "ash", "elm", "yew"] }], "{question}\n{options}");
        string text = Assert.Single(Prompts()).Text;
        int[] places = [.. new[] { "A", "oak", "B", "ash", "C", "elm", "D", "yew" }.Select(part => text.IndexOf(part, StringComparison.Ordinal))];
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
    }

    [Fact]
    public void Should_NameTheQuestion_When_ItStandsTwice() => Assert.Contains(
        "'a' stands twice",
        Assert.Throws<UserErrorException>(() => Run([new Question("a", "How many?", "3"), new Question("a", "How far?", "4")], "{question}")).Message);

    private List<Prompt> Prompts() => JsonLines.Read<Prompt>(Path.Combine(_folder, "prompts.jsonl"));

    private StageResult Run(IEnumerable<Question> questions, string template)
    {
        string path = Path.Combine(_folder, "questions.jsonl");
        JsonLines.Write(path, questions);
        return new PromptsStage().Run(new StageContext
        {
            Parameters = new JsonObject { ["template"] = template },
            Inputs = new Dictionary<string, string> { ["questions"] = path },
            OutputFolder = _folder,
        });
    }
}
