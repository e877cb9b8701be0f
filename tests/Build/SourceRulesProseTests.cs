using System.Text.RegularExpressions;
using NaturalThoughts.Build.CommandLine;
using NaturalThoughts.Build.Tests.Host;
using NaturalThoughts.Experiments;

namespace NaturalThoughts.Build.Tests;

/// <summary>Rules for the text of pages and comments: docs/style.md, and what pages say about the tree.</summary>
public sealed partial class SourceRulesProseTests
{
    private const int Width = 120;
    private const int LeastSummary = 16;
    private const string Style = "docs/style.md";
    private static readonly string Root = HostFolder.Repository;

    private static IEnumerable<string> Pages =>
        ["README.md", "CONTRIBUTING.md", .. Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md").Select(Relative).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Sources =>
        new[] { "src", "build", "bench", "tests" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories))
            .Select(Relative)
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal));

    [Fact]
    public void Should_NameWhatToWrite_When_AnIdiomIsTranslated()
    {
        (Regex Phrase, string Instead)[] idioms = Idioms();

        Assert.Equal(["2: 'some 20' reads slowly, write: about N"], Found(["Fine.", "It takes some 20 seconds.", "    some 20 seconds"], idioms, IsProse));
        Assert.Equal(["1: 'stands twice' reads slowly, write: appears twice, appears once"], Found(["// The id stands twice."], idioms, _ => true, Comment));
        Assert.Empty(Found(["Throw(\"The id stands twice.\");", "string url = \"https://host/at hand\";"], idioms, _ => true, Comment));

        Assert.Empty(
            Pages.Where(path => path != Style).SelectMany(path => Found(Lines(path), idioms, IsProse).Select(found => $"{path}:{found}"))
                .Concat(Sources.SelectMany(path => Found(Lines(path), idioms, _ => true, Comment).Select(found => $"{path}:{found}"))));
    }

    [Fact]
    public void Should_WrapAt120_When_ALineIsProse() =>
        Assert.Empty(Pages.SelectMany(path => Prose(Lines(path), IsProse)
            .Where(line => line.Text.Length > Width && !Unwrapped().IsMatch(line.Text))
            .Select(line => $"{path}:{line.Number}: {line.Text.Length} columns")));

    [Fact]
    public void Should_SaySomething_When_AMemberHasASummary() =>
        Assert.Empty(Sources.SelectMany(path =>
        {
            string text = File.ReadAllText(Path.Combine(Root, path));
            return Summary().Matches(text)
                .Where(match => Blanks().Replace(match.Groups[1].Value, " ").Trim().Length < LeastSummary)
                .Select(match => $"{path}:{text[..match.Index].Count(letter => letter == '\n') + 1}: {match.Groups[1].Value}");
        }));

    /// <summary>The map of docs/architecture.md: a row for each room, in no other folder.</summary>
    [Fact]
    public void Should_BeOnTheMap_When_ARoomIsThere()
    {
        IEnumerable<string> projects = Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories);
        string[] rooms = [.. projects.Select(path => Relative(Path.GetDirectoryName(path)!)).Order(StringComparer.Ordinal)];

        Assert.NotEmpty(rooms);
        IEnumerable<string> rows = Lines("docs/architecture.md").SelectMany(line => MapRow().Matches(line)).Select(match => match.Groups[1].Value);
        Assert.Equal(rooms, rows.Order(StringComparer.Ordinal));
    }

    /// <summary>
    /// "Every folder" of docs/architecture.md: a row for each folder below a room or below build, bench and experiments, and for each of tests that
    /// has another name than what it tests.
    /// </summary>
    [Fact]
    public void Should_BeOnTheMap_When_AFolderIsThere()
    {
        string[] parts = [.. Folders("src").SelectMany(Folders), .. Folders("build"), .. Folders("bench"), .. Folders("experiments")];
        IEnumerable<string> own = Folders("tests").SelectMany(Folders)
            .Where(path => Path.GetFileName(path) is not ("Fixtures" or "__snapshots__") && !parts.Contains(Tested(path), StringComparer.Ordinal));
        IEnumerable<string> rows = Lines("docs/architecture.md").SelectMany(line => FolderRow().Matches(line)).Select(match => match.Groups[1].Value);

        Assert.Equal("build/Verbs", Tested("tests/Build/Verbs"));
        Assert.Equal(parts.Concat(own).Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
    }

    /// <summary>A path of the sources that a page names: from the root, or the end of one, such as <c>Kernels/Team.cs</c>.</summary>
    [Fact]
    public void Should_BeThere_When_APageNamesAPath()
    {
        HashSet<string> folders = [.. Sources.SelectMany(Above)];
        string[] files = [.. Sources, .. Directory.EnumerateFiles(Path.Combine(Root, "bench"), "*", SearchOption.AllDirectories).Select(Relative)];

        Assert.Empty(Pages.SelectMany(page => Prose(Lines(page), _ => true)
            .SelectMany(line => NamedPath().Matches(line.Text).Select(match => match.Groups[1].Value.TrimEnd('/'))
                .Where(path => !folders.Contains(path) && !Array.Exists(files, file => IsNamed(file, path)) && !Exists(path))
                .Select(path => $"{page}:{line.Number}: {path}"))));
    }

    [Fact]
    public void Should_Lead_When_APageLinks() =>
        Assert.Empty(Pages.SelectMany(page => Prose(Lines(page), IsProse)
            .SelectMany(line => Link().Matches(line.Text).Select(match => match.Groups[1].Value)
                .Where(link => !link.Contains("://", StringComparison.Ordinal) && !Exists(Path.Combine(Path.GetDirectoryName(page)!, link)))
                .Select(link => $"{page}:{line.Number}: {link}"))));

    /// <summary>docs/commands.md has every switch; commands on all pages use no unknown switch, and none that their verb does not take.</summary>
    [Fact]
    public void Should_HaveThem_When_PagesNameVerbsAndSwitches()
    {
        string commands = File.ReadAllText(Path.Combine(Root, "docs/commands.md"));
        HashSet<string> switches = [.. Switch.All.Select(item => "--" + item.Name)];
        IEnumerable<string> named = SwitchName().Matches(commands).Select(match => match.Value).Distinct();

        Assert.Equal(switches.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
        Assert.Empty(Pages.SelectMany(page => Prose(Lines(page), _ => true)
            .SelectMany(line => Command().Matches(line.Text).SelectMany(command => SwitchName().Matches(command.Value)).Select(match => match.Value)
                .Where(name => !switches.Contains(name))
                .Select(name => $"{page}:{line.Number}: {name}"))));
        Assert.Empty(Pages.SelectMany(page => Prose(Lines(page), _ => true)
            .SelectMany(line => Command().Matches(line.Text).Select(match => match.Value).Where(command => NamedTarget().IsMatch(command))
                .SelectMany(command => SwitchName().Matches(command).Select(match => match.Value[2..])
                    .Where(name => !Verb.Of(NamedTarget().Match(command).Groups[1].Value).Takes(name))
                    .Select(name => $"{page}:{line.Number}: {command} does not take --{name}")))));
    }

    /// <summary>
    /// The tables of docs/commands.md against the rows of <see cref="Verb"/>: a verb's arguments, and the verbs of each switch that targets do not take.
    /// </summary>
    [Fact]
    public void Should_SayWhatGoesWithWhat_When_APageListsVerbsAndSwitches()
    {
        List<string> spans = [];
        HashSet<(string Verb, string Switch)> told = [];
        foreach (string[] cells in Lines("docs/commands.md").Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Replace("\\|", "/", StringComparison.Ordinal).Split('|')))
        {
            // A row of a verb, with its switches; or a row of switches, which says "with" which verbs.
            string[] own = [.. Quoted().Matches(cells[1]).Select(match => match.Groups[1].Value)];
            bool isOfSwitches = own[0].StartsWith("--", StringComparison.Ordinal);
            IEnumerable<string> verbs = isOfSwitches
                ? WithVerb().Matches(cells[2]).Select(match => match.Groups[1].Value)
                : own.Select(span => span.Split(' ')[0]);
            told.UnionWith(verbs.Where(verb => Enum.IsDefined(typeof(VerbName), verb))
                .SelectMany(verb => SwitchName().Matches(isOfSwitches ? cells[1] : cells[1] + cells[2]).Select(match => (verb, match.Value[2..]))));
            spans.AddRange(own);
        }

        Assert.Empty(told.Where(pair => !Verb.Of(pair.Verb).Takes(pair.Switch)).Select(pair => $"{pair.Verb} does not take --{pair.Switch}"));
        Assert.Empty(Verb.All
            .SelectMany(verb => Switch.All.Where(item => verb.Takes(item.Name) && !Verb.OfTargets.Takes(item.Name))
                .Select(item => (verb.Name.ToString()!, item.Name)))
            .Except(told));
        Assert.All(
            Verb.All.Select(verb => verb.Name + (verb.Arguments is null ? "" : " " + verb.Arguments)),
            usage => Assert.Contains(spans, span => span == usage || span.StartsWith(usage + " ", StringComparison.Ordinal)));
    }

    // The first column of the table in docs/style.md: phrases in backticks; the second says what to write.
    private static (Regex Phrase, string Instead)[] Idioms()
    {
        (Regex, string)[] idioms =
        [
            .. Lines(Style).Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('|'))
                .SelectMany(cells => Quoted().Matches(cells[1]).Select(match => (Pattern(match.Groups[1].Value), cells[2].Trim()))),
        ];
        Assert.NotEmpty(idioms);
        return idioms;
    }

    private static Regex Pattern(string phrase) => new(
        phrase.EndsWith(" N", StringComparison.Ordinal)
            ? $@"\b{Regex.Escape(phrase[..^2])} (\d+|ten|twenty|thirty|forty|fifty|hundred|thousand)\b"
            : $@"\b{Regex.Escape(phrase)}\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static IEnumerable<string> Found(
        string[] lines, (Regex Phrase, string Instead)[] idioms, Func<string, bool> counts, Func<string, string>? part = null) =>
        from line in Prose(lines, counts)
        let text = part is null ? line.Text : part(line.Text)
        from idiom in idioms
        let match = idiom.Phrase.Match(text)
        where match.Success
        select $"{line.Number}: '{match.Value}' reads slowly, write: {idiom.Instead}";

    // Lines outside of fences, numbered from 1.
    private static IEnumerable<(int Number, string Text)> Prose(string[] lines, Func<string, bool> counts)
    {
        bool fenced = false;
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith("```", StringComparison.Ordinal))
            {
                fenced = !fenced;
            }
            else if (!fenced && counts(lines[i]))
            {
                yield return (i + 1, lines[i]);
            }
        }
    }

    // Code and quotations of pages of results are not ours to word.
    private static bool IsProse(string line) => !line.StartsWith("    ", StringComparison.Ordinal) && !line.StartsWith('>');

    private static string Comment(string line) => CommentText().Match(line).Value;

    private static IEnumerable<string> Above(string path)
    {
        for (string? folder = Path.GetDirectoryName(path); !string.IsNullOrEmpty(folder); folder = Path.GetDirectoryName(folder))
        {
            yield return folder;
        }
    }

    // Folders below one, without those in which only a build left something.
    private static IEnumerable<string> Folders(string folder) => Directory.EnumerateDirectories(Path.Combine(Root, folder)).Where(HasSources).Select(Relative);

    private static bool HasSources(string folder) =>
        Path.GetFileName(folder) is not ("bin" or "obj") && (Directory.EnumerateFiles(folder).Any() || Directory.EnumerateDirectories(folder).Any(HasSources));

    // The folder that a folder of tests has its name from.
    private static string Tested(string path) =>
        path.StartsWith("tests/Build/", StringComparison.Ordinal) ? "build" + path["tests/Build".Length..] : "src" + path["tests".Length..];

    private static bool IsNamed(string file, string path) =>
        Regex.IsMatch(file, $@"(^|/){Regex.Escape(path).Replace(@"\*", "[^/]*", StringComparison.Ordinal)}$", RegexOptions.CultureInvariant);

    private static bool Exists(string path) => Path.Exists(Path.Combine(Root, path));

    private static string[] Lines(string path) => File.ReadAllLines(Path.Combine(Root, path));

    private static string Relative(string path) => Path.GetRelativePath(Root, path);

    [GeneratedRegex(@"/// *<summary>(.*?)</summary>", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Summary();

    [GeneratedRegex(@"\s*\n\s*///\s*", RegexOptions.CultureInvariant)]
    private static partial Regex Blanks();

    // Tables, headings and pictures.
    [GeneratedRegex(@"^(\||#|!\[)", RegexOptions.CultureInvariant)]
    private static partial Regex Unwrapped();

    [GeneratedRegex(@"^\| `(src/\w+)` \|", RegexOptions.CultureInvariant)]
    private static partial Regex MapRow();

    [GeneratedRegex(@"^\| `((?:src|tests)/\w+/\w+|(?:build|bench|experiments)/\w+)` \|", RegexOptions.CultureInvariant)]
    private static partial Regex FolderRow();

    // From the root, or a file of C# by the end of its path.
    [GeneratedRegex(@"`((?:(?:src|build|bench|tests)/[\w./*-]*|(?:\w+/)*[A-Z]\w*\*?\.cs))`", RegexOptions.CultureInvariant)]
    private static partial Regex NamedPath();

    [GeneratedRegex(@"--[a-z][a-z-]+", RegexOptions.CultureInvariant)]
    private static partial Regex SwitchName();

    [GeneratedRegex(@"--target=(\w+)", RegexOptions.CultureInvariant)]
    private static partial Regex NamedTarget();

    [GeneratedRegex(@"\bwith ([A-Z]\w+)", RegexOptions.CultureInvariant)]
    private static partial Regex WithVerb();

    // Up to its comment, or to the end of its code span.
    [GeneratedRegex(@"\./(build\.sh|naturalthoughts)\b[^`#>]*", RegexOptions.CultureInvariant)]
    private static partial Regex Command();

    [GeneratedRegex(@"\]\(([^)#]+)\)", RegexOptions.CultureInvariant)]
    private static partial Regex Link();

    [GeneratedRegex("`([^`]+)`", RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(?<![:""/])//.*$", RegexOptions.CultureInvariant)]
    private static partial Regex CommentText();
}
