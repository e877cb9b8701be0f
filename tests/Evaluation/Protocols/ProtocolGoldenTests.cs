using System.Text.Json.Nodes;
using NaturalThoughts.Evaluation.Protocols;
using NaturalThoughts.Records;

namespace NaturalThoughts.Evaluation.Tests.Protocols;

/// <summary>Every column of the fixtures that is a rule, verdict for verdict: what other programs answered when run (Fixtures/ORIGIN.md).</summary>
public class ProtocolGoldenTests
{
    /// <summary>Column, protocol, responses, and how many verdicts a symbolic engine gave that no rule gives.</summary>
    public static TheoryData<string, string, int, int> Columns => new()
    {
        { "simple_evals_gpqa", "simple-evals-gpqa/ee3b031", 254, 0 },
        { "simple_evals_mmlu", "simple-evals-mmlu/ee3b031", 254, 0 },
        { "mmlu_pro_api", "mmlu-pro-api/f418b11", 254, 0 },
        { "mmlu_pro_local", "mmlu-pro-local/f418b11", 254, 0 },
        { "mmlu_pro_level1", "mmlu-pro-level1/f418b11", 254, 0 },
        { "lm_eval_mmlu_pro", "lm-eval-mmlu-pro/3.1", 254, 0 },
        { "lm_eval_gpqa_strict", "lm-eval-gpqa-strict/2.2", 254, 0 },
        { "lm_eval_gpqa_flexible", "lm-eval-gpqa-flexible/2.2", 254, 0 },
        { "supergpqa_zero_shot", "supergpqa-zero-shot/03a3e27", 254, 0 },
        { "supergpqa_five_shot", "supergpqa-five-shot/03a3e27", 254, 0 },
        { "skythought_gpqa", "skythought-gpqa/0d190f1", 254, 0 },
        { "math_verify_letters", "math-verify-letters/0.9.0", 254, 0 },
        { "hendrycks_last_boxed", "hendrycks-last-boxed/985bdc1", 347, 0 },
        { "lm_eval_hendrycks_math", "lm-eval-hendrycks-math/1.0", 93, 0 },
        { "simple_evals_math", "simple-evals-math/ee3b031", 93, 0 },
        { "lm_eval_minerva_exact", "lm-eval-minerva-exact/3.0", 93, 0 },
        { "qwen_math", "qwen-math/a45202b", 93, 36 },
    };

    [Theory]
    [MemberData(nameof(Columns))]
    public void Should_AnswerAsTheProgramDid_When_GivenAResponse(string column, string id, int responses, int undecided)
    {
        List<string> wrong = [];
        (int seen, int open) = (0, 0);
        foreach (JsonNode row in Golden.Rows("extraction.jsonl"))
        {
            Question question = row.Question();
            foreach ((string set, string suffix) in new[] { ("protocols", ""), ("protocols_on_visible", "+after-thinking") })
            {
                if (row[set]?[column] is not JsonArray golden)
                {
                    continue;
                }

                IGradingProtocol protocol = ProtocolCatalog.Find(id + suffix)!;
                Reading reading = protocol.Extract(row.Text("response"), question);
                bool? correct = reading.IsGuess ? null
                    : reading.Text is { } text ? protocol.Same(question, text)
                    : column == "simple_evals_math" ? null : false;
                bool? expected = golden[1]?.GetValue<bool>();
                bool leftOpen = correct is null && expected is not null;
                if (reading.Text != golden[0]?.GetValue<string>() || (correct != expected && !leftOpen))
                {
                    wrong.Add($"{row.Text("id")}{suffix}: {reading.Text ?? "none"} {correct}");
                }

                seen += set == "protocols" ? 1 : 0;
                open += leftOpen ? 1 : 0;
            }
        }

        Assert.Empty(wrong);
        Assert.Equal((responses, undecided), (seen, open));
    }

    [Theory]
    [InlineData("hendrycks_is_equiv", "hendrycks-last-boxed/985bdc1", 734)]
    [InlineData("prm800k_grade_answer", "prm800k/7ecc794", 205)]
    [InlineData("qwen_math_equal", "qwen-math/a45202b", 193)]
    public void Should_CompareAsTheProgramDid_When_ARuleDecides(string column, string id, int decided)
    {
        IGradingProtocol protocol = ProtocolCatalog.Find(id)!;
        List<string> wrong = [];
        int seen = 0;
        foreach (JsonNode row in Golden.Rows("math_equality.jsonl"))
        {
            Question question = row.Question();
            string answer = row.Text("answer");
            JsonNode golden = row["verdicts"]![column]!;
            bool? same = protocol.Same(question, column == "qwen_math_equal" ? QwenString.Strip(answer) : answer);
            seen += same is null ? 0 : 1;
            if (same is not null && same != (golden.GetValueKind() == System.Text.Json.JsonValueKind.True))
            {
                wrong.Add(row.Text("id"));
            }
        }

        Assert.Empty(wrong);
        Assert.Equal(decided, seen);
    }

    [Fact]
    public void Should_AnswerAsACarefulReader_When_TheProtocolIsOurs()
    {
        IGradingProtocol ours = ProtocolCatalog.Find(GradingProtocol.StrictAnswerLine)!;
        List<JsonNode> rows = [.. Golden.Rows("extraction.jsonl").Where(row => row["scored"]!.GetValue<bool>())];
        List<string> wrong =
        [
            .. rows.Where(row =>
                (Graded.Of(ours, row.Text("response"), row.Question()).Verdict == Verdict.Right) != row["expected"]!["correct"]!.GetValue<bool>())
                .Select(row => row.Text("id")),
        ];

        // At least 98 % of the 337 that are scored.
        Assert.Equal(337, rows.Count);
        Assert.True(wrong.Count <= 6, string.Join(", ", wrong));
    }
}
