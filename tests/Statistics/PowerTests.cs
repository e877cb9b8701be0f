namespace NaturalThoughts.Statistics.Tests;

public class PowerTests
{
    [Fact]
    public void Should_HaveNoMinimum_When_QuestionsAreTooFew()
    {
        Assert.True(double.IsNaN(Power.McNemarDifference(4, 0.3, 0.8, 0.05)));
    }

    [Fact]
    public void Should_GrowWithFewerDegreesOfFreedom_When_ErrorIsTheSame()
    {
        Assert.Equal(2.8016, Power.Difference(1, 1e6, 0.8, 0.05), 1e-4);
        Assert.True(Power.Difference(1, 2, 0.8, 0.05) > 5);
    }
}
