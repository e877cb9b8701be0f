namespace NaturalThoughts.Answers.Mathematics;

/// <summary>What a comparison may still spend: work is counted, so that a verdict never depends on the clock.</summary>
internal sealed class Work(long left)
{
    /// <summary>What one comparison may spend; one unit is about ten nanoseconds.</summary>
    public const long Standard = 8_000_000;

    private long _left = left;

    /// <summary>Takes the work off; throws when none is left.</summary>
    /// <exception cref="UndecidedException">The work is used up.</exception>
    public void Spend(long units)
    {
        _left -= units;
        if (_left < 0 || units < 0)
        {
            throw new UndecidedException("the work is used up");
        }
    }
}
