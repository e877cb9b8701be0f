using System.Text.Json.Nodes;

namespace NaturalThoughts.Answers.Tests;

public class AnswerEqualityTests
{
    /// <summary>Categories that the plain-text rules claim; the others need algebra.</summary>
    private static readonly HashSet<string> Claimed = new(StringComparer.Ordinal)
    {
        "decimals", "fractions", "thousands", "percent", "units", "choice_letters", "near_miss", "string_traps", "malformed", "parse_fallback", "sampling_traps",
    };

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
    public void Should_BeSame_When_OnlyTheFormDiffers(string reference, string given)
    {
        Assert.True(AnswerEquality.Same(reference, given), $"{NormalForm.Of(reference)} and {NormalForm.Of(given)}");
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
    [InlineData("1, 2, 3", "3, 2, 1")]
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
        Assert.False(AnswerEquality.Same(reference, given), $"{NormalForm.Of(reference)} and {NormalForm.Of(given)}");
        Assert.False(AnswerEquality.Same(given, reference));
    }

    [Fact]
    public void Should_AgreeWithTheGoldens_When_PairsArePlainText()
    {
        // The four pairs of the claimed categories that need arithmetic: a ratio, a sum and two powers.
        string[] needArithmetic = ["3:4 ~ 6:8", "0.1+0.2 ~ 0.3", "100,000 ~ 10^5", "2^{64} ~ 18446744073709551616"];

        IEnumerable<string> disagreements = Scored().Where(row => Claimed.Contains(row.Text("category")) && Verdict(row) != row.Flag("expected"))
            .Select(row => $"{row.Text("gold")} ~ {row.Text("answer")}");

        Assert.Equal(needArithmetic.Order(StringComparer.Ordinal), disagreements.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Should_CreditNothingWrong_When_PairsNeedAlgebra()
    {
        IEnumerable<string> credited = Scored().Where(row => Verdict(row) && !row.Flag("expected")).Select(row => $"{row.Text("gold")} ~ {row.Text("answer")}");
        Assert.Empty(credited);
    }

    [Fact]
    public void Should_ChangeNothingMore_When_NormalFormIsTakenTwice()
    {
        Assert.Equal(NormalForm.Of("1 000.5"), NormalForm.Of(NormalForm.Of("1 000.5")));
        foreach (JsonNode row in Golden.Rows("equality_plain.jsonl"))
        {
            foreach (string text in new[] { row.Text("gold"), row.Text("answer") })
            {
                string once = NormalForm.Of(text);
                Assert.Equal(once, NormalForm.Of(once));
            }
        }
    }

    [Fact]
    public void Should_EndSoon_When_AnswersAreHuge()
    {
        foreach (string text in new[] { new string('7', 200_000), new string('(', 200_000), new string('$', 1_000_000), string.Concat(Enumerable.Repeat("1,", 100_000)), "1e999999999", new string(' ', 200_000), string.Concat(Enumerable.Repeat("a ", 100_000)), "\ud83d" })
        {
            Assert.False(AnswerEquality.Same("5", text));
        }
    }

    private static IEnumerable<JsonNode> Scored() => Golden.Rows("equality_plain.jsonl").Where(row => row.Flag("scored"));

    private static bool Verdict(JsonNode row) => AnswerEquality.Same(row.Text("gold"), row.Text("answer"));
}
