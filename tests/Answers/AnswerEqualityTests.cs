using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Answers.Tests;

public class AnswerEqualityTests
{
    [Theory]
    [InlineData("0.50", "1/2")]
    [InlineData("1/2", "2/4")]
    [InlineData("1/2", " 2 / 4 ")]
    [InlineData("13/5", "2 3/5")]
    [InlineData("-13/5", "-2 3/5")]
    [InlineData("2.5", "2½")]
    [InlineData("1234567", "1,234,567")]
    [InlineData("1234567", "1\u2009234\u2009567")]
    [InlineData("1234567", "1{,}234{,}567")]
    [InlineData("-5", "−5.0")]
    [InlineData("5", "+05")]
    [InlineData("0", "-0.00")]
    [InlineData("320000", "3.2e5")]
    [InlineData("40%", "40")]
    [InlineData("40%", "0.4")]
    [InlineData("2/5", "40 %")]
    [InlineData("40 %", "40.0%")]
    [InlineData("$1,250.00", "1250")]
    [InlineData("42", "٤٢")]
    [InlineData("42", "４２")]
    [InlineData("42", "$42$.")]
    [InlineData("C", "(c)")]
    [InlineData("C", "c)")]
    [InlineData("C", "C.")]
    [InlineData("C", "(C) It doubles")]
    [InlineData("Paris", "  paris. ")]
    [InlineData("red car", "The red  Car")]
    [InlineData("B, D, E", "B,D,E")]
    [InlineData("08:30", "8:30")]
    [InlineData("36 cm", "36.0 CM")]
    [InlineData("12,345 km", "12345 km")]
    [InlineData("don't", "don’t")]
    [InlineData("a=1", "a = 1.0")]
    [InlineData("1, 2, 3", "3, 2, 1")]
    public void Should_BeSame_When_OnlyTheFormDiffers(string reference, string given)
    {
        Assert.True(AnswerEquality.Same(reference, given), AnswerEquality.Compare(reference, given).Reason);
        Assert.True(AnswerEquality.Same(given, reference));
    }

    [Theory]
    [InlineData("1/3", "0.3333333333")]
    [InlineData("0.4", "40")]
    [InlineData("50%", "50°")]
    [InlineData("$5", "€5")]
    [InlineData("6", "6m")]
    [InlineData("36 cm", "36 m")]
    [InlineData("12.5", "12,5")]
    [InlineData("10,080", "10.080")]
    [InlineData("1,234", "1, 234")]
    [InlineData("1234", "(1,234)")]
    [InlineData("123", "1,2,3")]
    [InlineData("17", "1 7")]
    [InlineData("abc", "acb")]
    [InlineData("22", "2²")]
    [InlineData("21/2", "2½")]
    [InlineData("5", "5!")]
    [InlineData("5:00", "10:00")]
    [InlineData("1/0", "0")]
    [InlineData("9007199254740993", "9007199254740992")]
    [InlineData("C", "D")]
    [InlineData("a", "b c")]
    [InlineData("", "")]
    [InlineData("5", "   ")]
    [InlineData("...", ".")]
    [InlineData("1.5", "1 000.5")]
    [InlineData("5.5", "5 0.5")]
    [InlineData("A", "(A) and (B)")]
    [InlineData("(x) = 3", "(x) = 4")]
    [InlineData("r", "R")]
    [InlineData("5 m", "5 M")]
    public void Should_Differ_When_TheValueDiffers(string reference, string given)
    {
        Assert.False(AnswerEquality.Same(reference, given), AnswerEquality.Compare(reference, given).Reason);
        Assert.False(AnswerEquality.Same(given, reference));
    }

    [Theory]
    [InlineData("equality.jsonl")]
    [InlineData("equality_own.jsonl")]
    public void Should_AgreeWithACarefulReader_When_PairsAreDecidedByHand(string fixture)
    {
        List<JsonNode> scored = [.. Golden.Rows(fixture).Where(row => row["scored"]?.GetValue<bool>() ?? true)];

        List<string> refused = [.. scored.Where(row => row.Flag("expected") && !Verdict(row)).Select(Shown)];
        List<string> credited = [.. scored.Where(row => !row.Flag("expected") && Verdict(row)).Select(Shown)];

        Assert.Empty(credited);
        Assert.True(refused.Count <= 0.02 * scored.Count, string.Join('\n', refused));
    }

    [Fact]
    public void Should_ChangeNothingMore_When_NormalFormIsTakenTwice()
    {
        Assert.Equal(NormalForm.Of("1 000.5"), NormalForm.Of(NormalForm.Of("1 000.5")));
        foreach (JsonNode row in Golden.Rows("equality.jsonl"))
        {
            foreach (string text in new[] { row.Text("gold"), row.Text("answer") })
            {
                string once = NormalForm.Of(text);
                Assert.Equal(once, NormalForm.Of(once));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Huge))]
    public void Should_EndSoon_When_AnswersAreHuge(string name, string answer)
    {
        // Work is counted: what these ask for is beyond its bound, or is never begun. A hang is ended by the runner.
        Assert.True(AnswerEquality.Compare("5", answer).Equality != Equality.Equal, name);
        Assert.True(AnswerEquality.Compare(answer, "5").Equality != Equality.Equal, name);
    }

    public static TheoryData<string, string> Huge()
    {
        TheoryData<string, string> data = new()
        {
            { "digits", new string('7', 200_000) },
            { "brackets", new string('(', 200_000) },
            { "closed brackets", new string('(', 20_000) + "8" + new string(')', 20_000) },
            { "nested sums", string.Concat(Enumerable.Repeat("(1+", 5_000)) + "1" + new string(')', 5_000) },
            { "nested roots", string.Concat(Enumerable.Repeat("\\sqrt{", 900)) + "7" + new string('}', 900) },
            { "a list", string.Concat(Enumerable.Repeat("1,", 100_000)) },
            { "a short list", string.Concat(Enumerable.Repeat("1,", 4_000)) + "1" },
            { "a power of ten", "1e999999999" },
            { "a tower", "9^9^9" },
            { "a tower in TeX", "9^{9^{9^{9}}}" },
            { "a factorial", "99999999!" },
            { "a factorial of a factorial", "((9!)!)!" },
            { "a long sum", "\\sum_{k=1}^{10^{12}} \\frac{1}{k}" },
            { "an expansion", "(a+b+c+d+f+g+h)^{100}" },
            {
                "a determinant",
                "\\begin{vmatrix}" + string.Concat(Enumerable.Repeat(string.Concat(Enumerable.Repeat("x & ", 39)) + "1 \\\\ ", 40)) + "\\end{vmatrix}"
            },
            { "blanks", new string(' ', 200_000) },
            { "words", string.Concat(Enumerable.Repeat("a ", 100_000)) },
            { "dollars", new string('$', 1_000_000) },
            { "short dollars", new string('$', 19_000) + "7" },
            { "signs", new string('-', 15_000) + "x" },
            { "letters", new string('x', 1_000_000) },
            { "half a character", "\ud83d" },
        };
        return data;
    }

    [Theory]
    [InlineData("1", "\\int_0^{\\infty} e^{-x^{x^{x}}} dx")]
    [InlineData("10^{10^{10}}", "e^{10^{10}}+10^{10^{10}}-e^{10^{10}}")]
    [InlineData("30%-35%", "80%-85%")]
    [InlineData("abc", "acb")]
    [InlineData("x^2+y^2=1", "x^2+y^2=1+x^3")]
    public void Should_BeUndecided_When_ItCannotBeTold(string reference, string answer)
    {
        Assert.Equal(Equality.Undecided, AnswerEquality.Compare(reference, answer).Equality);
        Assert.False(AnswerEquality.Same(reference, answer));
    }

    [Fact]
    public void Should_EqualItself_When_ANumberHasThousandsOfDigits()
    {
        string digits = new('7', 5_000);
        Assert.True(AnswerEquality.Same(digits, digits));
        Assert.False(AnswerEquality.Same(digits, digits[1..] + "8"));
    }

    [Fact]
    public void Should_GiveTheSameVerdicts_When_ManyThreadsCompare()
    {
        List<JsonNode> rows = Golden.Rows("equality.jsonl");
        EqualityVerdict[] alone = [.. rows.Select(row => AnswerEquality.Compare(row.Text("gold"), row.Text("answer")))];
        EqualityVerdict[] together = new EqualityVerdict[rows.Count * 4];
        Parallel.For(0, together.Length, new ParallelOptions { MaxDegreeOfParallelism = 16 }, i =>
        {
            JsonNode row = rows[i % rows.Count];
            together[i] = AnswerEquality.Compare(row.Text("gold"), row.Text("answer"));
        });
        Assert.All(together.Select((verdict, i) => (verdict, i)), pair => Assert.Equal(alone[pair.i % rows.Count], pair.verdict));
    }

    [Fact]
    public void Should_GiveAVerdict_When_AnswersAreCutOffAnywhereOrGarbled()
    {
        // Cut after every sign, and with one sign of another answer put in or one left out: no exception, and never the credit of a wrong number.
        List<JsonNode> rows = Golden.Rows("equality_own.jsonl");
        SeededRandom random = SeededRandom.From("variants of answers");
        Parallel.ForEach(Variants(rows, random), new ParallelOptions { MaxDegreeOfParallelism = 2 }, pair => AnswerEquality.Compare(pair.Gold, pair.Answer));
    }

    private static List<(string Gold, string Answer)> Variants(List<JsonNode> rows, SeededRandom random)
    {
        List<(string, string)> variants = [];
        foreach (JsonNode row in rows.Where(row => row.Text("answer").Length < 80))
        {
            (string gold, string answer) = (row.Text("gold"), row.Text("answer"));
            string other = rows[random.Next(rows.Count)].Text("answer");
            for (int at = 0; at < answer.Length; at++)
            {
                variants.Add((gold, answer[..at]));
                variants.Add((answer[at..], gold));
                variants.Add((gold, answer.Remove(at, 1)));
                variants.Add((gold, answer.Insert(at, other.Length > 0 ? other[random.Next(other.Length)].ToString() : "(")));
            }
        }

        return variants;
    }

    private static string Shown(JsonNode row)
    {
        EqualityVerdict verdict = AnswerEquality.Compare(row.Text("gold"), row.Text("answer"));
        return $"{row.Text("id")}: {row.Text("gold")} ~ {row.Text("answer")}: {verdict.Equality}, {verdict.Reason}";
    }

    private static bool Verdict(JsonNode row) => AnswerEquality.Same(row.Text("gold"), row.Text("answer"));
}
