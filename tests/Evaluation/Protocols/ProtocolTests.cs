using NaturalThoughts.Evaluation.Protocols;
using NaturalThoughts.Records;

namespace NaturalThoughts.Evaluation.Tests.Protocols;

public class ProtocolTests
{
    private static readonly string[] Units = ["Weber", "Tesla", "Henry", "Farad", "Siemens", "Volt", "Ampere", "Ohm", "Joule", "Lumen"];

    [Theory]
    // The first "answer is" counts, whatever follows.
    [InlineData("mmlu-pro-local/f418b11", "The answer is (B). No, the answer is (C).", "B")]
    // A letter that is no capital is ignored, the next place counts.
    [InlineData("mmlu-pro-local/f418b11", "The answer is b. The answer is C", "C")]
    // On the first line that has a label the last one counts; white space may cross lines.
    [InlineData("mmlu-pro-local/f418b11", "Answer: A Answer: B\nAnswer: C", "B")]
    [InlineData("mmlu-pro-local/f418b11", "answer:\n\n D", "D")]
    [InlineData("mmlu-pro-local/f418b11", "answer: none\nanswer: D", "D")]
    // The pronoun and the article are letters; K is none; a combining mark ends a word, a digit or an underscore does not.
    [InlineData("mmlu-pro-local/f418b11", "I don't know.", "I")]
    [InlineData("mmlu-pro-local/f418b11", "B2 _C D\u0301 K", "D")]
    [InlineData("mmlu-pro-local/f418b11", "\U0001D400B and C\U0001D400", null)]
    [InlineData("mmlu-pro-local/f418b11", "**Answer:** B", "B")]
    [InlineData("mmlu-pro-api/f418b11", "The answer is **(B)**", "B")]
    [InlineData("simple-evals-gpqa/ee3b031", "answer : $c", "c")]
    [InlineData("simple-evals-gpqa/ee3b031", "Answer:\nC", null)]
    [InlineData("simple-evals-mmlu/ee3b031", "$\\boxed{Answer: B}$", "B")]
    [InlineData("simple-evals-mmlu/ee3b031", "ANTWORT : B", "B")]
    [InlineData("simple-evals-mmlu/ee3b031", "\u0627\u0644\u0625\u062c\u0627\u0628\u0629: \u062c", "C")]
    // Ranges of the pattern hold letters that mean no option.
    [InlineData("simple-evals-mmlu/ee3b031", "\u0627\u0644\u0625\u062c\u0627\u0628\u0629: \u062a", "\u062a")]
    [InlineData("lm-eval-gpqa-strict/2.2", "The answer is C", "")]
    [InlineData("lm-eval-gpqa-strict/2.2", "The answer is \nThe answer is (B).", "(B)")]
    [InlineData("lm-eval-gpqa-strict/2.2", "the answer is (B).", "[invalid]")]
    // Options' words count inside of other words, the last one, without punctuation.
    [InlineData("lm-eval-gpqa-flexible/2.2", "Voltage, or microfarads", "(D)")]
    [InlineData("lm-eval-gpqa-flexible/2.2", "it is: B", "(B)")]
    [InlineData("lm-eval-gpqa-flexible/2.2", "(B) and then (Z)", "(Z)")]
    [InlineData("supergpqa-zero-shot/03a3e27", "Answer: B\nA weber per square metre is the same.", "A")]
    [InlineData("supergpqa-zero-shot/03a3e27", "The answer is \\boxed{\\text{b}}.", "b")]
    [InlineData("supergpqa-zero-shot/03a3e27", "The answer is Ohm (8).", "H")]
    [InlineData("supergpqa-zero-shot/03a3e27", "Answer: Ohm", null)]
    [InlineData("supergpqa-zero-shot/03a3e27", "**Ohm**", "H")]
    [InlineData("supergpqa-zero-shot/03a3e27", "Ohms", null)]
    [InlineData("supergpqa-five-shot/03a3e27", "Answer: B\n\nQuestion: next\nAnswer: C", "B")]
    [InlineData("supergpqa-five-shot/03a3e27", "hm\n\nQuestion: next\nAnswer: C", "C")]
    [InlineData("skythought-gpqa/0d190f1", "Answer: C, a gas", "A")]
    [InlineData("math-verify-letters/0.9.0", "Answer: B or C", "B")]
    [InlineData("mmlu-pro-local/f418b11+after-thinking", "<think>The answer is A</think>The answer is B", "B")]
    [InlineData("mmlu-pro-local/f418b11+after-thinking", "<think>The answer is A", null)]
    public void Should_FindWhatTheRulesFind_When_TheQuestionHasOptions(string id, string response, string? text) =>
        Assert.Equal(text, ProtocolCatalog.Find(id)!.Extract(response, Question()).Text);

    [Theory]
    [InlineData("mmlu-pro-api/f418b11", 0.1)]
    [InlineData("mmlu-pro-local/f418b11", 0.1)]
    [InlineData("mmlu-pro-level1/f418b11", 0.1)]
    [InlineData("lm-eval-mmlu-pro/3.1", 0)]
    public void Should_GiveTheChance_When_TheProgramDraws(string id, double chance) =>
        Assert.Equal(chance, ProtocolCatalog.Find(id)!.Extract("no letter here", Question()).Chance);

    [Fact]
    public void Should_DrawAmongTheOptions_When_ThereAreFew()
    {
        Question question = new("q", "?", "A") { Options = ["yes", "no", "maybe", "never"] };
        Assert.Equal(0.25, ProtocolCatalog.Find("mmlu-pro-local/f418b11")!.Extract("hm", question).Chance);
        Assert.Equal(0.1, ProtocolCatalog.Find("mmlu-pro-level1/f418b11")!.Extract("hm", question).Chance);
    }

    [Theory]
    // An integer on both sides of the slash, else lm-evaluation-harness compares the texts as they are.
    [InlineData("hendrycks-last-boxed/985bdc1", "1/2", "\\frac12", true)]
    [InlineData("hendrycks-last-boxed/985bdc1", "a /b", "a/b", true)]
    [InlineData("lm-eval-hendrycks-math/1.0", "a /b", "a/b", false)]
    [InlineData("hendrycks-last-boxed/985bdc1", "5\\text{ m}", "5", true)]
    [InlineData("hendrycks-last-boxed/985bdc1", "\\frac", "\\frac", true)]
    [InlineData("hendrycks-last-boxed/985bdc1", "\\frac", " \\frac", false)]
    [InlineData("hendrycks-last-boxed/985bdc1", "01/2", "\\frac{1}{2}", false)]
    [InlineData("lm-eval-minerva-exact/3.0", "4.50", "\\frac{9}{2}", true)]
    [InlineData("lm-eval-minerva-exact/3.0", "x+1", "1+x", null)]
    [InlineData("qwen-math/a45202b", "0.50001", "0.5", true)]
    [InlineData("qwen-math/a45202b", "50", "0.5", true)]
    [InlineData("qwen-math/a45202b", "(1,2)", "(1,2.00001)", true)]
    [InlineData("qwen-math/a45202b", "7", "8", false)]
    [InlineData("prm800k/7ecc794", "1,234", "1234", true)]
    [InlineData("prm800k/7ecc794", "2/4", "1/2", false)]
    [InlineData("prm800k/7ecc794", "(1,2,3)", "(1,2)", false)]
    [InlineData("prm800k/7ecc794", "x+1", "1+x", null)]
    public void Should_CompareByTheRules_When_TheAnswerIsMathematics(string id, string given, string reference, bool? same) =>
        Assert.Equal(same, ProtocolCatalog.Find(id)!.Same(new Question("q", "?", reference), given));

    [Theory]
    [InlineData("one hundred and twenty-eight", "128")]
    [InlineData("two million twenty three thousand and forty nine", "2023049")]
    [InlineData("thousand million", null)]
    [InlineData("apples", null)]
    [InlineData("007", "7")]
    [InlineData("\u0664\u0662", "42")]
    public void Should_ReadNumberWords_When_QwenDoes(string text, string? number) => Assert.Equal(number, NumberWords.Read(text));

    [Theory]
    [InlineData("answer is ")]
    [InlineData("The answer is (((")]
    [InlineData("the ")]
    [InlineData("the answer ")]
    [InlineData("Answer:")]
    [InlineData("Answer: *")]
    [InlineData("(")]
    [InlineData("*$\\{")]
    [InlineData("\\boxed{")]
    [InlineData("\\boxed{}")]
    [InlineData("Final Answer: The final answer is ")]
    [InlineData("final answer ")]
    [InlineData("a ")]
    [InlineData(" ")]
    [InlineData("\n")]
    [InlineData("1")]
    [InlineData("1,")]
    [InlineData("$")]
    [InlineData("Question:")]
    [InlineData("\\frac")]
    public void Should_EndSoon_When_TheResponseRepeatsItself(string part)
    {
        string response = string.Concat(Enumerable.Repeat(part, 1_000_000 / part.Length));
        Question question = Question();
        foreach (string id in ProtocolCatalog.Ids.Where(id => !id.Contains('+', StringComparison.Ordinal)))
        {
            IGradingProtocol protocol = ProtocolCatalog.Find(id)!;
            Hang.IsNone(() =>
            {
                if (protocol.Extract(response, question).Text is { } text)
                {
                    protocol.Same(question, text);
                }
            });
        }
    }

    private static Question Question() => new("q", "In which unit is magnetic flux density given?", "B") { Options = Units };
}
