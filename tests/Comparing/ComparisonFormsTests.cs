using System.Text.RegularExpressions;
using NaturalThoughts.Reporting.Tables;
using NaturalThoughts.Sources.Runs;
using NaturalThoughts.Statistics;

namespace NaturalThoughts.Comparing.Tests;

public sealed class ComparisonFormsTests
{
    private static readonly RunComparison Comparison = RunComparison.Of(
        [Runs.Of("A", "a/one=0 b/two=0 c/three=1 d/four=1"), Runs.Of("B", "a/one=1 b/two=1 c/three=1 d/four=0")],
        new CompareOptions());

    [Fact]
    public void Should_SayItInLines_When_ItIsForATerminal() => Assert.Equal(
        """
        Sums: 4 questions
          A: 50.00 % (15.00 to 85.00), graded by acc, 10.0 tokens an answer
          B: 75.00 % (30.06 to 95.44), graded by acc, 10.0 tokens an answer
          B - A: +25.00 points (-100.00 to 100.00), p 1.0 (McNemar's exact test)
            2 questions better, 1 worse; 2 of them:
            'a': wrong -> right, 'answer0' -> 'answer1'  'one'
            'b': wrong -> right, 'answer0' -> 'answer1'  'two'

        """.ReplaceLineEndings("\n"),
        ComparisonText.Plain(Comparison, 2));

    [Fact]
    public void Should_WriteTables_When_ItIsMarkdown() => Assert.Equal(
        """
        ## Sums: 4 questions

        | run | accuracy % | 95 % interval | tokens | graded by |
        | --- | --- | --- | --- | --- |
        | A | 50.00 | 15.0 to 85.0 | 10.0 | acc |
        | B | 75.00 | 30.1 to 95.4 | 10.0 | acc |

        | run | against | difference | 95 % interval | p | p (Holm) | detectable | questions better | questions worse | test |
        | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
        | B | A | +25.00 | -100.0 to 100.0 | 1.0 | 1.0 |  | 2 | 1 | McNemar's exact test |

        ### Flipped questions (1 of 3)

        | question | run | was | is | answer was | answer is | text |
        | --- | --- | --- | --- | --- | --- | --- |
        | a | B | wrong | right | answer0 | answer1 | one |

        """.ReplaceLineEndings("\n"),
        Below(ComparisonText.Markdown(Comparison, 1)));

    [Fact]
    public void Should_WriteEveryNumber_When_ItIsCsv()
    {
        Assert.Equal(
            [
                "benchmark,run,model,metric,questions,repeats,accuracy,se,low,high,tokens,against,difference,difference_low,difference_high,p,p_holm,"
                + "detectable,detectable_holm,better,worse,test",
                "Sums,A,,acc,4,1,0.500000,0.288675,0.150039,0.849961,10.00,,,,,,,,,,,",
                "Sums,B,,acc,4,1,0.750000,0.250000,0.300642,0.954413,10.00,A,0.250000,-1.000000,1.000000,1.0,1.0,,,2,1,McNemar's exact test",
                "",
            ],
            ComparisonCsv.Write(Comparison).Split('\n'));
        Assert.Equal(
            ["benchmark,run,against,question,score_against,score,answer_against,answer,text,repeat", "Sums,B,A,a,0.000000,1.000000,answer0,answer1,one,"],
            ComparisonCsv.Flips(Comparison).Split('\n').Take(2));
    }

    [Fact]
    public void Should_CountRightAnswers_When_ThereAreRepeats()
    {
        RunComparison comparison = RunComparison.Of([Runs.Of("A", "a=0011 b=0000"), Runs.Of("B", "a=0111 b=0050")], new CompareOptions());
        string text = ComparisonText.Plain(comparison, 9);
        Assert.Contains("Sums: 2 questions, 4 answers each\n", text, StringComparison.Ordinal);
        Assert.Contains("    'a': 2/4 -> 3/4, answer 2: 'answer0' -> 'answer1'\n", text, StringComparison.Ordinal);
        Assert.Contains("    'b': 0/4 -> 0.125, ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_TellTheRepeatThatFlipped_When_RepeatsAreRuns()
    {
        RecordedRun Run(string label, string answers) =>
            new(label, "/" + label, [Runs.Task(answers) with { RepeatsAreRuns = true, RepeatNames = ["seed 3", "seed 5"] }]);
        RunComparison comparison = RunComparison.Of([Run("A", "a=11 b=10 c=01 d=00"), Run("B", "a=10 b=01 c=10 d=00")], new CompareOptions());

        Assert.EndsWith(
            """
                0 questions better, 1 worse (2 more flipped both ways):
                'a': 2/2 -> 1/2, seed 5: 'answer1' -> 'answer0'

            """.ReplaceLineEndings("\n"),
            ComparisonText.Plain(comparison, 9),
            StringComparison.Ordinal);
        string page = ComparisonText.Markdown(comparison, 9);
        Assert.Contains("- B against A: 2 more flipped both ways, as often the one as the other.\n", page, StringComparison.Ordinal);
        Assert.Contains("| a | B | 2/2 | 1/2 | seed 5: answer1 | seed 5: answer0 |  |\n", page, StringComparison.Ordinal);
        Assert.Contains("\nSums,B,A,a,1.000000,0.500000,answer1,answer0,,seed 5\n", ComparisonCsv.Flips(comparison), StringComparison.Ordinal);
        Assert.Contains("2 more flipped both ways", ComparisonPage.Write(comparison, 9), StringComparison.Ordinal);

        // They are told where no other question flipped, too, and not of answers that were drawn anew.
        Assert.EndsWith(
            "    0 questions better, 0 worse (1 more flipped both ways)\n",
            ComparisonText.Plain(RunComparison.Of([Run("A", "b=10 d=00"), Run("B", "b=01 d=00")], new CompareOptions()), 9), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "both ways", ComparisonText.Plain(RunComparison.Of([Runs.Of("A", "b=10 d=00"), Runs.Of("B", "b=01 d=00")], new CompareOptions()), 9),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a", "-1.8 points (-4.0 to +0.4), p 0.11, detectable 3.2 points")]
    [InlineData("b", "+1.8 points (-0.4 to +4.0), p 0.11, detectable 3.2 points")]
    public void Should_TellTheTablesTest_When_TwoCellsAreOfOne(string cell, string told) => Assert.Equal(
        told,
        TableTest.Told(
            new CellPair
            {
                First = "a",
                Second = "b",
                Benchmark = "Hard",
                Replicates = (2, 3),
                Difference = -0.018,
                Interval = new Interval(-0.04, 0.004),
                Test = "t",
                P = 0.11,
                Detectable = 0.032,
            }, cell));

    [Fact]
    public void Should_ShowTextAsText_When_ItIsHostile()
    {
        const string Script = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&| `rm` [a](javascript:b) \u202e\u001b[2J\nnext";
        RunTask Task(double score) =>
            new(Script + "T", [Script + "M"], [new RunQuestion(Script, "k", Script, [new RunAnswer([score], null, Script)])]) { Notes = [Script] };
        RunComparison comparison = RunComparison.Of(
            [new RecordedRun(Script + "A", "/A", [Task(0)]), new RecordedRun(Script + "B", "/B", [Task(1)])], new CompareOptions());

        string page = ComparisonPage.Write(comparison, int.MaxValue);
        Assert.Equal(
            [
                "!doctype", "/body", "/details", "/h1", "/h2", "/head", "/html", "/li", "/p", "/style", "/summary", "/table", "/tbody", "/td", "/th", "/thead",
                "/title", "/tr", "/ul",
                "body", "details", "h1", "h2", "head", "html", "li", "meta", "p", "style", "summary", "table", "tbody", "td", "th", "thead",
                "title", "tr", "ul"],
            Regex.Matches(page, @"<([!/]?[a-zA-Z]\w*)").Select(tag => tag.Groups[1].Value.ToLowerInvariant()).Distinct().Order(StringComparer.Ordinal));
        Assert.DoesNotContain("http", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", page, StringComparison.Ordinal);

        string markdown = ComparisonText.Markdown(comparison, 9);
        Assert.DoesNotContain("<", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("](", markdown.Replace("\\]", "", StringComparison.Ordinal), StringComparison.Ordinal);
        string plain = ComparisonText.Plain(comparison, 9);
        Assert.DoesNotContain("\u001b", plain, StringComparison.Ordinal);
        Assert.DoesNotContain("\u202e", plain, StringComparison.Ordinal);
    }

    // What is above is the caption.
    private static string Below(string markdown) => markdown[markdown.IndexOf("## ", StringComparison.Ordinal)..];
}
