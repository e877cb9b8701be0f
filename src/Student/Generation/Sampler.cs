using System.Numerics;
using NaturalThoughts.Student.Kernels;

namespace NaturalThoughts.Student.Generation;

/// <summary>
/// Draws the next token: temperature first, then the nucleus (arXiv 1904.09751): the smallest set of most likely tokens whose probability
/// reaches top-p. Ties go to the lower id.
/// </summary>
public static unsafe class Sampler
{
    // A token below this share of the most likely one is looked at only when all others together do not reach top-p.
    private const double Negligible = 1e-7;

    /// <summary>Draws a token.</summary>
    /// <param name="logits">[V].</param>
    /// <param name="temperature">0 for the most likely token.</param>
    /// <param name="topP">In (0, 1].</param>
    /// <param name="uniform">A draw in [0, 1); not used at temperature 0.</param>
    public static int Draw(ReadOnlySpan<float> logits, double temperature, double topP, double uniform)
    {
        if (temperature == 0)
        {
            fixed (float* first = logits)
            {
                int best = logits.IndexOf(VectorMath.Max(first, logits.Length));
                return best >= 0 ? best : Largest(logits);
            }
        }

        double[] wide = new double[logits.Length];
        for (int i = 0; i < wide.Length; i++)
        {
            wide[i] = logits[i];
        }

        (int[] ids, double[] weights, double kept) = Nucleus(wide, temperature, topP);
        double target = uniform * kept;
        int last = 0;
        for (int i = 0; i < ids.Length && weights[i] > 0; i++)
        {
            last = i;
            target -= weights[i];
            if (target < 0)
            {
                break;
            }
        }

        return ids[last];
    }

    /// <summary>The probabilities that are left: 0 outside of the nucleus, renormalised inside.</summary>
    public static double[] Probabilities(ReadOnlySpan<double> logits, double temperature, double topP)
    {
        double[] probabilities = new double[logits.Length];
        (int[] ids, double[] weights, double kept) = Nucleus(logits, temperature, topP);
        for (int i = 0; i < ids.Length; i++)
        {
            probabilities[ids[i]] = weights[i] / kept;
        }

        return probabilities;
    }

    private static int Largest<T>(ReadOnlySpan<T> logits)
        where T : struct, IComparisonOperators<T, T, bool>
    {
        int best = 0;
        for (int i = 1; i < logits.Length; i++)
        {
            if (logits[i] > logits[best])
            {
                best = i;
            }
        }

        return best;
    }

    private static (int[] Ids, double[] Weights, double Kept) Nucleus(ReadOnlySpan<double> logits, double temperature, double topP)
    {
        double largest = logits[Largest(logits)];
        double[] all = new double[logits.Length];
        double total = 0;
        int likely = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            all[i] = Math.Exp((logits[i] - largest) / temperature);
            total += all[i];
            likely += all[i] >= Negligible ? 1 : 0;
        }

        double wanted = topP * total;
        (int[] ids, double[] weights) = Sorted(all, Negligible, likely);
        if (topP >= 1 || Sum(weights) < wanted)
        {
            (ids, weights) = Sorted(all, 0, all.Length);
        }

        double kept = 0;
        int count = 0;
        while (count < weights.Length && (kept < wanted || count == 0))
        {
            kept += weights[count++];
        }

        return (ids[..count], weights[..count], kept);
    }

    private static (int[] Ids, double[] Weights) Sorted(double[] all, double least, int count)
    {
        int[] ids = new int[count];
        double[] keys = new double[count];
        int at = 0;
        for (int i = 0; i < all.Length; i++)
        {
            if (all[i] >= least)
            {
                ids[at] = i;
                keys[at++] = -all[i];
            }
        }

        // Array.Sort is not stable: ties are put in the order of ids afterwards.
        Array.Sort(keys, ids);
        for (int start = 0; start < count;)
        {
            int end = start + 1;
            while (end < count && keys[end] == keys[start])
            {
                end++;
            }

            Array.Sort(ids, start, end - start);
            start = end;
        }

        return (ids, Array.ConvertAll(keys, key => -key));
    }

    private static double Sum(double[] weights)
    {
        double sum = 0;
        foreach (double weight in weights)
        {
            sum += weight;
        }

        return sum;
    }
}
