using System.Buffers;
using System.Numerics;
using System.Runtime.Intrinsics;
using NaturalThoughts.Student.Kernels;

namespace NaturalThoughts.Student.Generation;

/// <summary>
/// Draws the next token: temperature first, then the nucleus (arXiv 1904.09751): the smallest set of most likely tokens whose probability
/// reaches top-p. Ties go to the lower id.
/// </summary>
public static unsafe class Sampler
{
    // Tokens of at least this share of the most likely one are looked at first, then those of its square, and so on: few are sorted for most draws.
    private const double LikelyShare = 1.0 / 64;
    private const double Negligible = 1e-7;

    /// <summary>What is said where logits are NaN.</summary>
    internal const string NoNumbers = "The model's logits are no finite numbers: its weights are damaged, or have grown too large.";

    /// <summary>Draws the id of the next token of one row.</summary>
    /// <param name="logits">[V].</param>
    /// <param name="temperature">0 for the most likely token.</param>
    /// <param name="topP">In (0, 1].</param>
    /// <param name="uniform">A draw in [0, 1); not used at temperature 0.</param>
    /// <exception cref="ArithmeticException">Logits are NaN, at a temperature above 0.</exception>
    public static int Draw(ReadOnlySpan<float> logits, double temperature, double topP, double uniform)
    {
        Limits.Require(!logits.IsEmpty, nameof(logits));
        if (temperature == 0)
        {
            fixed (float* first = logits)
            {
                int best = logits.IndexOf(VectorMath.Max(first, logits.Length));
                return best >= 0 ? best : Largest(logits);
            }
        }

        int width = logits.Length;
        double[] values = ArrayPool<double>.Shared.Rent(width), weights = ArrayPool<double>.Shared.Rent(width);
        int[] ids = ArrayPool<int>.Shared.Rent(width);
        try
        {
            for (int i = 0; i < width; i++)
            {
                values[i] = logits[i];
            }

            (int count, double kept) = Nucleus(values.AsSpan(0, width), temperature, topP, ids, weights);
            return ids[Place(weights.AsSpan(0, count), uniform * kept)];
        }
        finally
        {
            ArrayPool<double>.Shared.Return(values);
            ArrayPool<double>.Shared.Return(weights);
            ArrayPool<int>.Shared.Return(ids);
        }
    }

    /// <summary>The probabilities that are left: 0 outside of the nucleus, renormalised inside.</summary>
    public static double[] Probabilities(ReadOnlySpan<double> logits, double temperature, double topP)
    {
        double[] probabilities = new double[logits.Length], weights = new double[logits.Length];
        int[] ids = new int[logits.Length];
        (int count, double kept) = Nucleus(logits.ToArray(), temperature, topP, ids, weights);
        for (int i = 0; i < count; i++)
        {
            probabilities[ids[i]] = weights[i] / kept;
        }

        return probabilities;
    }

    // The first weight with which the sum is above the target; the last positive one where none is.
    private static int Place(ReadOnlySpan<double> weights, double target)
    {
        int last = 0;
        for (int i = 0; i < weights.Length && weights[i] > 0; i++)
        {
            last = i;
            target -= weights[i];
            if (target < 0)
            {
                break;
            }
        }

        return last;
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

    // The nucleus of logits, which become e^((logit - largest) / temperature): its tokens and their weights from the most likely one on, how many there are,
    // and their sum.
    private static (int Count, double Kept) Nucleus(Span<double> values, double temperature, double topP, int[] ids, double[] weights)
    {
        double total = Weigh(values, values[Largest<double>(values)], temperature);
        if (!double.IsFinite(total))
        {
            throw new ArithmeticException(NoNumbers);
        }

        double wanted = topP * total;
        double least = topP < 1 ? LikelyShare : 0;
        while (true)
        {
            int found = Sort(values, least, ids, weights);
            double kept = 0;
            int count = 0;
            while (count < found && (kept < wanted || count == 0))
            {
                kept += weights[count++];
            }

            if (kept >= wanted || least == 0)
            {
                return (count, kept);
            }

            least = least * LikelyShare < Negligible ? 0 : least * LikelyShare;
        }
    }

    // Replaces each value by e^((value - largest) / temperature); their sum, in an order that no processor decides.
    private static double Weigh(Span<double> values, double largest, double temperature)
    {
        Vector256<double> shift = Vector256.Create(largest), scale = Vector256.Create(temperature), sums = default;
        int i = 0;
        for (; i <= values.Length - Vector256<double>.Count; i += Vector256<double>.Count)
        {
            Span<double> four = values.Slice(i, Vector256<double>.Count);
            Vector256<double> weights = ScalarMath.Exp((Vector256.Create<double>(four) - shift) / scale);
            weights.CopyTo(four);
            sums += weights;
        }

        double total = sums[0] + sums[1] + sums[2] + sums[3];
        for (; i < values.Length; i++)
        {
            values[i] = ScalarMath.Exp((values[i] - largest) / temperature);
            total += values[i];
        }

        return total;
    }

    // Those of at least this value, the largest first, equal ones in the order of their ids.
    private static int Sort(ReadOnlySpan<double> values, double least, int[] ids, double[] weights)
    {
        int count = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] >= least)
            {
                ids[count] = i;
                weights[count++] = -values[i];
            }
        }

        // Array.Sort is not stable: ties are put in the order of ids afterwards.
        Array.Sort(weights, ids, 0, count);
        for (int start = 0; start < count;)
        {
            int end = start + 1;
            while (end < count && weights[end] == weights[start])
            {
                end++;
            }

            if (end > start + 1)
            {
                Array.Sort(ids, start, end - start);
            }

            start = end;
        }

        for (int i = 0; i < count; i++)
        {
            weights[i] = -weights[i];
        }

        return count;
    }
}
