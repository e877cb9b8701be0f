using System.Collections.Frozen;
using System.Globalization;

namespace NaturalThoughts.Answers.Mathematics;

/// <summary>Units of measure and counted things: what they are called and what they are worth in base units.</summary>
internal static class Units
{
    /// <summary>Base units as symbols begin with this sign; no letter does.</summary>
    public const string Base = "§";

    private const string Noun = "noun:";

    private static readonly FrozenDictionary<string, Node> Sizes = UnitTable.Lines.Split('\n').Select(line => line.Trim().Split(' '))
        .ToFrozenDictionary(parts => parts[0], parts => Size(parts[1], parts[2]), StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Names = UnitTable.Lines.Split('\n').Select(line => line.Trim().Split(' '))
        .SelectMany(parts => parts[3..].Append(parts[0]).Select(name => (Name: name, Key: parts[0])))
        .ToFrozenDictionary(pair => pair.Name, pair => pair.Key, StringComparer.Ordinal);

    /// <summary>Names without regard to case, where no two units differ in case alone.</summary>
    private static readonly FrozenDictionary<string, string> Caseless = Names.Where(pair => pair.Key.Length > 1)
        .GroupBy(pair => pair.Key.ToLowerInvariant(), pair => pair.Value, StringComparer.Ordinal)
        .Where(group => group.Distinct(StringComparer.Ordinal).Count() == 1)
        .ToFrozenDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);

    private static readonly FrozenSet<string> NoNouns =
        ("or and more less fewer greater least most than not between about approximately over under each every from to of if when where all both is are was be "
        + "plus minus times something none no repeating recurring remainder exactly nearly roughly rounded only squared cubed")
            .Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly string[] Ones =
        ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen").Split(' ');

    /// <summary>Parts of one in words, two spellings for each of the sizes below.</summary>
    private static readonly string[] Parts =
        [
            "half", "one half", "third", "one third", "two thirds", "two third", "quarter", "one quarter", "one fourth", "a fourth", "three quarters",
            "three fourths", "one fifth", "a fifth",
        ];

    private static readonly string[] PartSizes = ["1/2", "1/3", "2/3", "1/4", "1/4", "3/4", "1/5"];

    private static readonly string[] Tens = "twenty thirty forty fifty sixty seventy eighty ninety".Split(' ');

    /// <summary>The key of a unit of two letters or more.</summary>
    public static string? Find(string word) => word.Length > 1
        ? Names.GetValueOrDefault(word) ?? Caseless.GetValueOrDefault(word.ToLowerInvariant())
        : word is "%" or "$" or "€" or "£" or "¥" or "₹" or "°" or "'" or "¢" ? Names[word] : null;

    /// <summary>The key of a unit in upright letters, where one letter is enough.</summary>
    public static string? FindRoman(string word) => Names.GetValueOrDefault(word) ?? Find(word);

    /// <summary>Whether a plain word is a unit.</summary>
    public static bool IsPlain(string word) => Find(word) is not null;

    /// <summary>Whether upright letters are a unit.</summary>
    public static bool IsRoman(string word) => FindRoman(word) is not null;

    /// <summary>Whether a word can be the name of counted things.</summary>
    public static bool CanCount(string word) => !NoNouns.Contains(word.ToLowerInvariant()) && Scale(word) is null && NumberWord(word) is null;

    /// <summary>The unit that counts things of this name.</summary>
    public static Node Counted(string words) => Node.Unit(Noun + Singular(words.ToLowerInvariant()));

    /// <summary>What a unit is worth: a number times base units.</summary>
    public static Node Worth(string key) => Sizes.TryGetValue(key, out Node? size) ? size : Node.Symbol(Base + key);

    /// <summary>Hundred, thousand, million and so on.</summary>
    public static Rational? Scale(string word) => word.ToLowerInvariant() switch
    {
        "hundred" => new Rational(100),
        "thousand" => new Rational(1000),
        "million" => new Rational(1_000_000),
        "billion" => new Rational(1_000_000_000),
        "trillion" => new Rational(1_000_000_000_000),
        _ => null,
    };

    /// <summary>A number below a hundred in one word.</summary>
    public static int? NumberWord(string word)
    {
        string lower = word.ToLowerInvariant();
        int one = Array.IndexOf(Ones, lower);
        int ten = Array.IndexOf(Tens, lower);
        return one >= 0 ? one : ten >= 0 ? (ten + 2) * 10 : null;
    }

    /// <summary>A number in words: twelve, twenty-five, three hundred and six, two million.</summary>
    public static Rational? NumberWords(string words)
    {
        if (Array.IndexOf(Parts, words.ToLowerInvariant().Replace('-', ' ')) is >= 0 and int part)
        {
            return Rational.Of(PartSizes[part / 2][0] - '0', PartSizes[part / 2][2] - '0');
        }

        string[] parts = words.Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries);
        (Rational total, Rational group, bool any) = (Rational.Zero, Rational.Zero, false);
        Rational sign = Rational.One;
        for (int i = 0; i < parts.Length; i++)
        {
            if (NumberWord(parts[i]) is { } number)
            {
                group += new Rational(number);
                any = true;
            }
            else if (Scale(parts[i]) is { } scale)
            {
                group = (group.IsZero ? Rational.One : group) * scale;
                (total, group) = scale.Numerator > 100 ? (total + group, Rational.Zero) : (total, group);
                any = true;
            }
            else if (i == 0 && parts[i].ToLowerInvariant() is "negative" or "minus")
            {
                sign = -Rational.One;
            }
            else if (!(any && parts[i] is "and"))
            {
                return null;
            }
        }

        return any ? sign * (total + group) : null;
    }

    private static string Singular(string words) => words switch
    {
        "people" or "persons" => "person",
        "children" => "child",
        "men" => "man",
        "women" => "woman",
        "mice" => "mouse",
        "geese" => "goose",
        _ when words.EndsWith("ies", StringComparison.Ordinal) && words.Length > 4 => words[..^3] + "y",
        _ when words.EndsWith("xes", StringComparison.Ordinal) || words.EndsWith("ches", StringComparison.Ordinal)
            || words.EndsWith("shes", StringComparison.Ordinal)
            || words.EndsWith("sses", StringComparison.Ordinal) => words[..^2],
        _ when words.EndsWith('s') && !words.EndsWith("ss", StringComparison.Ordinal) && words.Length > 3 => words[..^1],
        _ => words,
    };

    private static Node Size(string fraction, string dimensions)
    {
        string[] parts = fraction.Split('/');
        Rational factor = Rational.Of(NumberReader.Integer(parts[0]), parts.Length > 1 ? NumberReader.Integer(parts[1]) : 1);
        List<Node> factors = [Node.Number(factor)];
        foreach (string dimension in dimensions == "-" ? [] : dimensions.Split(','))
        {
            string[] pair = dimension.Split(':');
            if (pair[0] == "°")
            {
                factors.Add(Node.Quotient(Node.Symbol("pi"), Node.Number(180)));
                continue;
            }

            Node symbol = Node.Symbol(Base + pair[0]);
            factors.Add(pair[1] == "1" ? symbol : Node.Power(symbol, Node.Number(int.Parse(pair[1], CultureInfo.InvariantCulture))));
        }

        return Node.Product([.. factors]);
    }
}
