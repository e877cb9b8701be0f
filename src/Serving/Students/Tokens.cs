using System.Text;
using NaturalThoughts.Checkpoints.Tokenization;

namespace NaturalThoughts.Serving.Students;

/// <summary>Texts and log-probabilities of tokens.</summary>
internal sealed class Tokens(Tokenizer tokenizer)
{
    // OpenAI's value for what is all but impossible; JSON has no infinity.
    private const double Least = -9999;

    /// <summary>A token's log-probability at temperature 1, with the most likely tokens beside it.</summary>
    /// <param name="logits">[V].</param>
    /// <param name="id">The token.</param>
    /// <param name="top">How many others; the lower id of equal ones first.</param>
    public TokenLogprob Logprob(ReadOnlySpan<float> logits, int id, int top)
    {
        double largest = float.NegativeInfinity;
        foreach (float logit in logits)
        {
            largest = Math.Max(largest, logit);
        }

        double sum = 0;
        foreach (float logit in logits)
        {
            sum += Math.Exp(logit - largest);
        }

        double total = largest + Math.Log(sum);
        float[] values = logits.ToArray();
        int[] likely = top == 0 ? [] : [.. Enumerable.Range(0, values.Length).OrderByDescending(i => values[i]).Take(top)];
        return One(id, values[id] - total, [.. likely.Select(i => One(i, values[i] - total, []))]);
    }

    private TokenLogprob One(int id, double logprob, IReadOnlyList<TokenLogprob> top)
    {
        byte[] bytes = [.. tokenizer.BytesOf(id)];
        return new TokenLogprob(Encoding.UTF8.GetString(bytes), bytes, Math.Max(Least, logprob), top);
    }
}
