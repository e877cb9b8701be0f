namespace NaturalThoughts.Teaching.Calling;

/// <summary>What the wire tells of one attempt, beside the reply; and how it is to be sent.</summary>
internal sealed class CallNotes
{
    /// <summary>Whether a stream is asked for.</summary>
    public bool Stream { get; init; }

    /// <summary>Texts that are to be embedded; 0 for a chat.</summary>
    public int Texts { get; init; }

    /// <summary>Time from sending to the first byte of the reply's body, the server's queue included.</summary>
    public TimeSpan FirstByte { get; set; }

    /// <summary>What the server sent, compressed (gzip), without the key.</summary>
    public byte[] Raw { get; set; } = [];
}
