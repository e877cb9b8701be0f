using System.Text.Json;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Reporting.Locks;

/// <summary>
/// A result lock: the body (values, seeds, digests of the grades; compared byte for byte), the provenance (see
/// <see cref="Locks.Provenance"/>), the history of accepted changes, and a checksum over all of it, so that a hand that edits a part which
/// nothing recomputes is caught as well.
/// </summary>
/// <param name="Body">The values.</param>
/// <param name="Provenance">What the values came from; null in a lock that was made without.</param>
/// <param name="History">Date, reason and old digests of each accepted change, oldest first.</param>
public sealed record ResultLock(JsonObject Body, JsonObject? Provenance, JsonArray History)
{
    private const string Checksum = "checksum";

    /// <summary>True when the checksum is not that of the content, or is missing from a lock with provenance.</summary>
    public bool IsEdited { get; private init; }

    /// <summary>Reads the lock at a path.</summary>
    /// <exception cref="UserErrorException">The file is no lock.</exception>
    public static ResultLock Read(string path) => Parse(File.ReadAllBytes(RegularFile.Require(path)), path);

    /// <summary>Reads the text of a lock.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="location">Where it comes from, for the message.</param>
    /// <exception cref="UserErrorException">The text is no lock.</exception>
    public static ResultLock Parse(ReadOnlySpan<byte> text, string location)
    {
        TextFiles.Check(text, location);
        JsonObject? file = null;
        try
        {
            file = JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            // Reported below, with the same words as a file of another shape.
        }

        if (file?["body"] is not JsonObject body || body["cells"] is not JsonObject || file["history"] is not JsonArray history)
        {
            throw new UserErrorException("This file is not a result lock.", location, "Restore it from git, or delete it, and it is written again.");
        }

        ResultLock read = new(body, file["provenance"] as JsonObject, history);
        string? checksum = (file[Checksum] as JsonValue)?.ToString();
        return read with { IsEdited = checksum is null ? read.Provenance is not null : checksum != read.Digest().Hex };
    }

    /// <summary>The text of the file; with a provenance, the checksum of the content is in it.</summary>
    public string Write()
    {
        JsonObject file = Content();
        if (Provenance is not null)
        {
            file[Checksum] = Digest().Hex;
        }

        return CanonicalJson.WriteIndented(file);
    }

    private ContentHash Digest() => CanonicalJson.Hash(Content());

    private JsonObject Content()
    {
        JsonObject content = new() { ["body"] = Body.DeepClone(), ["history"] = History.DeepClone() };
        if (Provenance is not null)
        {
            content["provenance"] = Provenance.DeepClone();
        }

        return content;
    }
}
