using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using NaturalThoughts.Records;
using NaturalThoughts.Reporting;
using NaturalThoughts.Reporting.Tables;

namespace NaturalThoughts.Pages.Tests;

/// <summary>The report in headless Chromium, as a local file.</summary>
public sealed partial class BrowserTests(ReportFixture report) : IClassFixture<ReportFixture>
{
    private const string A = "VerbosityHigh/40/System2";
    private const string B = "Random/40/System2";
    private const string Compare = "#/compare?table=Table1&a=VerbosityHigh%2F40%2FSystem2&b=Random%2F40%2FSystem2&benchmark=Broad";

    private static readonly string[] Views =
    [
        "", "#/table/Table1", "#/pool", "#/cell/Table1/base", "#/cell/Table1/VerbosityHigh/40/System2", Compare,
        "#/answers?table=Table1&cell=base&benchmark=Free",
        "#/answers?table=Table1&cell=base&benchmark=Hard", "#/targets", "#/target/Table1/base/seed1/fine-tune", "#/target/Table1/base/seed1/grade/Hard/lenient",
    ];

    [ChromiumFact]
    public async Task Should_ShowEveryViewWithoutAnError_When_ItIsALocalFile()
    {
        foreach (string view in Views)
        {
            List<string> errors = [];
            IPage page = await report.OpenAsync(view, errors);

            Assert.DoesNotMatch("Nothing is here|could not be shown", await page.Locator("h1:visible").InnerTextAsync());
            Assert.Empty(errors);
            await page.Context.CloseAsync();
        }
    }

    [ChromiumFact]
    public async Task Should_LeadSomewhere_When_AnyLinkIsFollowed()
    {
        List<string> errors = [];
        IPage page = await report.OpenAsync("", errors);
        Queue<string> open = new(Views);
        HashSet<string> seen = [.. Views];
        int visited = 0;
        while (open.TryDequeue(out string? route) && visited++ < 250)
        {
            await page.EvaluateAsync("route => { location.hash = route; }", route);
            await ReportFixture.ReadyAsync(page);
            string[] found = await page.EvaluateAsync<string[]>(
                "() => [...document.querySelectorAll('main > section:not([hidden]) a, header a')].map(a => a.getAttribute('href'))");
            Assert.DoesNotMatch("Nothing is here|could not be shown", await page.Locator("h1:visible").InnerTextAsync());
            foreach (string href in found.Distinct())
            {
                if (href.StartsWith("#/", StringComparison.Ordinal))
                {
                    if (seen.Add(href))
                    {
                        open.Enqueue(href);
                    }
                }
                else if (!href.StartsWith("https://", StringComparison.Ordinal))
                {
                    Assert.True(
                        href.StartsWith("figures/", StringComparison.Ordinal) && File.Exists(Path.Combine(report.Folder, Uri.UnescapeDataString(href))), href);
                }
            }
        }

        Assert.True(visited > 200, $"only {visited} links were found");
        Assert.Empty(errors);
        await page.EvaluateAsync("() => { location.hash = '#/cell/Table1/no/such'; }");
        await page.GetByText("Nothing is here").WaitForAsync();
        await page.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task Should_ShowTextAsText_When_AnswersAreHostile()
    {
        List<string> errors = [];
        IPage page = await report.OpenAsync("#/answers?table=Table1&cell=VerbosityHigh/40/System2&benchmark=Hard", errors);
        string[] texts = [.. await page.Locator("#view-made .answer > .text, #view-made .answer > div > .text").AllInnerTextsAsync()];

        Assert.Contains(ReportFixture.Script, texts);
        Assert.Contains(texts, text => text.StartsWith("left U+202Egnp.exeU+202C right", StringComparison.Ordinal));
        Assert.Contains(texts, text => text.StartsWith("half \uFFFD a pair, NUL U+0000, bell U+0007", StringComparison.Ordinal));
        Assert.Contains(texts, text => text.Length is > 2900 and < 3100 && text.All(letter => letter == 'x'));
        Assert.Contains(texts, text => text.StartsWith("javascript:alert(1) [link](javascript:alert(1))", StringComparison.Ordinal));
        await page.GetByRole(AriaRole.Button, new() { Name = "Show all 100,007 characters" }).First.ClickAsync();
        Assert.Contains(
            await page.Locator("#view-made .text").AllInnerTextsAsync(), text => text.EndsWith("xTHE END", StringComparison.Ordinal) && text.Length == 100_007);
        foreach (string view in Views)
        {
            await page.EvaluateAsync("route => { location.hash = route || '#/'; }", view);
            await ReportFixture.ReadyAsync(page);
            Assert.Equal(0, await page.Locator("main script, main img, main iframe, main [onload], main [onerror], main a[href^='javascript']").CountAsync());
        }

        Assert.False(await page.EvaluateAsync<bool>("() => 'owned' in window"));
        Assert.Empty(errors);
        await page.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task Should_FindExactlyTheAnswers_When_TheyAreSearchedAndFiltered()
    {
        List<string> errors = [];
        IPage page = await report.OpenAsync("#/answers?table=Table1&cell=VerbosityHigh%2F40%2FSystem2&benchmark=Transfer", errors);
        string outcomes = report.Table.Outcomes(A, "Transfer", 1)!;
        async Task<string> StatusAsync() => await page.Locator("#view-made [role=status]").InnerTextAsync();
        foreach ((string verdict, char outcome) in new[] { ("right", '1'), ("wrong", '0'), ("unparsed", '-') })
        {
            await Field(page, "Verdict").SelectOptionAsync(new SelectOptionValue { Label = verdict });
            await ReportFixture.ReadyAsync(page);
            Assert.StartsWith($"{outcomes.Count(one => one == outcome)} of 100 answers, verdicts by strict/1", await StatusAsync(), StringComparison.Ordinal);
        }

        // The other protocol leaves open what the first cannot read.
        await Field(page, "Protocol").SelectOptionAsync("lenient/1");
        await Field(page, "Verdict").SelectOptionAsync(new SelectOptionValue { Label = "undecided" });
        await ReportFixture.ReadyAsync(page);
        Assert.StartsWith($"{outcomes.Count(one => one == '-')} of 100 answers, verdicts by lenient/1", await StatusAsync(), StringComparison.Ordinal);

        await Field(page, "Verdict").SelectOptionAsync("");
        await ReportFixture.ReadyAsync(page);
        await Field(page, "domain").SelectOptionAsync("Even");
        await ReportFixture.ReadyAsync(page);
        await Field(page, "level").SelectOptionAsync("1");
        await ReportFixture.ReadyAsync(page);
        Assert.StartsWith($"{Enumerable.Range(0, 100).Count(i => i % 2 == 0 && i % 3 == 1)} of 100", await StatusAsync(), StringComparison.Ordinal);
        await Field(page, "domain").SelectOptionAsync("");
        await ReportFixture.ReadyAsync(page);
        await Field(page, "level").SelectOptionAsync("");
        await ReportFixture.ReadyAsync(page);
        await Field(page, "cut off only").CheckAsync();
        await ReportFixture.ReadyAsync(page);
        Assert.StartsWith("10 of 100", await StatusAsync(), StringComparison.Ordinal);
        await Field(page, "cut off only").UncheckAsync();
        await ReportFixture.ReadyAsync(page);

        // By keyboard: the slash leads to the search, Enter searches.
        await page.Locator("#main").FocusAsync();
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("SAYS 42");
        await page.Keyboard.PressAsync("Enter");
        await ReportFixture.ReadyAsync(page);
        Assert.StartsWith("1 of 100", await StatusAsync(), StringComparison.Ordinal);
        Assert.Contains($"{A} says 42", await page.Locator("#view-made").InnerTextAsync(), StringComparison.Ordinal);
        await Field(page, "Cell").SelectOptionAsync("*");
        await ReportFixture.ReadyAsync(page);
        Assert.StartsWith($"{report.Table.Cells.Count} of {100 * report.Table.Cells.Count}", await StatusAsync(), StringComparison.Ordinal);
        Assert.Empty(errors);
        await page.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task Should_ShowTestAndFlips_When_TwoCellsAreCompared()
    {
        List<string> errors = [];
        IPage page = await report.OpenAsync("", errors);
        IReadOnlyList<int> seeds = report.Seeds(A);
        (char First, char Second)[] both =
            [.. seeds.SelectMany(seed => report.Table.Outcomes(A, "Broad", seed)!.Zip(report.Table.Outcomes(B, "Broad", seed)!))];
        int onlyA = both.Count(pair => pair.First == '1' && pair.Second != '1'), onlyB = both.Count(pair => pair.First != '1' && pair.Second == '1');
        CellPair pair = report.Table.Pairs.First(pair => pair.First == B && pair.Second == A && pair.Benchmark == "Broad");

        // From the table, by keyboard alone.
        ILocator link = page.Locator($"#table-Table1 a[href*='a=VerbosityHigh%2F40'][href$='benchmark=Broad']");
        await link.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Heading, new() { NameRegex = new Regex("flipped answers? on") }).WaitForAsync();
        string text = await page.Locator("#view-made").InnerTextAsync();
        Assert.Contains($"{onlyA + onlyB} answers differ", text, StringComparison.Ordinal);
        Assert.Contains($"{onlyA} are right in A only, {onlyB} in B only; {onlyA + onlyB} shown.", text, StringComparison.Ordinal);
        int questions = both.Select((pair, i) => (Place: i % 100, Differs: (pair.First == '1') != (pair.Second == '1'))).Where(one => one.Differs)
            .Select(one => one.Place).Distinct().Count();
        Assert.Contains($"{onlyA + onlyB} flipped answers on {questions} questions", text, StringComparison.Ordinal);
        Assert.Contains("Seeds 1, 2; seed 3 of B has no partner.", text, StringComparison.Ordinal);
        string[] names = [.. await page.Locator("#view-made .flip h3 code").AllInnerTextsAsync()];
        Assert.Equal(names.OrderBy(name => int.Parse(name[(name.IndexOf('-', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture)), names);
        Assert.Contains(Numbers.Fixed(100 * pair.Detectable, 1) + " points", text, StringComparison.Ordinal);
        Assert.Contains("\n" + report.Table.Column(A, "Broad", "p") + "\n", text, StringComparison.Ordinal);
        Assert.Contains($"{Shown(-pair.Difference)} points", text, StringComparison.Ordinal);
        Assert.Equal(Math.Min(20, onlyA + onlyB), await page.Locator("#view-made .flip").CountAsync());
        Assert.Contains($"{A} says ", text, StringComparison.Ordinal);
        Assert.Contains($"{B} says ", text, StringComparison.Ordinal);

        await Field(page, "Questions").SelectOptionAsync("b");
        await ReportFixture.ReadyAsync(page);
        Assert.All(
            await page.Locator("#view-made .flip h3").AllInnerTextsAsync(), heading => Assert.Contains("right in B only", heading, StringComparison.Ordinal));
        Assert.Equal(Math.Min(20, onlyB), await page.Locator("#view-made .flip").CountAsync());
        Assert.EndsWith(
            $"{onlyA + onlyB} answers differ in being right (questions × the replicates that both have); "
            + $"{onlyA} are right in A only, {onlyB} in B only; {onlyB} shown.",
            await page.Locator("#view-made [role=status]").InnerTextAsync(),
            StringComparison.Ordinal);

        // The other way round everything changes its sign.
        await Field(page, "A").SelectOptionAsync(B);
        await ReportFixture.ReadyAsync(page);
        await Field(page, "B").SelectOptionAsync(A);
        await ReportFixture.ReadyAsync(page);
        string turned = await page.Locator("#view-made").InnerTextAsync();
        Assert.Contains($"{Shown(pair.Difference)} points", turned, StringComparison.Ordinal);
        Assert.Contains($"95 % interval {Shown(pair.Interval.Low)} to", turned, StringComparison.Ordinal);
        Assert.Empty(errors);
        await page.Context.CloseAsync();

        // In points with a sign, as the page prints it: a minus, no hyphen.
        static string Shown(double share) => Regex.Replace(Numbers.Signed((decimal)(100 * share), 1), "^-", "−");
    }

    [ChromiumFact]
    public async Task Should_SayWhatIsWrongWithAnAnswer_When_ItIsNoOption()
    {
        List<string> errors = [];
        Question[] questions =
        [
            new Question("q1", "How much?", "B") { Options = ["20", "21"] },
            .. Enumerable.Range(2, 5).Select(i => new Question($"q{i}", "How much?", "21") { Options = i < 3 ? ["20", "21"] : [] }),
        ];
        Grade[] grades =
        [
            new("q1", "p", "Answer: B", "B", true, 3, false),
            new("q2", "p", "Answer: 22", "22", false, 3, false),
            new("q3", "p", "<think> so <b>", null, false, 3, true),
            new("q4", "p", "<think> </think> so", null, false, 3, true),
            new("q5", "p", "who knows", null, false, 3, false),
            new("q6", "p", "Answer: 21", "21", true, 3, false),
        ];
        ReportAnswers Said(string table, string cell, string benchmark) =>
            new(table, cell, benchmark, [.. report.Seeds(cell).Select(seed =>
                new ReportAnswerSet(seed, 1, questions, [("strict-answer-line/2", "t", grades)]))]);
        string url = report.Another(
            new ReportSource("smoke", [report.Table], []) { Answers = (table, cell, benchmark) => (Said(table, cell, benchmark), "") }, "said");
        IPage page = await report.OpenAsync("", errors);
        await page.GotoAsync(url + "#/answers?table=Table1&cell=base&benchmark=Hard");
        await ReportFixture.ReadyAsync(page);
        string[] answers = [.. await page.Locator("#view-made article").AllInnerTextsAsync()];

        Assert.Equal(6, answers.Length);
        string[] said =
        [
            "✓ right extracted B (21) ", "extracted 22 (no option) ", "the thought was not closed ", "cut off before an answer ", "no answer line ",
            "✓ right extracted 21 3 tokens",
        ];
        Assert.All(
            said.Zip(answers),
            pair => Assert.Contains(
                pair.First.Replace(" ", "", StringComparison.Ordinal), pair.Second.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal));
        Assert.Contains("Reference: B. 21", answers[0], StringComparison.Ordinal);
        Assert.Contains("Reference: 21", answers[5], StringComparison.Ordinal);
        Assert.Empty(errors);
        await page.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task Should_OpenOnATableWithTests_When_CompareIsChosenInTheBar()
    {
        List<string> errors = [];
        ReportTable findings = ReportTable.Read(ReportFixture.Results("smoke"), "Findings");
        string url = report.Another(new ReportSource("smoke", [findings, report.Table], []), "findings first");
        IPage page = await report.OpenAsync("", errors);
        await page.GotoAsync(url + "#/compare");
        await ReportFixture.ReadyAsync(page);
        Assert.Equal("Table1", await Field(page, "Table").InputValueAsync());
        Assert.DoesNotContain("Test\nnone", await page.Locator("#view-made").InnerTextAsync(), StringComparison.Ordinal);

        await Field(page, "Table").SelectOptionAsync("Findings");
        await ReportFixture.ReadyAsync(page);
        Assert.Contains("Findings tests its own contrasts: its verdicts.", await page.Locator("#view-made").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Empty(errors);
        await page.Context.CloseAsync();
    }

    /// <summary>Outcomes and digests that two tables have are in another part of the data; a page shows the same as without the second table.</summary>
    [ChromiumFact]
    public async Task Should_ShowTheSame_When_AnotherTableHasTheSameStudents()
    {
        List<string> errors = [];
        string both = report.Another(new ReportSource("smoke", [ReportTable.Read(ReportFixture.Results("smoke"), "Findings"), report.Table], []), "two tables");
        string alone = report.Another(new ReportSource("smoke", [report.Table], []), "one table");
        IPage page = await report.OpenAsync("", errors);
        foreach ((string route, string place) in new[] { (Compare, "[role=status]"), ("#/cell/Table1/Random/120/System2", "[aria-label^='Digests']") })
        {
            List<string> shown = [];
            foreach (string url in new[] { both, alone })
            {
                await page.GotoAsync(url + route);
                await ReportFixture.ReadyAsync(page);
                shown.Add(await page.Locator("#view-made " + place).InnerTextAsync());
            }

            Assert.Equal(shown[1], shown[0]);
            Assert.Matches(@"\d", shown[0]);
        }

        Assert.Empty(errors);
        await page.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task Should_ShowTheWholeRecord_When_ATargetIsOpened()
    {
        List<string> errors = [];
        IPage page = await report.OpenAsync("#/target/Table1/base/seed1/fine-tune", errors);
        string text = await page.Locator("#view-made").InnerTextAsync();

        Assert.All(
            (string[])
            [
                "fine-tune", "✓ cached", "because " + ReportFixture.Script, new string('a', 16), "1970-01-01 00:00:00Z", "2.00 s",
                "data/pool", "a.jsonl", "2.0 KB", new string('b', 16), "100", "Table1/base/seed1/grade/Hard/lenient",
            ],
            part => Assert.Contains(part, text, StringComparison.Ordinal));
        Assert.Equal("pool", await page.Locator("#view-made tbody th").First.InnerTextAsync());
        Assert.Empty(errors);
        await page.Context.CloseAsync();
    }

    private static ILocator Field(IPage page, string label) => page.Locator("#view-made form").GetByLabel(label, new LocatorGetByLabelOptions { Exact = true });
}
