using NaturalThoughts.Contracts;

namespace NaturalThoughts.Experiments.Tests;

public sealed class DamagedYamlTests
{
    [Fact]
    public void Should_LoadOrSayWhatIsWrong_When_TextIsDamagedAnyhow()
    {
        // Given
        string[] splinters =
        [
            "", " ", "\n", "\t", ":", ": ", "- ", "[", "]", "{", "}", "#", "&a ", "*a", "!", "|", ">", "'", "\"", "%", "@", "?", "~", "-1", "\u0000", "\u2028",
            "é", "---\n", "<<: ",
        ];
        using Workbench bench = new();
        Dictionary<string, string> sources = new[] { "profiles/base.yaml", "tables/Ablation.yaml" }
            .ToDictionary(name => name, name => File.ReadAllText(Path.Combine(Workbench.Fixtures, "valid", name)));
        SeededRandom random = SeededRandom.From("damaged yaml");
        int refused = 0;

        for (int round = 0; round < 300; round++)
        {
            // When
            (string name, string text) = sources.ElementAt(random.Next(sources.Count));
            for (int cuts = random.Between(1, 3); cuts > 0; cuts--)
            {
                int at = random.Next(text.Length);
                text = text[..at] + random.Pick(splinters) + text[Math.Min(text.Length, at + random.Next(4))..];
            }

            bench.Write(name, text);
            try
            {
                bench.Load();
            }
            catch (UserErrorException e)
            {
                // Then
                refused++;
                Assert.All(e.Errors, error => Assert.False(string.IsNullOrEmpty(error.Location) || string.IsNullOrEmpty(error.Hint), error.ToString()));
            }

            bench.Write(name, sources[name]);
        }

        Assert.InRange(refused, 200, 299);
    }
}
