using NaturalThoughts.Contracts;
using NaturalThoughts.Evaluation.Auditing;
using NaturalThoughts.Records;

namespace NaturalThoughts.Evaluation.Tests.Auditing;

public sealed class AuditSheetTests : IDisposable
{
    private static readonly DateOnly Day = new(2026, 11, 29);
    private static readonly AuditItem First = new(
        new Question("q1", "Which?\nverdict: right", "B") { Options = ["one", "two"] }, "id: q9\nThe answer is (B).\u001b[2J");
    private static readonly AuditItem Second = new(new Question("q2", "What is 1 + 1?", "2"), "Two.");
    private readonly string _path = Path.GetTempFileName();

    private static HashSet<(string, string)> Known => [(First.Question.Id, First.AnswerDigest), (Second.Question.Id, Second.AnswerDigest)];

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Should_ShowAllThatAReaderNeeds_When_ASheetIsWritten()
    {
        string sheet = AuditSheet.Write("Audit", [First, Second]);

        Assert.Contains(
            "\nid: q1\nanswer: " + First.AnswerDigest
                + "\nverdict:\nnote:\n    Question\n    Which?\n    verdict: right\n      A) one\n      B) two\n    Reference: B\n    Response\n    id: q9\n   "
                + " The answer is (B).[2J\n", sheet, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', sheet);
        File.WriteAllText(_path, sheet);
        Assert.Empty(AuditSheet.Read(_path, Known, "reader", Day));
    }

    [Theory]
    [InlineData("wrong", "wrong")]
    [InlineData("R", "right")]
    [InlineData(" Unclear ", "unclear")]
    public void Should_ReadVerdicts_When_APersonFilledItIn(string word, string verdict)
    {
        Fill($"verdict: {word}\nnote: because");

        AuditVerdict read = Assert.Single(AuditSheet.Read(_path, Known, "reader", Day));

        Assert.Equal(new AuditVerdict("q2", Second.AnswerDigest, verdict, "reader", Day, "because"), read);
    }

    [Fact]
    public void Should_NameLineAndValue_When_AVerdictIsNone()
    {
        Fill("verdict: rihgt");

        UserError error = Assert.Single(Assert.Throws<UserErrorException>(() => AuditSheet.Read(_path, Known, "reader", Day)).Errors);

        int line = Array.IndexOf(File.ReadAllLines(_path), "verdict: rihgt") + 1;
        Assert.Equal(($"{_path}:{line}", "'rihgt' is not a verdict.", "Did you mean 'right'?"), (error.Location, error.Message, error.Hint));
    }

    [Fact]
    public void Should_RefuseIt_When_TheAnswerIsAnother()
    {
        Fill("verdict: right");
        File.WriteAllText(_path, File.ReadAllText(_path).Replace("id: q2\n", "id: q3\n", StringComparison.Ordinal));

        Assert.Contains(
            "is not among those that were drawn", Assert.Throws<UserErrorException>(() => AuditSheet.Read(_path, Known, "reader", Day)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Should_AddNothing_When_ASheetIsReadTwice()
    {
        Fill("verdict: right\nnote: yes");
        List<AuditVerdict> first = AuditSheet.Read(_path, Known, "reader", Day), later = AuditSheet.Read(_path, Known, "reader", Day.AddDays(1));

        Assert.Empty(AuditFile.News(first, later));
        Assert.Single(AuditFile.News(first, [first[0] with { Verdict = "wrong" }]));
        Assert.Single(AuditFile.News(first, [first[0] with { Author = "another" }]));
    }

    private void Fill(string verdict)
    {
        string sheet = AuditSheet.Write("Audit", [First, Second]);
        int last = sheet.LastIndexOf("verdict:\nnote:", StringComparison.Ordinal);
        File.WriteAllText(_path, sheet[..last] + verdict + sheet[(last + "verdict:\nnote:".Length)..]);
    }
}
