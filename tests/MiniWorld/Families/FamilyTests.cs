using System.Globalization;
using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Families;
using NaturalThoughts.MiniWorld.Generation;
using NaturalThoughts.MiniWorld.Problems;
using NaturalThoughts.Records;

namespace NaturalThoughts.MiniWorld.Tests.Families;

public class QuestionFamilyTests
{
    private const int Draws = 60;

    public static TheoryData<string, int> All
    {
        get
        {
            TheoryData<string, int> data = [];
            foreach (QuestionFamily family in FamilyCatalog.All)
            {
                for (int level = QuestionFamily.MinLevel; level <= QuestionFamily.MaxLevel; level++)
                {
                    data.Add(family.Name, level);
                }
            }

            return data;
        }
    }

    [Fact]
    public void Should_HaveManyFamiliesAndDomains_When_Listed()
    {
        Assert.True(FamilyCatalog.Pool.Count >= 14);
        Assert.True(FamilyCatalog.PoolDomains.Count >= 6);
        Assert.True(FamilyCatalog.HeldOut.Count >= 3);
        Assert.All(FamilyCatalog.Pool, family => Assert.False(family.HeldOut));
        Assert.All(FamilyCatalog.HeldOut, family => Assert.True(family.HeldOut));
        Assert.Equal(FamilyCatalog.All.Count, FamilyCatalog.All.Select(family => family.Name).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Should_SolveItsProblem_When_ThePlanIsFollowed(string name, int level)
    {
        foreach (Problem problem in Problems(name, level))
        {
            Assert.Equal(problem.Answer, problem.Plan.Answer);
            Assert.All(problem.Plan.Results, result => Assert.InRange(result, 0, SolutionPlan.Limit));
            Assert.Equal(problem.Plan.Results, problem.Plan.RunWith(-1, 0));
            Assert.True(problem.CanBeAnswer(problem.Answer));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Should_UseTheWorldsPlainSpelling_When_PutIntoWords(string name, int level)
    {
        SeededRandom random = SeededRandom.From("test", name);
        foreach (Problem problem in Problems(name, level))
        {
            string text = QuestionWriter.Write(random, problem, level);
            Assert.Matches("^[a-z0-9 ,.:?]+$", text);
            Assert.DoesNotContain("  ", text);
            Assert.EndsWith(" ?", text);
            Assert.InRange(WordSplitter.Count(text), 12, 150);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Should_HaveNineDistinctWrongAnswers_When_TenOptionsAreAsked(string name, int level)
    {
        SeededRandom random = SeededRandom.From("test", name);
        QuestionFamily family = FamilyCatalog.All.Single(family => family.Name == name);
        int fit = 0;
        foreach (Problem problem in Problems(name, level, options: 10))
        {
            if (WrongAnswers.Draw(random, family, level, problem, 9) is { } wrong)
            {
                fit++;
                Assert.Equal(9, wrong.Distinct().Count());
                Assert.DoesNotContain(problem.Answer, wrong);
                Assert.All(wrong, value => Assert.True(problem.CanBeAnswer(value)));
            }
        }

        Assert.InRange(fit, Draws / 20, Draws);
    }

    [Fact]
    public void Should_TakeMoreSteps_When_TheLevelIsHigher()
    {
        foreach (QuestionFamily family in FamilyCatalog.All)
        {
            List<double> steps =
                [.. Enumerable.Range(1, QuestionFamily.MaxLevel).Select(level => Problems(family.Name, level).Average(problem => problem.Plan.Steps.Count))];
            Assert.True(steps.Zip(steps.Skip(1)).All(pair => pair.First <= pair.Second + 1e-9), $"{family.Name}: {string.Join(' ', steps)}");
            Assert.True(steps[5] >= steps[0] + 2, family.Name);
            Assert.True(
                steps[0] == 1 || (steps[0] == 2 && (family.HeldOut || family.Name is "gates" or "sorting" or "pairs" or "maze"))
                    || family.Name == "counting", family.Name);
        }
    }

    [Fact]
    public void Should_CarryAMistakeOn_When_OneStepGoesWrong()
    {
        SolutionPlan plan = new();
        Operand first = plan.Sum("", "", 7, 5);
        plan.Less("", "", first, 3);
        Assert.Equal([13, 10], plan.RunWith(0, 13)!);
        Assert.Null(plan.RunWith(0, 2));
    }

    private static IEnumerable<Problem> Problems(string name, int level, int? options = null)
    {
        QuestionFamily family = FamilyCatalog.All.Single(family => family.Name == name);
        return Enumerable.Range(0, Draws)
            .Select(i =>
                family.Create(
                    SeededRandom.From("families", name, level.ToString(CultureInfo.InvariantCulture), i.ToString(CultureInfo.InvariantCulture)), level,
                    options ?? (i % 3) switch { 0 => 0, 1 => 4, _ => 10 }));
    }
}
