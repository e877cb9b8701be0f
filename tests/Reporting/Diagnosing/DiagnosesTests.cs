using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Reporting.Diagnosing;

namespace NaturalThoughts.Reporting.Tests.Diagnosing;

/// <summary>Hand-made cells for each diagnosis: one that trips, one that does not, and one of which nothing can be told.</summary>
public sealed class DiagnosesTests
{
    [Theory]
    [InlineData(0.0, 1.0, DiagnosisState.Trips)] // flat from the start
    [InlineData(0.0, 3.0, DiagnosisState.Unclear)] // too noisy to tell
    [InlineData(0.01, 1.0, DiagnosisState.Fine)]
    public void Should_TellAPlateau_When_TheLossStopsFalling(double slope, double noise, DiagnosisState state)
    {
        // 200 steps of two seeds around 1 with a uniform noise of +-0.02 x noise.
        DiagnosedCell cell = Cell(10) with
        {
            Losses = [.. Enumerable.Range(1, 2).Select(seed => (IReadOnlyList<double>)[.. Enumerable.Range(0, 200)
                .Select(step => 3 - (slope * step) + (0.06 * noise * (SeededRandom.DrawDouble("loss", $"{seed}", $"{step}") - 0.5) * (noise > 1 ? 20 : 1)))])],
        };

        Assert.Equal(state, Find(cell, "plateau of the training").State);
    }

    [Fact]
    public void Should_NotTestATraining_When_ItHasFewSteps() =>
        Assert.Equal((DiagnosisState.NotTested, "no training has 16 steps"), Look(Find(Cell(10) with { Losses = [[1, 1, 1]] }, "plateau of the training")));

    [Theory]
    [InlineData(0.5, 0.5, 1000, DiagnosisState.Trips)]
    [InlineData(0.5, 0.2, 1000, DiagnosisState.Fine)]
    [InlineData(0.5, 0.48, 40, DiagnosisState.Unclear)]
    public void Should_TellAPlateauOfTheSize_When_MoreDataBringNothing(double own, double smaller, int questions, DiagnosisState state)
    {
        DiagnosedCell cell = Cell(questions, own) with { Smaller = Cell(questions, smaller, luck: "other") };

        Assert.Equal(state, Find(cell, "plateau of the size").State);
    }

    [Theory]
    [InlineData(95, DiagnosisState.Trips)]
    [InlineData(5, DiagnosisState.Fine)]
    [InlineData(52, DiagnosisState.Unclear)]
    public void Should_TellThatNothingWasLearned_When_AnswersAreTheBaseStudents(int equal, DiagnosisState state)
    {
        DiagnosedCell before = Of([.. Enumerable.Range(0, 100).Select(i => Answer(i, "Answer: 1."))]);
        DiagnosedCell cell = Of([.. Enumerable.Range(0, 100).Select(i => Answer(i, i < equal ? "Answer: 1.\n" : "Answer: 2."))]) with { Base = before };

        Diagnosis diagnosis = Find(cell, "no adaptation to the training");

        Assert.Equal(state, diagnosis.State);
        Assert.StartsWith($"{equal}.0 % of 100 answers [", diagnosis.Number, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(60, 60, DiagnosisState.Trips)]
    [InlineData(60, 6, DiagnosisState.Fine)]
    [InlineData(6, 60, DiagnosisState.Fine)]
    public void Should_TellThatAModeChangesNothing_When_TokensAreTheSame(int own, int other, DiagnosisState state)
    {
        DiagnosedCell cell = Tokens(own, "a") with { OtherMode = Tokens(other, "b") with { Address = "Table1/Random/10/System2-direct" } };

        Assert.Equal(state, Find(cell, "no adaptation to the mode").State);
    }

    [Theory]
    [InlineData(20, DiagnosisState.Trips)]
    [InlineData(0, DiagnosisState.Fine)]
    [InlineData(5, DiagnosisState.Unclear)]
    public void Should_TellOverGeneration_When_AnswersMeetTheLimit(int cut, DiagnosisState state) =>
        Assert.Equal(state, Find(Of([.. Enumerable.Range(0, 100).Select(i => Answer(i, "x", truncated: i < cut))]), "over-generation: cut off").State);

    [Theory]
    [InlineData(20, DiagnosisState.Trips)]
    [InlineData(0, DiagnosisState.Fine)]
    public void Should_TellOverGeneration_When_AnswersAreLongerThanEveryExample(int longer, DiagnosisState state)
    {
        DiagnosedCell cell = Of([.. Enumerable.Range(0, 400).Select(i => Answer(i, new string('x', i < longer ? 51 : 50)))]) with
        {
            Training = [[Example("a prompt", 50), Example("a prompt", 7)]],
        };

        Diagnosis diagnosis = Find(cell, "over-generation: beyond the training");

        Assert.Equal(state, diagnosis.State);
        Assert.EndsWith("longest example 50 characters", diagnosis.Number, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.2, DiagnosisState.Trips)]
    [InlineData(0.7, DiagnosisState.Fine)]
    public void Should_NameTheWeakDomain_When_ItLagsBehindTheOthers(double mathematics, DiagnosisState state)
    {
        DiagnosedCell cell = Of([.. Enumerable.Range(0, 900).Select(i =>
        {
            string domain = i % 3 == 0 ? "mathematics" : i % 3 == 1 ? "physics" : "law";
            return Answer(i, "x", correct: SeededRandom.DrawDouble("domain", $"{i}") < (domain == "mathematics" ? mathematics : 0.7), meta: ("domain", domain));
        })]);

        Diagnosis diagnosis = Find(cell, "weak mathematics or another domain");

        Assert.Equal(state, diagnosis.State);
        Assert.Contains(
            state == DiagnosisState.Trips ? "quiz, domain mathematics (300 questions): -" : "lowest of 3 groups", diagnosis.Number, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_NotTestDomains_When_QuestionsHaveNone() =>
        Assert.Equal(DiagnosisState.NotTested, Find(Cell(100), "weak mathematics or another domain").State);

    [Fact]
    public void Should_FindTheQuestion_When_ItWasTrainedOn()
    {
        DiagnosedCell cell = Cell(100) with { Training = [[Example("Think first.\n\nWhat is question number 17 of this long quiz?\n", 9)]] };

        Assert.Equal((DiagnosisState.Trips, "1 of 100 questions, first quiz q017"), Look(Find(cell, "memorisation: benchmark questions in the training set")));
        Assert.Equal(
            DiagnosisState.Fine,
            Find(
                cell with { Training = [[Example("What is question number 1700 of this long quiz?", 9)]] },
                "memorisation: benchmark questions in the training set").State);
    }

    [Theory]
    [InlineData(0.9, 0.3, DiagnosisState.Trips)]
    [InlineData(0.3, 0.3, DiagnosisState.Fine)]
    public void Should_TellMemorisation_When_NearDuplicatesAreEasier(double near, double others, DiagnosisState state)
    {
        // Every second question is "question number N", which was trained on with another number.
        DiagnosedCell cell = Of([.. Enumerable.Range(0, 600).Select(i => Answer(
            i,
            "x",
            correct: SeededRandom.DrawDouble("near", $"{i}") < (i % 2 == 0 ? near : others),
            text: i % 2 == 0 ? null : "Something else entirely, the case " + new string((char)('a' + (i % 26)), 1 + (i / 26))))]);
        cell = cell with { Training = [[Example("What is question number 99999 of this long quiz?", 9)]] };

        Diagnosis diagnosis = Find(cell, "memorisation: near duplicates");

        Assert.Equal(state, diagnosis.State);
        Assert.StartsWith("300 near duplicates: ", diagnosis.Number, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.01, DiagnosisState.Trips)]
    [InlineData(0.9, DiagnosisState.Fine)]
    public void Should_TellMemorisation_When_TheLossIsNearNothing(double last, DiagnosisState state)
    {
        DiagnosedCell cell = Cell(10) with { Losses = [[2, 1, 1, 1, 1, 1, 1, 1, 1, last]] };

        Assert.Equal(state, Find(cell, "memorisation: the loss").State);
    }

    [Theory]
    [InlineData("So 3 and 4 is 7, so 3 and 4 is 7, ", 12, true)] // eight-grams again and again
    [InlineData("ab", 200, true)] // one word, the end of a text
    [InlineData("no ", 4, false)] // shorter than a loop
    public void Should_SeeALoop_When_TextRepeatsItself(string piece, int times, bool loops)
    {
        Assert.Equal(loops, Repetition.Loops(string.Concat(Enumerable.Repeat(piece, times))));
        Assert.False(
            Repetition.Loops(
                "First we take the number of apples, then that of pears; together they are 12. Half of it is 6, "
                + "which is the number of baskets that we need. Answer: 6."));
    }

    [Fact]
    public void Should_CountLoops_When_SomeAnswersHaveThem()
    {
        string loop = string.Concat(Enumerable.Repeat("again and again ", 30));

        Assert.Equal(DiagnosisState.Trips, Find(Of([.. Enumerable.Range(0, 100).Select(i => Answer(i, i < 10 ? loop : "x"))]), "repetition loops").State);
        Assert.Equal(DiagnosisState.Fine, Find(Of([.. Enumerable.Range(0, 1000).Select(i => Answer(i, i < 1 ? loop : "x"))]), "repetition loops").State);
    }

    [Fact]
    public void Should_PutWhatTripsFirst_When_APageIsWritten()
    {
        DiagnosedCell cell = Of([.. Enumerable.Range(0, 100).Select(i => Answer(i, "x", truncated: true))]);

        string page = DiagnosisPage.Write("Table1", [(cell, Diagnoses.Of(cell))]);

        Assert.StartsWith("# Diagnosis of Table1\n\n1 cell, 100 answers; 1 test trips. ", page, StringComparison.Ordinal);
        Assert.Contains(
            "\n## over-generation: cut off\n\nTrips when: answers cut off at the limit of tokens above 5.0 %. Look at: ", page, StringComparison.Ordinal);
        Assert.Contains("- Table1/Random/10/System2: 100.0 % of 100 answers [", page, StringComparison.Ordinal);
        Assert.Contains("| memorisation: the loss | not tested | no training is known |", page, StringComparison.Ordinal);
    }

    private static (DiagnosisState, string) Look(Diagnosis diagnosis) => (diagnosis.State, diagnosis.Number);

    private static Diagnosis Find(DiagnosedCell cell, string name) => Diagnoses.Of(cell).Single(diagnosis => diagnosis.Name == name);

    private static DiagnosedCell Of(IReadOnlyList<DiagnosedAnswer> answers) => new("Table1/Random/10/System2", [answers]);

    // Three seeds with answers of a skill.
    private static DiagnosedCell Cell(int questions, double skill = 0.5, string luck = "own") => new(
        "Table1/Random/10/System2",
        [.. Enumerable.Range(1, 3).Select(seed => (IReadOnlyList<DiagnosedAnswer>)[.. Enumerable.Range(0, questions).Select(i => Answer(
            i, "x", correct: (0.9 * SeededRandom.DrawDouble("question", $"{i}")) + (0.1 * SeededRandom.DrawDouble(luck, $"{i}", $"{seed}")) < skill))])]);

    private static DiagnosedCell Tokens(int mean, string luck) => new(
        "Table1/Random/10/System2",
        [.. Enumerable.Range(1, 3).Select(seed => (IReadOnlyList<DiagnosedAnswer>)[.. Enumerable.Range(0, 200).Select(i => Answer(
            i, "x", tokens: mean + (int)(0.2 * mean * (SeededRandom.DrawDouble(luck, $"{i}", $"{seed}") - 0.5))))])]);

    private static DiagnosedAnswer Answer(
        int i, string output, bool correct = false, bool truncated = false, int tokens = 5, (string, string)? meta = null, string? text = null)
    {
        Question question = new($"q{i:000}", text ?? $"What is question number {i} of this long quiz?", "1");
        if (meta is (var name, var value))
        {
            question.Meta[name] = value;
        }

        return new DiagnosedAnswer("quiz", question, new Grade(question.Id, "p", output, "1", correct, tokens, truncated));
    }

    private static TrainingExample Example(string prompt, int length) => new("t" + prompt.Length, prompt, new string('x', length), "System2");
}
