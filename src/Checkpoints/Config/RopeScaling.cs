namespace NaturalThoughts.Checkpoints.Config;

/// <summary>
/// Rotary frequencies stretched for long contexts, rope type <c>llama3</c>: those that turn less often than <paramref name="LowFreqFactor"/> times over the
/// original length are divided by <paramref name="Factor"/>, those that turn more often than <paramref name="HighFreqFactor"/> times are kept, and those
/// between are blended.
/// </summary>
/// <param name="Factor">What slow frequencies are divided by; above 0.</param>
/// <param name="LowFreqFactor">Turns over the original length; above 0.</param>
/// <param name="HighFreqFactor">Turns over the original length; above <paramref name="LowFreqFactor"/>.</param>
/// <param name="OriginalMaxPositionEmbeddings">The length that the model was first trained for, in tokens.</param>
public sealed record RopeScaling(double Factor, double LowFreqFactor, double HighFreqFactor, int OriginalMaxPositionEmbeddings)
{
    /// <summary>
    /// The scaled frequency, in radians a position (Llama 3.1's reference code, apply_scaling in
    /// https://github.com/meta-llama/llama-models/blob/main/models/llama3/model.py).
    /// </summary>
    public double Apply(double frequency)
    {
        double turns = OriginalMaxPositionEmbeddings * frequency / (2 * Math.PI);
        if (turns < LowFreqFactor)
        {
            return frequency / Factor;
        }

        if (turns > HighFreqFactor)
        {
            return frequency;
        }

        double kept = (turns - LowFreqFactor) / (HighFreqFactor - LowFreqFactor);
        return ((1 - kept) * frequency / Factor) + (kept * frequency);
    }
}
