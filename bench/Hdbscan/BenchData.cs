using System.Globalization;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Hdbscan.Bench;

/// <summary>Seeded point sets [n, d], from easy to hard for bounds on distances.</summary>
internal static class BenchData
{
    public static IEnumerable<(string Name, double[] Points)> All(int n, int d)
    {
        yield return ("blobs", Blobs(n, d));
        yield return ("cloud", Cloud(n, d));
        yield return ("manifold", Manifold(n, d));
    }

    /// <summary>20 Gaussian blobs of unlike spread and size, and one point in twenty anywhere in the box.</summary>
    private static double[] Blobs(int n, int d)
    {
        SeededRandom random = SeededRandom.From("bench", "blobs");
        double[] centres = Enumerable.Range(0, 20 * d).Select(_ => 8 * (random.NextDouble() - 0.5)).ToArray();
        double[] points = new double[n * d];
        for (int i = 0; i < n; i++)
        {
            int blob = Math.Min(random.Next(20), random.Next(20));
            bool noise = random.Chance(0.05);
            for (int j = 0; j < d; j++)
            {
                points[(i * d) + j] = noise ? 10 * (random.NextDouble() - 0.5) : centres[(blob * d) + j] + (Normal(random) * (0.5 + (0.05 * blob)));
            }
        }

        return points;
    }

    /// <summary>One Gaussian in all dimensions: all distances alike.</summary>
    private static double[] Cloud(int n, int d)
    {
        SeededRandom random = SeededRandom.From("bench", "cloud", n.ToString(CultureInfo.InvariantCulture));
        return [.. Enumerable.Range(0, n * d).Select(_ => Normal(random))];
    }

    /// <summary>Several curved sheets of five intrinsic dimensions in d, with a little noise, as embeddings of texts tend to be.</summary>
    private static double[] Manifold(int n, int d)
    {
        const int Intrinsic = 5;
        const int Sheets = 12;
        SeededRandom random = SeededRandom.From("bench", "manifold");
        double[] maps = Enumerable.Range(0, Sheets * 2 * Intrinsic * d).Select(_ => Normal(random)).ToArray();
        double[] shifts = Enumerable.Range(0, Sheets * d).Select(_ => 1.5 * Normal(random)).ToArray();
        double[] points = new double[n * d];
        double[] inner = new double[2 * Intrinsic];
        for (int i = 0; i < n; i++)
        {
            int sheet = random.Next(Sheets);
            for (int t = 0; t < Intrinsic; t++)
            {
                inner[t] = Normal(random);
                inner[Intrinsic + t] = inner[t] * inner[(t + 1) % Intrinsic] * 0.5;
            }

            for (int j = 0; j < d; j++)
            {
                double value = shifts[(sheet * d) + j] + (0.05 * Normal(random));
                for (int t = 0; t < inner.Length; t++)
                {
                    value += inner[t] * maps[(((sheet * 2 * Intrinsic) + t) * d) + j];
                }

                points[(i * d) + j] = value;
            }
        }

        return points;
    }

    /// <summary>Sum of twelve uniforms less six: near enough to normal, and the same on every machine.</summary>
    private static double Normal(SeededRandom random)
    {
        double sum = -6.0;
        for (int t = 0; t < 12; t++)
        {
            sum += random.NextDouble();
        }

        return sum;
    }
}
