using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Sources.Questions;
using NaturalThoughts.Sources.Reading;

namespace NaturalThoughts.Sources.Tests.Questions;

public sealed class NaturalReasoningStageTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly StageRun _run = new();

    public void Dispose()
    {
        _folder.Dispose();
        _run.Dispose();
    }

    [Fact]
    public void Should_ReadTheSameQuestions_When_WhatItWroteIsImported()
    {
        // Given
        Question[] questions = [new("q1", "What is \"1 < 2\"?", "yes"), new("q2", "Which one, é or e?", "B") { Options = ["é", "e"] }];
        string pool = Path.Combine(_folder.Path, "pool.jsonl");
        string answers = Path.Combine(_folder.Path, "answers.jsonl");
        JsonLines.Write(pool, questions);
        JsonLines.Write(answers, [new ModelAnswer("q1", "?", "Answer: no", 2, false), new ModelAnswer("q2", "?", "Answer: A", 2, false)]);

        // When
        _run.Run(
            new NaturalReasoningStage(), new() { ["model"] = "m" }, (NaturalReasoningStage.QuestionsRole, pool), (NaturalReasoningStage.AnswersRole, answers));

        // Then
        string text = File.ReadAllText(_run.PathOf(NaturalReasoningStage.Output));
        Assert.Equal(
            """
            {"id":"q1","question":"What is \"1 < 2\"?","reference_answer":"yes","responses":[{"response_model":"m","response":"Answer: no"}]}
            {"id":"q2","question":"Which one, é or e?","options":["é","e"],"reference_answer":"B","responses":[{"response_model":"m","response":"Answer: A"}]}

            """,
            text);
        using StageRun import = new();
        import.Run(
            new ImportQuestionsStage(),
            new()
            {
                ["source"] = StageRun.Source(RowFormats.Jsonl, _folder.Write("rows.jsonl", text)),
                ["map"] = StageRun.Parse(
                    """{"id": "id", "text": "question", "options": {"list": "options?"}, "reference": {"field": "reference_answer", "as": "letter"}}"""),
            },
            (SourceOptions.Role, _folder.Path));
        Assert.Equal(
            questions.Select(question => (question.Id, question.Text, question.Reference, string.Join('|', question.Options))),
            import.Records<Question>(ImportQuestionsStage.Questions)
                .Select(question => (question.Id, question.Text, question.Reference, string.Join('|', question.Options))));
    }
}
