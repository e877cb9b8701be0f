namespace NaturalThoughts.Statistics.Tests;

public class PowerTests
{
    [Theory]
    [InlineData(100, 0.8)]
    [InlineData(500, 0.9)]
    public void Should_ReachItsPower_When_EffectIsTheMinimumDetectable(int n, double power)
    {
        // The two reference roots that the golden comparison takes with a wider tolerance miss their own power by 2.6e-6 and 5.4e-6.
        Assert.Equal(power, Power.PairedT(n, Power.PairedTEffect(n, power, 0.05), 0.05), 1e-11);
    }

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
