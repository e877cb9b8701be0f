namespace NaturalThoughts.Checkpoints.Tokenization;

/// <summary>The ids that a post-processor puts before and after those of a text.</summary>
internal sealed record SpecialFrame(int[] Before, int[] After)
{
    /// <summary>The frame that adds no ids.</summary>
    public static readonly SpecialFrame Empty = new([], []);

    /// <summary>This frame around another one.</summary>
    public SpecialFrame Around(SpecialFrame inner) => new([.. Before, .. inner.Before], [.. inner.After, .. After]);
}
