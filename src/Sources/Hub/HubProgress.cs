namespace NaturalThoughts.Sources.Hub;

/// <summary>How many bytes of a download have arrived.</summary>
/// <param name="Done">Bytes on disk.</param>
/// <param name="Total">Bytes of the file; null where the server does not say.</param>
public readonly record struct HubProgress(long Done, long? Total);
