using NaturalThoughts.Contracts;
using NaturalThoughts.Student.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Torch;

/// <summary>
/// Rounds float32 to one of its two neighbours in bfloat16, to the nearer one with the higher probability, so that the expectation is the
/// value itself: small steps are not lost (Gupta et al., arXiv 1502.02551). The random numbers are a hash of seed, step, buffer and
/// position: the same on every device, and nothing of them has to be kept for a resumed training.
/// </summary>
internal sealed class StochasticRounding(string seed)
{
    private const float Unit = 1f / (1 << 24);

    /// <summary>Rounds <paramref name="source"/> into <paramref name="target"/>.</summary>
    /// <param name="target">[N] bfloat16.</param>
    /// <param name="source">[N] float32, N at most 2^31.</param>
    /// <param name="buffer">The name of the buffer.</param>
    /// <param name="step">The step, counted from 1.</param>
    /// <param name="at">Where in the buffer this piece begins.</param>
    public void Copy(Tensor target, Tensor source, string buffer, int step, long at)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor nearest = source.to(ScalarType.BFloat16);
        Tensor near = nearest.to(ScalarType.Float32);
        Tensor error = source - near; // exact
        Tensor infinity = Numbers.FilledLike(nearest, float.PositiveInfinity);
        Tensor other = nearest.nextafter(where(error.IsPositive(), infinity, infinity.neg())); // the neighbour on the other side of source
        Tensor gap = other.to(ScalarType.Float32).sub_(near).abs_();
        Tensor picked = Uniform(source.numel(), buffer, step, at, source.device).mul_(gap).lt(error.abs());
        target.copy_(where(picked, other, nearest));
    }

    /// <summary>What the positions of a piece are mixed with, not negative.</summary>
    /// <param name="buffer">The name of the buffer.</param>
    /// <param name="step">The step, counted from 1.</param>
    /// <param name="at">Where in the buffer the piece begins.</param>
    public int Key(string buffer, int step, long at) =>
        SeededRandom.From("rounding", seed, buffer, FormattableString.Invariant($"{step}/{at}")).Next(int.MaxValue);

    // [N] float32 in [0, 1). Integer mixer "lowbias32" by Chris Wellons (hash-prospector, public domain), over the position XOR a key.
    private Tensor Uniform(long count, string buffer, int step, long at, Device device)
    {
        Tensor x = Numbers.CountUp(count, device).bitwise_xor_(tensor(Key(buffer, step, at)));
        Mix(x, 16, 0xffff);
        x.MultiplyInPlace(0x7feb352d);
        Mix(x, 15, 0x1ffff);
        x.MultiplyInPlace(unchecked((int)0x846ca68b));
        Mix(x, 16, 0xffff);
        return x.bitwise_and_(tensor(0xffffff)).to(ScalarType.Float32).MultiplyInPlace(Unit);
    }

    // x ^= x >> bits, without the sign's ones that an arithmetic shift draws in.
    private static void Mix(Tensor x, int bits, int mask) => x.bitwise_xor_(x.bitwise_right_shift(tensor(bits)).bitwise_and_(tensor(mask)));
}
