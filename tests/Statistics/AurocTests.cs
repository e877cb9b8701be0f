namespace NaturalThoughts.Statistics.Tests;

public class AurocTests
{
    // Positive cases 3, 2, 5; negative 1, 2, 2, 4. By hand, wins of each positive: 3 beats 1, 2, 2; 2 beats 1 and ties two; 5 beats all:
    // (3 + 2 + 4) of 12. Placements: 3/4, 1/2, 1 of the positives; 1, 5/6, 5/6, 1/3 of the negatives, each with mean 3/4.
    private static readonly double[] Scores = [3, 1, 2, 2, 5, 2, 4];
    private static readonly bool[] Classes = [true, false, true, false, true, false, false];

    [Fact]
    public void Should_CountPairs_When_ScoresAreTied()
    {
        Auroc area = Auroc.Of(Scores, Classes);

        Assert.Equal(0.75, area.Value, 15);
        Assert.Equal((3, 4), (area.Positives, area.Negatives));
    }

    [Fact]
    public void Should_HaveDeLongsVariance_When_EachCaseIsAClusterOfItsOwn()
    {
        Auroc area = Auroc.Of(Scores, Classes);

        // S10 = (0 + 1/16 + 1/16)/2 = 1/16; S01 = (1/16 + 1/144 + 1/144 + 25/144)/3 = 36/144/3 = 1/12. Variance S10/3 + S01/4 = 1/24.
        ClusteredEstimate estimate = ClusteredEstimate.Of(area.Value, [.. Enumerable.Range(0, Scores.Length)], area.Influence);
        Assert.Equal(Math.Sqrt(1.0 / 24), estimate.StandardError, 15);
        Assert.Equal(0.75 - (1.959963984540054 * Math.Sqrt(1.0 / 24)), estimate.Interval95.Low, 15);
        Assert.Equal(Normal.TwoSided(0.25 / Math.Sqrt(1.0 / 24)), estimate.P(0.5));
    }

    [Fact]
    public void Should_GiveKendallsTau_When_TheClassIsTheOtherVariable()
    {
        // By hand: of 12 pairs of the two classes 8 are won, 2 lost and 2 tied; of all 21 pairs 3 have equal scores and 9 are of one class.
        Assert.Equal(6 / Math.Sqrt((21 - 3) * (21 - 9)), Auroc.Of(Scores, Classes).TauB, 14);
    }

    [Fact]
    public void Should_DoubleTheVariance_When_EachClusterHoldsTheSameCaseTwice()
    {
        // Every case twice, as two clusters' halves or as one cluster: with independent halves the variance is about half as large.
        double[] twice = [.. Scores, .. Scores];
        bool[] classes = [.. Classes, .. Classes];
        Auroc area = Auroc.Of(twice, classes);

        double apart = ClusteredEstimate.Of(area.Value, [.. Enumerable.Range(0, 14)], area.Influence).StandardError;
        double together = ClusteredEstimate.Of(area.Value, [.. Enumerable.Range(0, 7), .. Enumerable.Range(0, 7)], area.Influence).StandardError;

        Assert.Equal(Math.Sqrt(2), together / apart, 12);
    }

    [Fact]
    public void Should_HaveNoValue_When_AClassIsMissing()
    {
        Auroc area = Auroc.Of([1, 2], [true, true]);

        Assert.True(double.IsNaN(area.Value));
        Assert.Null(ClusteredEstimate.Of(area.Value, [0, 1], area.Influence).P(0.5));
    }

    [Fact]
    public void Should_CoverTheTruth_When_SamplesAreDrawn()
    {
        // Two targets see the same question; the score tells one class from the other by a shift. The true area is the mean of many large draws.
        int covered = 0;
        const int Draws = 400, Questions = 150;
        double truth = Draw("truth", 60_000).Value;
        for (int draw = 0; draw < Draws; draw++)
        {
            (double value, ClusteredEstimate estimate) = Draw($"{draw}", Questions);
            covered += estimate.Interval95.Low <= truth && truth <= estimate.Interval95.High ? 1 : 0;
            Assert.Equal(value, estimate.Value);
        }

        // 95 % of 400 with five standard deviations of the binomial distribution (4.4) to either side.
        Assert.InRange(covered, 358, 400);
    }

    private static (double Value, ClusteredEstimate Estimate) Draw(string seed, int questions)
    {
        List<double> scores = [];
        List<bool> classes = [];
        List<int> clusters = [];
        for (int q = 0; q < questions; q++)
        {
            double hardness = Contracts.SeededRandom.DrawDouble("auroc", seed, $"{q}");
            double signal = Math.Floor(5 * ((0.5 * hardness) + (0.5 * Contracts.SeededRandom.DrawDouble("signal", seed, $"{q}"))));
            foreach (string target in new[] { "a", "b" })
            {
                scores.Add(signal);
                classes.Add(Contracts.SeededRandom.DrawDouble(target, seed, $"{q}") < hardness);
                clusters.Add(q);
            }
        }

        Auroc area = Auroc.Of(scores, classes);
        return (area.Value, ClusteredEstimate.Of(area.Value, clusters, area.Influence));
    }
}
