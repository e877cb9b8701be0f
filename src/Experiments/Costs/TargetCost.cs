namespace NaturalThoughts.Experiments.Costs;

/// <summary>What a target, or several, will likely take.</summary>
/// <param name="Trained">Tokens trained on.</param>
/// <param name="Generated">Tokens generated.</param>
/// <param name="DeviceSeconds">Seconds of the device that computes on tensors.</param>
/// <param name="ProcessorSeconds">Seconds of a processor for everything else.</param>
/// <param name="Calls">Calls of remote models.</param>
/// <param name="Money">What device and calls cost.</param>
/// <param name="Bytes">Bytes left in the store.</param>
public readonly record struct TargetCost(
    double Trained, double Generated, double DeviceSeconds, double ProcessorSeconds, double Calls, double Money, double Bytes)
{
    /// <summary>The cost of two targets together.</summary>
    public static TargetCost operator +(TargetCost a, TargetCost b) => new(
        a.Trained + b.Trained,
        a.Generated + b.Generated,
        a.DeviceSeconds + b.DeviceSeconds,
        a.ProcessorSeconds + b.ProcessorSeconds,
        a.Calls + b.Calls,
        a.Money + b.Money,
        a.Bytes + b.Bytes);
}
