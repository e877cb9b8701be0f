using System.Globalization;
using NaturalThoughts.MiniWorld.Families;
using NaturalThoughts.MiniWorld.Generation;
using NaturalThoughts.Records;
using Xunit.Abstractions;

namespace NaturalThoughts.MiniWorld.Tests.Generation;

/// <summary>What a reader without arithmetic can make of options and text.</summary>
public class OptionTests(ITestOutputHelper output)
{
    /// <summary>Labelled questions of a family and form: 20 families and two forms make four times the pool of mini.</summary>
    private const int Labelled = 2000;

    private const int Asked = 2000;

    /// <summary>The most that the reader may have above chance.</summary>
    private const double Margin = 0.05;

    public static TheoryData<string> Benchmarks => ["hard", "broad", "transfer"];

    /// <summary>Asked with 2,000 questions, so that the standard error is at most one point; the margin is for what is left in the world.</summary>
    [Theory]
    [MemberData(nameof(Benchmarks))]
    public void Should_LeaveAReaderWithoutArithmeticNearChance_When_ItLearnsAFamily(string benchmark)
    {
        QuestionSource asked = QuestionSource.ByPrefix(benchmark)!;
        double chance = asked.Forms.Ten > 0 ? 0.1 : 0.25;
        (string Family, double Accuracy)[] rows = new (string, double)[asked.Families.Count];
        for (int i = 0; i < rows.Length; i++)
        {
            QuestionFamily family = asked.Families[i];
            ShallowReader reader = ShallowReader.Train(Questions(asked with { Prefix = "p", ForBenchmarks = false }, family, Labelled));
            rows[i] = (family.Name, reader.Accuracy(Questions(asked, family, Asked)));
        }

        string families = string.Join(", ", rows.Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.Family} {100 * row.Accuracy:f1}")));
        string told = string.Create(CultureInfo.InvariantCulture, $"{benchmark}: {families}; all {100 * rows.Average(row => row.Accuracy):f1}");
        output.WriteLine(told);
        Assert.True(rows.All(row => row.Accuracy <= chance + Margin), told);
    }

    /// <summary>The reader is no straw man: where the text names the right option alone, it finds out.</summary>
    [Fact]
    public void Should_FindTheLeak_When_TheRightOptionStandsAloneInTheText()
    {
        static Question Leak(Question question) => question with { Text = $"{question.Text} it may be {question.Options[question.Reference[0] - 'A']} ." };
        List<Question> questions = Questions(QuestionSource.ByPrefix("hard")!, FamilyCatalog.Pool[0], 1000);
        ShallowReader reader = ShallowReader.Train([.. questions.Take(500).Select(Leak)]);
        Assert.True(reader.Accuracy([.. questions.Skip(500).Select(Leak)]) > 0.8);
    }

    private static List<Question> Questions(QuestionSource source, QuestionFamily family, int count)
    {
        QuestionSource one = source with { Families = [family], FamilyWeights = [1] };
        List<Question> questions = [];
        for (int index = 0; questions.Count < count; index++)
        {
            if (ItemGenerator.Create(one, "reader-" + family.Name, index) is { } item)
            {
                questions.Add(item.Question);
            }
        }

        return questions;
    }
}
