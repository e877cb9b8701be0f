namespace NaturalThoughts.Sources.Reading;

/// <summary>A text inside of a file: the file itself, what gzip unpacks, or an entry of a zip.</summary>
/// <param name="Entry">The entry's name; null where the file is no zip.</param>
/// <param name="Stream">Its bytes, without a byte-order mark.</param>
/// <param name="Shown">For messages.</param>
internal sealed record TextPart(string? Entry, Stream Stream, string Shown);
