namespace NaturalThoughts.Build.Tests.Display;

/// <summary>A clock that stands still until it is told otherwise.</summary>
internal sealed class ManualClock : TimeProvider
{
    private TimeSpan _now;

    /// <inheritdoc />
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc />
    public override long GetTimestamp() => _now.Ticks;

    /// <summary>Moves the clock forward.</summary>
    public void Advance(double seconds) => _now += TimeSpan.FromSeconds(seconds);
}
