using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Pipeline.Planning;

/// <summary>One target of a plan that was complete.</summary>
/// <param name="Address">Its address.</param>
/// <param name="StageName">Its stage.</param>
/// <param name="Key">The key of its record.</param>
/// <param name="Duration">How long its run took when it was made.</param>
/// <param name="Outputs">Its outputs by name, in ordinal order.</param>
public sealed record CachedTarget(
    string Address, string StageName, ContentHash Key, TimeSpan Duration, IReadOnlyList<KeyValuePair<string, OutputFile>> Outputs);
