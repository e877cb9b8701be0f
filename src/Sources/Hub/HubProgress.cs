namespace NaturalThoughts.Sources.Hub;

/// <summary>How far a download is.</summary>
/// <param name="Done">Bytes on disk.</param>
/// <param name="Total">Bytes of the file; null where the server does not say.</param>
public readonly record struct HubProgress(long Done, long? Total);
