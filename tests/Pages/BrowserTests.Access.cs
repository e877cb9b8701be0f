using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace NaturalThoughts.Pages.Tests;

/// <summary>The report for those who have no mouse, a narrow screen, a screen reader, paper, or no scripts.</summary>
public sealed partial class BrowserTests
{
    [ChromiumFact]
    public async Task Should_LetKeysDoAll_When_ThereIsNoMouse()
    {
        List<string> errors = [];
        IPage page = await report.OpenAsync("", errors);
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to the content", await page.EvaluateAsync<string>("() => document.activeElement.textContent"));
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal("main", await page.EvaluateAsync<string>("() => document.activeElement.id"));
        Assert.Equal("Results of the profile smoke", await page.Locator("h1:visible").InnerTextAsync());

        // Backwards into the header: the button for the colours, then the last view.
        await page.Locator("#theme").FocusAsync();
        string theme = await page.EvaluateAsync<string>("() => document.documentElement.dataset.theme");
        await page.Keyboard.PressAsync("Enter");
        Assert.NotEqual(theme, await page.EvaluateAsync<string>("() => document.documentElement.dataset.theme"));
        await page.Keyboard.PressAsync("Shift+Tab");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Targets", Exact = true }).WaitForAsync();
        Assert.Equal("page", await page.Locator("header nav a", new() { HasText = "Targets" }).GetAttributeAsync("aria-current"));
        Assert.Equal("main", await page.EvaluateAsync<string>("() => document.activeElement.id"));
        await Field(page, "State").FocusAsync();
        await page.Keyboard.TypeAsync("mis");
        await page.GetByText($"of {1 + (report.Table.Cells.Sum(cell => cell.Seeds.Count) * 9)} targets").WaitForAsync();
        await ReportFixture.ReadyAsync(page);
        Assert.Equal("choose-state", await page.EvaluateAsync<string>("() => document.activeElement.id"));
        Assert.All(await page.Locator("#view-made tbody td:nth-child(3)").AllInnerTextsAsync(), state => Assert.Equal("○ missing", state));
        Assert.Empty(errors);
        await page.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task Should_MeetAxeAndFit_When_ViewsAreWideNarrowLightAndDark()
    {
        foreach ((int width, ColorScheme scheme) in
            new[] { (1280, ColorScheme.Light), (1280, ColorScheme.Dark), (400, ColorScheme.Light), (400, ColorScheme.Dark) })
        {
            foreach (string view in Views)
            {
                List<string> errors = [];
                IPage page = await report.OpenAsync(
                    view, errors, new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = 900 }, ColorScheme = scheme });
                int beyond = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
                Assert.True(beyond <= 0, $"{view} is {beyond} pixels wider than {width}");
                Assert.Empty(errors);
                AxeResult result = await page.RunAxe();
                Assert.True(
                    result.Violations.Length == 0,
                    $"{view} at {width}, {scheme}: " + string.Join(
                        "; ", result.Violations.Select(rule => $"{rule.Id}: {rule.Help}: {string.Join(", ", rule.Nodes.Take(3).Select(node => node.Html))}")));
                await page.Context.CloseAsync();
            }
        }
    }

    [ChromiumFact]
    public async Task Should_PrintTablesAndFigures_When_ItIsOnPaper()
    {
        List<string> errors = [];
        IPage page = await report.OpenAsync("", errors);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });

        Assert.False(await page.Locator("header nav").IsVisibleAsync());
        Assert.True(await page.Locator("#table-Table1 table").First.IsVisibleAsync());
        Assert.True(await page.Locator("#table-Table1 figure svg").First.IsVisibleAsync());
        Assert.True((await page.PdfAsync()).Length > 20_000);
        await page.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task Should_ShowTablesAndFigures_When_ThereAreNoScripts()
    {
        List<string> errors = [];
        IPage page = await report.OpenAsync(
            "", errors, new BrowserNewContextOptions { JavaScriptEnabled = false, ViewportSize = new ViewportSize { Width = 1280, Height = 900 } });

        Assert.Equal(report.Table.Cells.Count, await page.Locator("#table-Table1 table").First.Locator("tbody tr").CountAsync());
        Assert.True(await page.Locator("#table-Table1 figure svg").First.IsVisibleAsync());
        Assert.False(await page.Locator("#view-made").IsVisibleAsync());
        await page.Context.CloseAsync();
    }
}
