using NaturalThoughts.Student.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Generation;

/// <summary>
/// Draws where the logits are, as <see cref="Sampler"/> does on the processor up to the rounding of sums and, above temperature 0, the order of equal logits:
/// those of a real vocabulary are not carried over, and only as many tokens are sorted as a draw needs.
/// </summary>
internal static class DeviceSampler
{
    // The draws of a trained model fall among so many most likely tokens; sorting the whole of a vocabulary takes as long as the model's step.
    private const long LikelyTokens = 1024;

    /// <summary>Draws a token for each row.</summary>
    /// <param name="logits">[B, V], on any device.</param>
    /// <param name="temperature">0 for the most likely token.</param>
    /// <param name="topP">In (0, 1].</param>
    /// <param name="uniforms">[B], draws in [0, 1), not used at temperature 0; null for a row that does not count.</param>
    /// <returns>[B]; the lower id of equal ones at temperature 0; anything for rows that do not count.</returns>
    /// <exception cref="ArithmeticException">Logits are NaN, at a temperature above 0.</exception>
    public static int[] Draw(Tensor logits, double temperature, double topP, double?[] uniforms)
    {
        using DisposeScope scope = NewDisposeScope();
        if (temperature == 0)
        {
            return Ids(logits.argmax(-1));
        }

        using Tensor uniform = tensor(Array.ConvertAll(uniforms, draw => draw ?? 0), [uniforms.Length, 1], device: logits.device);
        int[] drawn = Ids(Among(LikelyTokens, logits, temperature, topP, uniform));
        long[] open = [.. Enumerable.Range(0, drawn.Length).Where(b => drawn[b] < 0 && uniforms[b] is not null)];
        if (open.Length > 0)
        {
            Tensor rows = tensor(open, device: logits.device);
            int[] rest = Ids(Among(logits.shape[1], logits.index_select(0, rows), temperature, topP, uniform.index_select(0, rows)));
            for (int i = 0; i < open.Length; i++)
            {
                drawn[open[i]] = rest[i] >= 0 ? rest[i] : throw new ArithmeticException(Sampler.NoNumbers);
            }
        }

        return drawn;
    }

    // [B]: -1 where the draw may lie behind the likely ones, and where logits are NaN.
    private static Tensor Among(long likely, Tensor logits, double temperature, double topP, Tensor uniform)
    {
        long count = Math.Min(likely, logits.shape[1]);
        bool all = count == logits.shape[1];
        Tensor wide = logits.to(ScalarType.Float32);
        Tensor scaled = (wide - wide.amax([-1], keepdim: true)).Over(temperature);
        Tensor total = scaled.logsumexp(-1, keepdim: true);
        (Tensor top, Tensor ids) = scaled.topk((int)count, -1, largest: true, sorted: true);
        Tensor shares = (top - total).to(ScalarType.Float64).exp();
        Tensor sums = shares.cumsum(-1); // [B, count]

        // The nucleus ends with the first token that brings its sum to top-p. Where none of the likely ones does, it has all tokens if top-p is 1.
        Tensor last = sums.IsBelow(topP).sum(-1, keepdim: true); // [B, 1]
        Tensor ends = last.IsBelow(count);
        Tensor within = last.AtMost(count - 1);
        Tensor kept = sums.gather(1, within);
        Tensor target = uniform * (topP >= 1 && !all ? where(ends, kept, ones_like(kept)) : kept);
        Tensor at = (sums <= target).sum(-1, keepdim: true);
        Tensor decided = total.isfinite();
        if (!all)
        {
            decided &= topP >= 1 ? ends | at.IsBelow(count) : ends;
        }

        Tensor drawn = ids.gather(1, at.minimum(within));
        return where(decided, drawn, Numbers.FilledLike(drawn, -1)).squeeze(1);
    }

    private static int[] Ids(Tensor ids)
    {
        using Tensor host = ids.cpu();
        return [.. host.data<long>().Select(id => (int)id)];
    }
}
