using NaturalThoughts.Contracts;
using NaturalThoughts.Evaluation.Auditing;
using NaturalThoughts.Evaluation.ProtocolSpread;

namespace NaturalThoughts.Evaluation.Tests.Auditing;

public sealed class AuditTests : IDisposable
{
    private static readonly DateOnly Day = new(2026, 11, 29);

    private readonly string _folder = Directory.CreateTempSubdirectory("audit-").FullName;

    private string Verdicts => Path.Combine(_folder, "verdicts.jsonl");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Should_KeepTheHistory_When_AVerdictIsReplaced()
    {
        AuditFile.Append(Verdicts, [Verdict("a", AuditVerdict.Right), Verdict("b", AuditVerdict.Unclear)]);
        string before = File.ReadAllText(Verdicts);
        AuditFile.Append(Verdicts, [Verdict("a", AuditVerdict.Wrong) with { Author = "second reader" }]);

        Assert.StartsWith(before, File.ReadAllText(Verdicts));
        List<AuditVerdict> history = AuditFile.Read(Verdicts);
        Assert.Equal(["right", "unclear", "wrong"], history.Select(row => row.Verdict));
        Assert.Equal([("a", "wrong", Day), ("b", "unclear", Day)], AuditFile.Current(history).Select(row => (row.QuestionId, row.Verdict, row.Date)));
    }

    [Fact]
    public void Should_KeepLinesApart_When_TheLastOneWasCutOff()
    {
        AuditFile.Append(Verdicts, [Verdict("a", AuditVerdict.Right)]);
        File.WriteAllText(Verdicts, File.ReadAllText(Verdicts).TrimEnd('\n'));
        AuditFile.Append(Verdicts, [Verdict("b", AuditVerdict.Right)]);
        Assert.Equal(["a", "b"], AuditFile.Read(Verdicts).Select(row => row.QuestionId));
    }

    [Fact]
    public void Should_NameTheQuestion_When_AVerdictIsNone()
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => AuditFile.Append(
            Verdicts,
            [Verdict("a", "rigth"), Verdict("b", AuditVerdict.Right) with { Author = " " }, Verdict("c", AuditVerdict.Right) with { AnswerDigest = "12" }]));
        Assert.Equal(3, error.Errors.Count);
        Assert.Contains("'right'", error.Errors[0].Hint);
        Assert.All("abc", name => Assert.Contains($"'{name}'", error.Message));
        Assert.False(File.Exists(Verdicts));
        Assert.Empty(AuditFile.Read(Verdicts));
    }

    [Fact]
    public void Should_MoveNoOther_When_AnAnswerIsDroppedOrJudged()
    {
        List<ProtocolDisagreement> open = [.. Enumerable.Range(0, 50).Select(i => Open($"q{i}", "right", "wrong"))];
        List<string> all = Ids(AuditDraw.Take(open, [], "1", 50));
        Assert.Equal(all[..10], Ids(AuditDraw.Take(open, [], "1", 10)));
        Assert.Equal(all[1..], Ids(AuditDraw.Take(open.Where(row => row.QuestionId != all[0]).Reverse(), [], "1", 50)));
        Assert.Equal(all[1..], Ids(AuditDraw.Take(open, [Verdict(all[0], AuditVerdict.Wrong)], "1", 50)));
        Assert.NotEqual(all, Ids(AuditDraw.Take(open, [], "2", 50)));
        Assert.NotEqual(open.Select(row => row.QuestionId), all);
    }

    [Fact]
    public void Should_ScoreEachProtocol_When_VerdictsAreThere()
    {
        ProtocolDisagreement[] open =
        [
            Open("a", "right", "wrong"), Open("b", "right", "unparsed"), Open("c", "guessed", "right"), Open("d", "undecided", "wrong"),
            Open("e", "right", "wrong"),
        ];
        AuditVerdict[] history =
        [
            Verdict("a", AuditVerdict.Wrong), Verdict("a", AuditVerdict.Right), Verdict("b", AuditVerdict.Wrong), Verdict("c", AuditVerdict.Right),
            Verdict("d", AuditVerdict.Unclear), Verdict("stranger", AuditVerdict.Right),
        ];
        Assert.Equal([new AuditScore("one/1", 3, 1, 1, 1), new AuditScore("two/1", 3, 2, 0, 1)], AuditScore.Of(open, history));
    }

    [Theory]
    // Newcombe 1998, table I, method 3: four decimals.
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Should_GiveWilsonsInterval_When_AnswersWereJudged(int agree, int judged, double low, double high)
    {
        (double Low, double High) interval = new AuditScore("one/1", judged, agree, 0, judged - agree).Wilson;
        Assert.Equal(low, interval.Low, 4);
        Assert.Equal(high, interval.High, 4);
    }

    private static List<string> Ids(IEnumerable<ProtocolDisagreement> rows) => [.. rows.Select(row => row.QuestionId)];

    private static string Digest(string id) => ContentHash.OfText(id).Hex;

    private static AuditVerdict Verdict(string id, string verdict) => new(id, Digest(id), verdict, "reader", Day, "");

    private static ProtocolDisagreement Open(string id, string one, string two) =>
        new(id, Digest(id), new(StringComparer.Ordinal) { ["one/1"] = one, ["two/1"] = two });
}
