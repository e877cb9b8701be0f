using System.Net.Http.Headers;

namespace NaturalThoughts.Sources.Hub;

/// <summary>What the answers on the way to a file say of it. The hub names size and digest of large files before it sends the reader on.</summary>
internal sealed record HubHeaders
{
    /// <summary>The version of the bytes; null where no answer names one.</summary>
    public string? Version { get; init; }

    /// <summary>The SHA-256 of a large file, as the hub has it; null for small files.</summary>
    public string? Digest { get; init; }

    /// <summary>Bytes of the whole file; null where no answer says.</summary>
    public long? Size { get; init; }

    /// <summary>With what one more answer says; the first answer that names a linked file counts.</summary>
    public HubHeaders With(HttpResponseMessage response)
    {
        string? linked = First(response, "X-Linked-ETag")?.Trim('"');
        ContentRangeHeaderValue? range = response.Content.Headers.ContentRange;
        long? length = range is not null ? range.Length : response.IsSuccessStatusCode ? response.Content.Headers.ContentLength : null;
        return this with
        {
            Version = Version ?? linked ?? (response.IsSuccessStatusCode || range is not null ? response.Headers.ETag?.Tag : null),
            Digest = Digest ?? linked,
            Size = Size ?? (long.TryParse(First(response, "X-Linked-Size"), out long size) ? size : length),
        };
    }

    private static string? First(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? values.First() : null;
}
