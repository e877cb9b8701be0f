using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Selection.Tests;

public class SignalsStageTests
{
    [Fact]
    public void Should_HoldWhatMethodsReadAndNoText_When_RowsAreJoined()
    {
        using TestPool pool = TestPool.Of(9);
        pool.Annotations[4] = pool.Annotations[4] with { Topics = ["optics", "waves"] };
        List<QuestionSignals> rows = Signals(pool);
        Assert.Equal(pool.Questions.Select(row => row.Id), rows.Select(row => row.QuestionId));
        Assert.Equal(pool.Traces.Select(row => row.Tokens), rows.Select(row => row.Tokens));
        Assert.Equal(pool.Annotations.Select(row => (row.Domain, row.Verbosity)), rows.Select(row => (row.Domain, row.Verbosity)));
        Assert.Equal(pool.Annotations.SelectMany(row => row.Strategies), rows.SelectMany(row => row.Strategies));
        Assert.Equal(pool.Questions.Select(row => row.Meta["level"]), rows.Select(row => row.Level));
        Assert.Equal(["optics", "waves"], rows[4].Topics);
        string text = File.ReadAllText(Path.Combine(pool.Output, SignalsStage.Output));
        Assert.DoesNotContain("text of", text, StringComparison.Ordinal);
        Assert.DoesNotContain("thinking of", text, StringComparison.Ordinal);
        Assert.Equal(1, text.Split("\"topics\"").Length - 1);
    }

    [Fact]
    public void Should_CountTheCharactersOfTheRightOption_When_ThereAreOptions()
    {
        using TestPool pool = TestPool.Of(4);
        pool.Questions[0] = pool.Questions[0] with { Reference = "B", Options = ["12 km", "three 𝑥"] };
        pool.Questions[1] = pool.Questions[1] with { Reference = "B" };
        pool.Questions[2] = pool.Questions[2] with { Reference = "E", Options = ["1", "2"] };
        pool.Questions[3] = pool.Questions[3] with { Reference = " 1234 " };
        Assert.Equal([7, 1, 1, 4], Signals(pool).Select(row => row.ReferenceCharacters));
    }

    [Fact]
    public void Should_LeaveOutAndCount_When_TraceOrAnnotationIsMissing()
    {
        using TestPool pool = TestPool.Of(10);
        pool.Traces.RemoveAt(0);
        pool.Annotations.RemoveAt(9);
        Assert.Equal(8, Signals(pool).Count);
        Assert.Equal((8, 2), (pool.Result.Counts["rows"], pool.Result.Counts["dropped"]));
    }

    [Fact]
    public void Should_WriteTheSameBytes_When_InputRowsArePermuted()
    {
        using TestPool pool = TestPool.Of(300);
        Signals(pool);
        byte[] bytes = File.ReadAllBytes(Path.Combine(pool.Output, SignalsStage.Output));
        pool.Shuffle("x");
        Signals(pool);
        Assert.Equal(bytes, File.ReadAllBytes(Path.Combine(pool.Output, SignalsStage.Output)));
    }

    [Theory]
    [InlineData("questions")]
    [InlineData("traces")]
    [InlineData("annotations")]
    public void Should_NameQuestionAndFile_When_ARowIsTwice(string role)
    {
        using TestPool pool = TestPool.Of(5);
        switch (role)
        {
            case "questions": pool.Questions.Add(pool.Questions[3]); break;
            case "traces": pool.Traces.Add(pool.Traces[3]); break;
            default: pool.Annotations.Add(pool.Annotations[3]); break;
        }

        UserError error = Assert.Throws<UserErrorException>(() => Signals(pool)).Errors[0];
        Assert.Contains("'q00003' stands twice", error.Message);
        Assert.EndsWith(role + ".jsonl", error.Location);
    }

    private static List<QuestionSignals> Signals(TestPool pool)
    {
        pool.Run(new SignalsStage(), "{}");
        return JsonLines.Read<QuestionSignals>(Path.Combine(pool.Output, SignalsStage.Output));
    }
}
