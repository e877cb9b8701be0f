using System.Globalization;
using System.Text.RegularExpressions;
using NaturalThoughts.Records;

namespace NaturalThoughts.MiniWorld.Tests.Families;

/// <summary>Answers found again from the text alone, by programs that share nothing with the generator.</summary>
public class IndependentAnswerTests
{
    private static readonly string[] Months = CultureInfo.InvariantCulture.DateTimeFormat.MonthNames.Take(12).Select(name => name.ToLowerInvariant()).ToArray();

    [Theory]
    [InlineData("purse")]
    [InlineData("months")]
    [InlineData("route")]
    [InlineData("sorting")]
    [InlineData("gates")]
    [InlineData("queue")]
    [InlineData("shop")]
    [InlineData("storage")]
    [InlineData("pairs")]
    [InlineData("maze")]
    [InlineData("counting")]
    public void Should_BeTheReference_When_TheTextIsReadAgain(string family)
    {
        List<Question> questions = [.. WorldRuns.Pool.Where(question => question.Meta["family"] == family).Take(400)];
        Assert.True(questions.Count >= 200);
        foreach (Question question in questions)
        {
            string right = question.Options.Count == 0 ? question.Reference : question.Options[question.Reference[0] - 'A'];
            string found = family switch
            {
                "purse" => Purse(question.Text),
                "months" => Month(question.Text),
                "route" => Route(question.Text),
                "sorting" => Sorting(question.Text),
                "gates" => Gates(question.Text),
                "queue" => Queue(question.Text),
                "shop" => Shop(question.Text),
                "pairs" => Pairs(question.Text),
                "maze" => Maze(question.Text),
                "counting" => Counting(question.Text),
                _ => Storage(question.Text),
            };
            Assert.True(right == found, $"{question.Text} -> {found}, not {right}");
        }
    }

    private static string Purse(string text)
    {
        string owner = Regex.Match(text, @"how many \w+ does (\w+) have|left for (\w+)|of (\w+) in the end").Groups.Cast<Group>().Skip(1)
            .First(group => group.Success).Value;
        int total = Number(Regex.Match(text, $@"{owner} (?:has|starts with) (\d+)|there are (\d+) \w+ in the bag of {owner}"));
        foreach (Match match in Regex.Matches(text, $@"{owner} (finds|gets|wins|loses|gives|drops) (\d+)"))
        {
            total += (match.Groups[1].Value is "finds" or "gets" or "wins" ? 1 : -1) * int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture);
        }

        return Text(total);
    }

    private static string Month(string text)
    {
        Dictionary<string, int> known = [];
        foreach (Match match in Regex.Matches(text, @"the (\w+) is in (\w+)|(\w+) is the month of the (\w+)"))
        {
            bool first = match.Groups[1].Success;
            known[(first ? match.Groups[1] : match.Groups[4]).Value] = Array.IndexOf(Months, (first ? match.Groups[2] : match.Groups[3]).Value);
        }

        List<(string Event, int By, string From)> links =
        [
            .. Regex.Matches(text, @"the (\w+) is (\d+) months (after|before) the (\w+)")
                .Select(match => (match.Groups[1].Value, By(match, 2, 3), match.Groups[4].Value)),
            .. Regex.Matches(text, @"(\d+) months (after|before) the (\w+) is the (\w+)")
                .Select(match => (match.Groups[4].Value, By(match, 1, 2), match.Groups[3].Value)),
        ];
        for (int round = 0; round < links.Count; round++)
        {
            foreach ((string name, int by, string from) in links.Where(link => known.ContainsKey(link.From)))
            {
                known[name] = (known[from] + by + 12) % 12;
            }
        }

        return Months[known[Regex.Match(text, @"the (\w+) \?$").Groups[1].Value]];
    }

    private static string Route(string text)
    {
        Dictionary<string, string> roads = Regex.Matches(text, @"(\w+) to (\w+)(?= [,.])")
            .ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        Match start = Regex.Match(text, @"starts in (\w+) and takes (\d+)|from (\w+) \w+ travels (\d+)");
        string town = start.Groups[1].Success ? start.Groups[1].Value : start.Groups[3].Value;
        for (int i = int.Parse(start.Groups[2].Success ? start.Groups[2].Value : start.Groups[4].Value, CultureInfo.InvariantCulture); i > 0; i--)
        {
            town = roads[town];
        }

        return town;
    }

    private static string Sorting(string text)
    {
        List<int> numbers = [.. Regex.Match(text, @"(?:\d+ ){3,}").Value.Trim().Split(' ').Select(word => int.Parse(word, CultureInfo.InvariantCulture))];
        Match ask = Regex.Match(text, @"what is (\d+) (and|plus|less|minus) [^.]*(?:place|number) (\d+)[^.]*\?$");
        int place = By(ask, 3);
        numbers.Sort();
        int found = text.Contains("large to small", StringComparison.Ordinal) || text.Contains("largest first", StringComparison.Ordinal)
            ? numbers[^place]
            : numbers[place - 1];
        return Text(ask.Groups[2].Value is "and" or "plus" ? By(ask, 1) + found : By(ask, 1) - found);
    }

    private static string Gates(string text)
    {
        Dictionary<string, bool> signs = [];
        foreach (string sentence in text.Split(" . "))
        {
            Match match = Regex.Match(sentence, "^([p-w]) is (?:(true|false)|not ([p-w])|([p-w]) (and|or) ([p-w]))$");
            if (match.Success)
            {
                signs[match.Groups[1].Value] = match.Groups[2].Success ? match.Groups[2].Value == "true"
                    : match.Groups[3].Success ? !signs[match.Groups[3].Value]
                    : match.Groups[5].Value == "and" ? signs[match.Groups[4].Value] && signs[match.Groups[6].Value]
                    : signs[match.Groups[4].Value] || signs[match.Groups[6].Value];
            }
        }

        Match rule = Regex.Match(text, @"prize is (\d+) if (\w) is true , else (\d+)|if (\w) is true the prize is (\d+) , else (\d+)");
        int prize = rule.Groups[1].Success
            ? By(rule, signs[rule.Groups[2].Value] ? 1 : 3)
            : By(rule, signs[rule.Groups[4].Value] ? 5 : 6);
        Match change = Regex.Match(text, @"(with|and|when|less) (\d+)[^.]*\?$");
        return Text(change.Groups[1].Value is "with" or "and" ? prize + By(change, 2) : prize - By(change, 2));
    }

    private static string Queue(string text)
    {
        string person = Regex.Match(text, @"(\w+) is first in a line|number 1 of a line is (\w+)").Groups.Cast<Group>().Skip(1)
            .First(group => group.Success).Value;
        Dictionary<string, string> behind = [];
        foreach (Match match in Regex.Matches(text, @"(\w+) is right (behind|before) (\w+)"))
        {
            (string a, string b) = (match.Groups[1].Value, match.Groups[3].Value);
            behind[match.Groups[2].Value == "behind" ? b : a] = match.Groups[2].Value == "behind" ? a : b;
        }

        for (int i = Number(Regex.Match(text, @"(?:number|place) (\d+)[^.]*\?$")); i > 1; i--)
        {
            person = behind[person];
        }

        return person;
    }

    private static string Shop(string text)
    {
        int cost = Regex.Matches(text, @"(\d+) \w+ (?:for|that cost) (\d+) coins each").Sum(match => By(match, 1) * By(match, 2));
        cost += Regex.Matches(text, @"(?:the tax is|a fee of) (\d+)").Sum(Number);
        Match note = Regex.Match(text, @"(?:gives|hands over) (\d+) coins");
        return Text(note.Success ? Number(note) - cost : cost);
    }

    private static string Pairs(string text)
    {
        int[] numbers = [.. Regex.Match(text, @"(?:\d+ , ){2,}\d+").Value.Split(" , ").Select(word => int.Parse(word, CultureInfo.InvariantCulture))];
        int sum = Number(Regex.Match(text, @"two of them are (\d+)|come to (\d+)"));
        (int a, int b) = numbers.SelectMany((x, i) => numbers.Skip(i + 1).Select(y => (x, y))).Single(pair => pair.x + pair.y == sum);
        return Text(Math.Abs(a - b) + Regex.Matches(text, @"(\d+) are (added|taken)").Sum(match => (match.Groups[2].Value == "added" ? 1 : -1) * By(match, 1)));
    }

    private static string Maze(string text)
    {
        ILookup<string, (string To, int Miles)> roads = Regex.Matches(text, @"(\w+) to (\w+) (\d+)")
            .ToLookup(match => match.Groups[1].Value, match => (match.Groups[2].Value, By(match, 3)));
        Match way = Regex.Match(text, @"(?:goes from (\w+) to|is in (\w+) and goes to) (\w+)");
        int? Miles(string town) => town == way.Groups[3].Value
            ? 0
            : roads[town].Select(road => Miles(road.To) + road.Miles).FirstOrDefault(miles => miles is not null);
        return Text(Miles(way.Groups[1].Success ? way.Groups[1].Value : way.Groups[2].Value)!.Value);
    }

    private static string Counting(string text)
    {
        Match rule = Regex.Match(text, @"when each (\w+)(?: or (\w+))? one (adds|takes) (\d+)");
        string list = Regex.Match(text, @"(?:balls|marbles) holds ([a-z , ]+)").Groups[1].Value;
        int found = list.Split(" , ").Count(item => item.Trim() == rule.Groups[1].Value || item.Trim() == rule.Groups[2].Value);
        return Text(Number(Regex.Match(text, @"so far (\d+) points|(\d+) points so far")) + (found * (rule.Groups[3].Value == "adds" ? 1 : -1) * By(rule, 4)));
    }

    private static string Storage(string text)
    {
        string place = Regex.Match(text, @"the (?!manager)\w+ is in the (\w+) \w+ \.|the (\w+) \w+ holds the \w+ \.").Groups.Cast<Group>().Skip(1)
            .First(group => group.Success).Value;
        foreach (Match match in Regex.Matches(text, @"all (?:goes )?from (\w+) to (\w+)"))
        {
            place = match.Groups[1].Value == place ? match.Groups[2].Value : place;
        }

        return place;
    }

    private static int Number(Match match) => int.Parse(match.Groups.Cast<Group>().Skip(1).First(group => group.Success).Value, CultureInfo.InvariantCulture);

    private static int By(Match match, int number) => int.Parse(match.Groups[number].Value, CultureInfo.InvariantCulture);

    private static int By(Match match, int number, int side) => match.Groups[side].Value == "after" ? By(match, number) : -By(match, number);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
