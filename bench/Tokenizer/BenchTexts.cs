using System.Globalization;
using System.Text;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Tokenizer.Bench;

/// <summary>Seeded texts as training data have them, in documents of about 4,000 characters.</summary>
internal static class BenchTexts
{
    private const int DocumentLength = 4000;

    /// <summary>Names and documents; <paramref name="characters"/> is the length of each kind, a third of it for Chinese with its three bytes each.</summary>
    public static IEnumerable<(string Name, string[] Documents)> All(string root, int characters)
    {
        string[] prose = Lines(root, "*.md");
        string[] code = Lines(root, "*.cs");
        yield return ("traces", Documents("traces", characters, random => random.Chance(0.3) ? Arithmetic(random) : random.Pick(prose) + "\n"));
        yield return ("code", Documents("code", characters, random => random.Pick(code) + "\n"));
        yield return ("Chinese", Documents("chinese", characters / 3, random => random.Chance(0.1) ? random.Pick(prose) + "\n" : Chinese(random)));
    }

    private static string[] Documents(string seed, int characters, Func<SeededRandom, string> next)
    {
        SeededRandom random = SeededRandom.From("bench", "tokenizer", seed);
        string[] documents = new string[characters / DocumentLength];
        for (int i = 0; i < documents.Length; i++)
        {
            StringBuilder text = new();
            while (text.Length < DocumentLength)
            {
                text.Append(next(random));
            }

            documents[i] = text.ToString();
        }

        return documents;
    }

    /// <summary>The repository's own lines, build outputs left out.</summary>
    private static string[] Lines(string root, string pattern) =>
    [
        .. new[] { "docs", "src", "tests", "build" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root, folder), pattern, SearchOption.AllDirectories))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .SelectMany(File.ReadLines),
    ];

    private static string Arithmetic(SeededRandom random)
    {
        int a = random.Next(10_000);
        int b = random.Next(100);
        return random.Next(3) switch
        {
            0 => string.Create(CultureInfo.InvariantCulture, $"Wait, {a} + {b} = {a + b}, so x = {a / (b + 1)}.\n\n"),
            1 => string.Create(CultureInfo.InvariantCulture, $"$$\\frac{{{a}}}{{{b}}} \\cdot {b} = \\boxed{{{a}}}$$\n"),
            _ => string.Create(CultureInfo.InvariantCulture, $"Let's check: {a} - {b} is {a - b}; that isn't 0. Therefore 𝑥 ≤ {a}.\n"),
        };
    }

    /// <summary>A sentence of characters whose frequencies fall as words' do.</summary>
    private static string Chinese(SeededRandom random)
    {
        StringBuilder text = new();
        for (int left = random.Between(4, 20); left > 0; left--)
        {
            text.Append((char)(0x4E00 + (int)(3500 * Math.Pow(random.NextDouble(), 3))));
        }

        return text.Append(random.Pick<string>(["，", "。", "。\n", "、", "？", " "])).ToString();
    }
}
