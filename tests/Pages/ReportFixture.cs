using System.Text.Json.Nodes;
using Microsoft.Playwright;
using NaturalThoughts.Records;
using NaturalThoughts.Reporting;

namespace NaturalThoughts.Pages.Tests;

/// <summary>
/// The committed smoke table with answers of our own making, some of them hostile, written as a report and opened as a local file in one browser.
/// Their verdicts are those of the committed outcomes.
/// </summary>
public sealed class ReportFixture : IAsyncLifetime
{
    /// <summary>What no text may do: it would set <c>window.owned</c>.</summary>
    public const string Script = "</script><script>window.owned = 1</script><img src=x onerror=\"window.owned = 1\"><svg onload='window.owned = 1'>";

    private static readonly float Wait = (float)Hang.Limit.TotalMilliseconds;

    private DirectoryInfo? _folder;
    private IPlaywright? _playwright;

    /// <summary>The answers to the first six questions of every cell.</summary>
    internal static readonly IReadOnlyList<string> Hostile =
    [
        Script,
        "left \u202Egnp.exe\u202C right, \u05D0\u05D1\u05D2 \u0645\u0631\u062D\u0628\u0627",
        new string('x', 100_000) + "THE END",
        "half \uD800 a pair, NUL \0, bell \a, \uFFFF",
        "javascript:alert(1) [link](javascript:alert(1)) `${window.owned = 1}`",
        "",
    ];

    /// <summary>The browser; null where none is installed.</summary>
    internal IBrowser? Browser { get; private set; }

    /// <summary>The report's folder.</summary>
    internal string Folder => Path.Combine(_folder!.FullName, "report #1");

    /// <summary>The address of its page.</summary>
    internal string Url =>
        new Uri(Path.Combine(Folder, "index.html").Replace("#", "%23", StringComparison.Ordinal)).AbsoluteUri.Replace("%2523", "%23", StringComparison.Ordinal);

    /// <summary>The table that the report shows.</summary>
    internal ReportTable Table { get; } = ReportTable.Read(Results("smoke"), "Table1") with { Description = "Which? " + Script };

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        _folder = Directory.CreateTempSubdirectory("nt report ü ");
        ReportFolder.Write(Source(), PathOf);
        if (ChromiumFactAttribute.Path is { } path)
        {
            _playwright = await Playwright.CreateAsync();
            Browser = await _playwright.Chromium.LaunchAsync(
                new BrowserTypeLaunchOptions { ExecutablePath = path, Timeout = Wait, Args = ["--no-sandbox", "--disable-gpu"] });
        }
    }

    /// <inheritdoc />
    public async Task DisposeAsync()
    {
        if (Browser is not null)
        {
            await Browser.DisposeAsync();
        }

        _playwright?.Dispose();
        _folder?.Delete(recursive: true);
    }

    /// <summary>The folder of a profile's committed results.</summary>
    internal static string Results(string profile)
    {
        DirectoryInfo root = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "NaturalThoughts.slnx")))
        {
            root = root.Parent!;
        }

        return Path.Combine(root.FullName, "results", profile);
    }

    /// <summary>What the report is made of.</summary>
    /// <param name="confidential">Whether the benchmark's texts may not be shown.</param>
    internal ReportSource Source(bool confidential = false) => new("smoke", [Table], Targets(Table))
    {
        Answers = (table, cell, benchmark) => cell == "base" && benchmark == "Free"
            ? (null, "this store has none. " + Script)
            : (new ReportAnswers(table, cell, benchmark, [.. Seeds(cell).Select(seed => Set(cell, benchmark, seed))]) { IsConfidential = confidential }, ""),
        Describe = (_, cell) => "the cell " + cell,
        TargetsOf = (_, cell) =>
            [.. Targets(Table).Select(target => target.Address).Where(address => address.StartsWith($"Table1/{cell}/", StringComparison.Ordinal))],
        Selected = (_, cell) => [.. Enumerable.Range(0, 40).Select(i => $"p{i + cell.Length}")],
        Trainings =
        [
            .. Targets(Table).Where(target => target.Stage == "fine-tune")
                .Select(target => new TrainingCurve(target.Address, [(100, 2.5), (200, 1.5), (300, 1.25)])),
        ],
        Pool = new ReportPool(
            "data/signals", [.. Enumerable.Range(0, 90).Select(i => new PoolQuestion("Domain" + (i % 3) + Script, ["counting", "checking"], i % 11, i))])
        {
            Map =
                ("base/cluster", [.. Enumerable.Range(0, 90).Select(i => new Embedding($"p{i}", [i % 7, i % 5, i % 3]))],
                    [.. Enumerable.Range(0, 90).Select(i => new ClusterAssignment($"p{i}", (i % 4) - 1, 1))]),
        },
    };

    /// <summary>Writes another report beside the first and returns the address of its page.</summary>
    /// <param name="source">What it is made of.</param>
    /// <param name="name">The name of its folder.</param>
    internal string Another(ReportSource source, string name)
    {
        string folder = Path.Combine(_folder!.FullName, name);
        ReportFolder.Write(source, file =>
        {
            string path = Path.Combine(folder, Path.Combine(file.Split('/')));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return path;
        });
        return new Uri(Path.Combine(folder, "index.html")).AbsoluteUri;
    }

    /// <summary>A new page of the browser at a view; what it writes to its console fails the test.</summary>
    /// <param name="route">The view, such as <c>#/compare</c>.</param>
    /// <param name="errors">Collects errors of scripts, of loading and of the console, and addresses that are no file of the report.</param>
    /// <param name="options">How the page is shown.</param>
    internal async Task<IPage> OpenAsync(string route, List<string> errors, BrowserNewContextOptions? options = null)
    {
        IBrowserContext context = await Browser!.NewContextAsync(options ?? new BrowserNewContextOptions());
        context.SetDefaultTimeout(Wait);
        context.SetDefaultNavigationTimeout(Wait);
        IPage page = await context.NewPageAsync();
        page.Console += (_, message) => errors.Add($"{message.Type}: {message.Text}");
        page.PageError += (_, message) => errors.Add(message);
        page.RequestFailed += (_, request) => errors.Add("failed: " + request.Url);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("file://", StringComparison.Ordinal))
            {
                errors.Add("asks the network: " + request.Url);
            }
        };
        await page.GotoAsync(Url + route);
        await ReadyAsync(page);
        return page;
    }

    /// <summary>Waits until the view of the page's address is there.</summary>
    internal static Task ReadyAsync(IPage page) => page.WaitForFunctionAsync(
        "() => location.hash === '' || document.documentElement.dataset.ready === location.hash || !document.getElementById('view-made') || "
        + "document.getElementById('view-made').hidden");

    internal IReadOnlyList<int> Seeds(string cell) => Table.Cells.First(one => one.Address == cell).Seeds;

    private string PathOf(string name)
    {
        string path = Path.Combine(Folder, Path.Combine(name.Split('/')));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    private ReportAnswerSet Set(string cell, string benchmark, int seed)
    {
        string outcomes = Table.Outcomes(cell, benchmark, seed)!;
        string[] ids = [.. Enumerable.Range(0, outcomes.Length).Select(i => $"{benchmark}-{i}").Order(StringComparer.Ordinal)];
        Question[] questions = [.. outcomes.Select((_, i) => new Question(ids[i], i == 0 ? Script : $"What is {i} of {benchmark}?", i == 0 ? "<b>A</b>" : "A")
        {
            Options = [i == 0 ? Script : "yes", "no"],
            Meta = new(StringComparer.Ordinal) { ["domain"] = i % 2 == 0 ? "Even" : "\"><script>window.owned = 1</script>", ["level"] = $"{i % 3}" },
        })];
        Grade[] grades = [.. outcomes.Select((outcome, i) => new Grade(
            questions[i].Id, "Prompt " + i, i < Hostile.Count ? Hostile[i] : $"{cell} says {i}", outcome == '-' ? null : i == 0 ? "<i>A</i>" : "A",
            outcome == '1', 10 + i, i % 10 == 3))];
        Grade[] lenient = [.. grades.Select(grade => grade with { Correct = true, Extracted = "A", Undecided = grade.Extracted is null })];
        return new ReportAnswerSet(seed, 1, questions,
            [
                ("strict/1", $"Table1/{cell}/seed{seed}/grade/{benchmark}", grades),
                ("lenient/1", $"Table1/{cell}/seed{seed}/grade/{benchmark}/lenient", lenient),
            ]);
    }

    private static IReadOnlyList<ReportTarget> Targets(ReportTable table) =>
    [
        Target("data/pool", "world-pool", [], "cached"),
        .. table.Cells.SelectMany(cell => cell.Seeds.SelectMany(seed => (ReportTarget[])
        [
            Target($"Table1/{cell.Address}/seed{seed}/fine-tune", "fine-tune", [("pool", "data/pool", null)], seed == 1 ? "cached" : "stale"),
            .. table.Benchmarks.SelectMany(benchmark => (ReportTarget[])
            [
                Target(
                    $"Table1/{cell.Address}/seed{seed}/grade/{benchmark}", "grade",
                    [("answers", $"Table1/{cell.Address}/seed{seed}/fine-tune", "a.jsonl")], "cached"),
                Target(
                    $"Table1/{cell.Address}/seed{seed}/grade/{benchmark}/lenient", "grade",
                    [("answers", $"Table1/{cell.Address}/seed{seed}/fine-tune", "a.jsonl")], "missing"),
            ]),
        ])),
    ];

    private static ReportTarget Target(string address, string stage, IReadOnlyList<(string, string, string?)> inputs, string state) =>
        new(address, stage, state, "because " + Script)
        {
            Inputs = inputs,
            Run = state == "missing"
                ? null
                : new ReportRun(new string('a', 64), DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(2), new JsonObject { ["note"] = Script })
                {
                    Outputs = [("a.jsonl", new string('b', 64), 2048)],
                    Counts = [KeyValuePair.Create("rows", 100L)],
                    Warnings = [Script],
                    Circumstances = new JsonObject { ["os"] = Script },
                },
        };
}
