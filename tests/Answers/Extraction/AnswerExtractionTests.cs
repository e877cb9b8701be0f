using System.Text.Json.Nodes;
using NaturalThoughts.Answers.Extraction;

namespace NaturalThoughts.Answers.Tests.Extraction;

public class AnswerExtractionTests
{
    private static readonly string[] Gases = ["Oxygen", "Nitrogen", "Carbon dioxide", "Argon"];

    [Theory]
    [InlineData("Answer: C", "C")]
    [InlineData("answer : (c)", "C")]
    [InlineData("**Answer:** C", "C")]
    [InlineData("### Answer\n\nC", "C")]
    [InlineData("Answer: $\\boxed{\\text{(C)}}$", "C")]
    [InlineData("The answer is C.", "C")]
    [InlineData("Answer: B\nWait.\nAnswer: C", "C")]
    [InlineData("Answer: carbon dioxide", "C")]
    [InlineData("Answer: Ｃ", "C")]
    [InlineData("\\boxed{B} it is. Answer: C", "C")]
    [InlineData("(C)", "C")]
    [InlineData("Answer: C\n\nQuestion: And plants at night?\nAnswer: A", "C")]
    [InlineData("Answer: C) Argon", "C")]
    [InlineData("The answer is C. That the answer is plain", "C")]
    [InlineData("Answer: B or C", null)]
    [InlineData("Answer: either option B or option C", null)]
    [InlineData("Answer: E", null)]
    [InlineData("Answer: C\nAnswer: none of them", null)]
    [InlineData("Answer:", null)]
    [InlineData("A gas is taken up. I think so.", null)]
    [InlineData("Answer: a gas", null)]
    [InlineData("Answer: I do not know", null)]
    [InlineData("Answer: Oxygen and nitrogen", null)]
    [InlineData("", null)]
    public void Should_TakeTheLastCommitment_When_ThereAreOptions(string output, string? letter) =>
        Assert.Equal(letter, AnswerExtraction.Extract(output, Gases));

    [Theory]
    [InlineData("<think>Answer: B</think>\nAnswer: C", "C")]
    [InlineData("<THINK>Answer: B</THINK>\nAnswer: C", "C")]
    [InlineData("B it is</think>Answer: C", "C")]
    [InlineData("<think>a</think>Answer: B<think>b</think>Answer: C", "C")]
    [InlineData("<think>Answer: C</think>", null)]
    [InlineData("<think>Answer: C", null)]
    [InlineData("Answer: C\n<think>but", null)]
    public void Should_ReadBehindTheThinking_When_OutputThinks(string output, string? letter) =>
        Assert.Equal(letter, AnswerExtraction.Extract(output, Gases));

    [Theory]
    [InlineData("so 3+4 = 7.\nAnswer: 7", "7")]
    [InlineData("Answer: 7.", "7")]
    [InlineData("**Answer: 3/4**", "3/4")]
    [InlineData("Answer: $\\boxed{12.5}$", "12.5")]
    [InlineData("The answer is 12.5 cm. It is long.", "12.5 cm")]
    [InlineData("Answer: 1\nAnswer: 2", "2")]
    [InlineData("Answer: 2½", "2½")]
    [InlineData("Answer: -5", "-5")]
    [InlineData("Answer: *3*4*", "3*4")]
    [InlineData("Answer: A, B", "A, B")]
    [InlineData("we get \\boxed{\\frac{1}{2}}", "\\frac{1}{2}")]
    [InlineData("seven", null)]
    [InlineData("Answer: \n", null)]
    public void Should_GiveTheText_When_AnswerIsFree(string output, string? answer) => Assert.Equal(answer, AnswerExtraction.Extract(output, []));

    [Theory]
    [InlineData("Therefore I choose option D.", "D")]
    [InlineData("So D.", "D")]
    [InlineData("I would say B, nitrogen.", "B")]
    [InlineData("I'd go with (C), carbon dioxide.", "C")]
    [InlineData("Plants give off A, so C.", "C")]
    [InlineData("Only C remains.", "C")]
    [InlineData("Hence option C is right. A plant takes it up.", "C")]
    [InlineData("It is what we breathe out, which is option C. A plant takes it up.", "C")]
    [InlineData("Answer: B\nThat is wrong, so I choose C.", "C")]
    [InlineData("Answer: C\nAt night the answer would be A.", "C")]
    [InlineData("The answer would be C.", "C")]
    [InlineData("The answer is oxygen? No: carbon dioxide.", "C")]
    [InlineData("The answer is A? No, it is C.", "C")]
    [InlineData("The answer is A? No, oxygen is given off.", null)]
    [InlineData("If it were night, A is right.", null)]
    [InlineData("I would say B or C.", null)]
    [InlineData("I would not choose B.", null)]
    [InlineData("So A plant takes it up", null)]
    [InlineData("So I give up.", null)]
    [InlineData("It could be C, or possibly D; I cannot tell which.", null)]
    [InlineData("The answer is C. However, some say A.", "C")]
    [InlineData("The answer is A... no, C!", "C")]
    [InlineData("Answer: A. Wait, it is C.", "C")]
    [InlineData("Answer: C, no doubt.", "C")]
    [InlineData("If it were night, the answer would be A. But it is day: C.", "C")]
    [InlineData("In conclusion, C.", "C")]
    [InlineData("Out of these, (C).", "C")]
    [InlineData("The field is B.", null)]
    [InlineData("Option C", "C")]
    [InlineData("{\"choice\": \"C\"}", "C")]
    [InlineData("C. Argon", "C")]
    [InlineData("1. A: no\n2. C: yes\n\n**C**", "C")]
    [InlineData("C\n\nQuestion: And at night?\nAnswer: A", "C")]
    [InlineData("The answer is C.\n\n### Question 2\nAnswer: A", "C")]
    [InlineData("正确答案是C。", "C")]
    [InlineData("故选 C", "C")]
    [InlineData("正解はCです。", "C")]
    [InlineData("정답은 C입니다.", "C")]
    [InlineData("La risposta corretta è C.", "C")]
    [InlineData("Svar: C", "C")]
    [InlineData("Given: oxygen", null)]
    public void Should_TakeTheLetter_When_APhraseChoosesIt(string output, string? letter) => Assert.Equal(letter, AnswerExtraction.Extract(output, Gases));

    [Theory]
    [InlineData("Carbon dioxide, I believe.", "C")]
    [InlineData("carbon dioxide", "C")]
    [InlineData("A plant takes up carbon dioxide for this.", "C")]
    [InlineData("Photosynthesis needs a gas. It is carbon dioxide.", "C")]
    [InlineData("It is carbon dioxide, not oxygen.", "C")]
    [InlineData("It takes up carbon dioxide. I hope this helps!", "C")]
    [InlineData("Oxygen is given off, carbon dioxide is taken up.", null)]
    [InlineData("It takes up carbon dioxide. The plant then", null)]
    [InlineData("Is it carbon dioxide?", null)]
    [InlineData("I cannot say whether it is carbon dioxide.", null)]
    [InlineData("It is not oxygen.", null)]
    public void Should_TakeTheOption_When_TheLastSentenceNamesItByItsWords(string output, string? letter) =>
        Assert.Equal(letter, AnswerExtraction.Extract(output, Gases));

    [Theory]
    [InlineData("\\boxed{54\\text{ diagonals}}", "54\\text{ diagonals}")]
    [InlineData("\\boxed{\\text{Cleo}}", "Cleo")]
    [InlineData("\\boxed{\\frac{1}{\\left(\\sqrt{36}\\right)^{2}}}", "\\frac{1}{\\left(\\sqrt{36}\\right)^{2}}")]
    [InlineData("\\boxed {7}", "7")]
    [InlineData("$\\boxed \\frac{9}{2}$", "\\frac{9}{2}")]
    [InlineData("We find 142 - 14 = 128, so \\boxed{128", "128")]
    [InlineData("$\\boxed{-1}$ and $\\boxed{6}$.", "-1, 6")]
    [InlineData("$x=\\boxed{2}$ and $y=\\boxed{5}$", "x=2, y=5")]
    [InlineData("$\\boxed{[3,8)}\\cup\\boxed{(8,\\infty)}$", "[3,8)\\cup(8,\\infty)")]
    [InlineData("The product is $\\boxed{2}$. The sum is $\\boxed{9}$.", "9")]
    [InlineData("\\boxed{\\{-1,6\\}}", "\\{-1,6\\}")]
    [InlineData("\\boxed{}", null)]
    public void Should_KeepTheFormula_When_ItIsBoxed(string output, string? answer) => Assert.Equal(answer, AnswerExtraction.Extract(output, []));

    [Theory]
    [InlineData("The sum of the roots is $\\frac{9}{2}$.", "\\frac{9}{2}")]
    [InlineData("142 - 14 = 128", "128")]
    [InlineData("x = -1 or x = 6", "x = -1 or x = 6")]
    [InlineData("The point is (2, 5).", "(2, 5)")]
    [InlineData("They add to 9/2", "9/2")]
    [InlineData("{\"final_answer\": \"1/36\"}", "1/36")]
    [InlineData("Final Answer: The final answer is $7$. I hope it is correct.\n\nProblem: And 8?\nSolution: \\boxed{9}", "7")]
    [InlineData("The multiples are 105, 112, 119,", null)]
    [InlineData("I am not able to solve this.", null)]
    [InlineData("That settles it.", null)]
    public void Should_TakeTheValueAtTheEnd_When_NothingIsLabelled(string output, string? answer) => Assert.Equal(answer, AnswerExtraction.Extract(output, []));

    [Fact]
    public void Should_FindTheExpectedAnswer_When_ComparedWithTheGoldens()
    {
        List<string> wrong = [];
        foreach (JsonNode row in Golden.Rows("extraction_options.jsonl").Where(row => row.Flag("scored")))
        {
            string? expected = row["expected"]?.GetValue<string>();
            string? actual = AnswerExtraction.Extract(row.Text("response"), [.. row["options"]!.AsArray().Select(option => option!.GetValue<string>())]);
            if (actual != expected)
            {
                wrong.Add(row.Text("id"));
            }
        }

        // \frac{PL}{4} is the option PL/4: a matter of equality.
        Assert.Empty(wrong.Except(["x-super-057"]));
    }

    [Fact]
    public void Should_AgreeOnWhatIsVisible_When_ComparedWithTheGoldens()
    {
        foreach (JsonNode row in Golden.Rows("extraction_options.jsonl"))
        {
            Assert.Equal(row["visible"]?.GetValue<string>(), Thinking.Visible(row.Text("response")));
        }
    }

    [Theory]
    [InlineData("answer: ")]
    [InlineData("\\boxed{")]
    [InlineData("\\boxed{a}")]
    [InlineData("{")]
    [InlineData("\n")]
    [InlineData("Answer\n")]
    [InlineData("Question:")]
    [InlineData("\nQuestion:")]
    [InlineData("the answer is \ud83d")]
    [InlineData("\\boxed")]
    [InlineData("\\boxed{a} and ")]
    [InlineData("so ")]
    [InlineData("I choose the option ")]
    [InlineData("(((")]
    [InlineData("not ")]
    [InlineData("$x$ = ")]
    [InlineData("\\text{")]
    [InlineData("the answer is a? no ")]
    [InlineData(" ")]
    [InlineData("\t ")]
    public void Should_EndSoon_When_OutputRepeatsItself(string part)
    {
        string output = string.Concat(Enumerable.Repeat(part, 1_000_000 / part.Length));
        Hang.IsNone(() =>
        {
            foreach (string[] options in new[] { Gases, [] })
            {
                AnswerExtraction.Extract(output, options);
                AnswerExtraction.Extract("Answer: " + output, options);
                AnswerExtraction.Extract(output + ".", options);
            }
        });
    }

    [Theory]
    [InlineData("\\boxed{a}", "\\boxed{b}")]
    [InlineData("The right option is A", "or B")]
    [InlineData("Answer: B *", "*")]
    [InlineData("Answer:", "B")]
    public void Should_EndSoon_When_BlanksAreBetween(string before, string after)
    {
        string output = before + new string(' ', 1_000_000) + after;
        Hang.IsNone(() =>
        {
            AnswerExtraction.Extract(output, Gases);
            AnswerExtraction.Extract(output, []);
        });
    }
}
