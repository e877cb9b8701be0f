using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Generation;

/// <summary>
/// Draws where the logits are, as <see cref="Sampler"/> does on the processor up to the rounding of sums: the logits of a real vocabulary are not carried
/// over, and only as many tokens are sorted as a draw needs.
/// </summary>
internal static class DeviceSampler
{
    // The draws of a trained model fall among so many most likely tokens; sorting the whole of a vocabulary takes as long as the model's step.
    private const long Likely = 1024;

    /// <summary>Draws a token for each row.</summary>
    /// <param name="logits">[B, V], on any device.</param>
    /// <param name="temperature">0 for the most likely token.</param>
    /// <param name="topP">In (0, 1].</param>
    /// <param name="uniforms">[B], draws in [0, 1); not used at temperature 0.</param>
    /// <returns>[B]; the lower id of equal ones at temperature 0.</returns>
    public static int[] Draw(Tensor logits, double temperature, double topP, double[] uniforms)
    {
        using DisposeScope scope = NewDisposeScope();
        if (temperature == 0)
        {
            return Ids(logits.argmax(-1));
        }

        using Tensor uniform = tensor(uniforms, [uniforms.Length, 1], device: logits.device);
        int[] drawn = Ids(Among(Likely, logits, temperature, topP, uniform));
        long[] open = [.. Enumerable.Range(0, drawn.Length).Where(b => drawn[b] < 0)];
        if (open.Length > 0)
        {
            Tensor rows = tensor(open, device: logits.device);
            int[] rest = Ids(Among(logits.shape[1], logits.index_select(0, rows), temperature, topP, uniform.index_select(0, rows)));
            for (int i = 0; i < open.Length; i++)
            {
                drawn[open[i]] = rest[i];
            }
        }

        return drawn;
    }

    // [B]: -1 where the draw may lie behind the likely ones.
    private static Tensor Among(long likely, Tensor logits, double temperature, double topP, Tensor uniform)
    {
        long count = Math.Min(likely, logits.shape[1]);
        bool all = count == logits.shape[1];
        Tensor scaled = logits.to(ScalarType.Float32) / temperature;
        (Tensor top, Tensor ids) = scaled.topk((int)count, -1, largest: true, sorted: true);
        Tensor shares = (top - scaled.logsumexp(-1, keepdim: true)).to(ScalarType.Float64).exp();
        Tensor sums = shares.cumsum(-1); // [B, count]

        // The nucleus ends with the first token that brings its sum to top-p. Where none of the likely ones does, it has all tokens if top-p is 1.
        Tensor last = (sums < topP).sum(-1, keepdim: true); // [B, 1]
        Tensor ends = last < count;
        Tensor within = last.clamp_max(count - 1);
        Tensor kept = sums.gather(1, within);
        Tensor target = uniform * (topP >= 1 && !all ? where(ends, kept, ones_like(kept)) : kept);
        Tensor at = (sums <= target).sum(-1, keepdim: true);
        Tensor drawn = ids.gather(1, at.minimum(within)).squeeze(1);
        if (all)
        {
            return drawn;
        }

        Tensor decided = topP >= 1 ? ends | (at < count) : ends;
        return where(decided.squeeze(1), drawn, full_like(drawn, -1));
    }

    private static int[] Ids(Tensor ids)
    {
        using Tensor host = ids.cpu();
        return [.. host.data<long>().Select(id => (int)id)];
    }
}
