namespace NaturalThoughts.Teaching.Calling;

/// <summary>Why an attempt of a call got no reply.</summary>
public enum CallFaultKind
{
    /// <summary>429: too many requests.</summary>
    Busy,

    /// <summary>A status of 500 or above, 408 or 425, or an error in place of a reply.</summary>
    ServerError,

    /// <summary>Nothing came for too long, or too slowly.</summary>
    Timeout,

    /// <summary>The connection could not be made, or broke.</summary>
    Dropped,

    /// <summary>The reply ended before its end was said.</summary>
    Cut,

    /// <summary>What came is no JSON, or too deep, or not of the protocol.</summary>
    InvalidReply,

    /// <summary>The reply says that it is something else than JSON or an event stream, or is compressed.</summary>
    WrongType,

    /// <summary>A reply without a choice.</summary>
    EmptyChoices,

    /// <summary>A stream that seems to repeat some of its pieces. The next attempt does without a stream.</summary>
    DuplicatedPieces,

    /// <summary>More bytes than may be read.</summary>
    TooLarge,

    /// <summary>The server refuses this request (a status of the 400s): its prompt may be too long.</summary>
    Rejected,

    /// <summary>The server refuses every request: key, rights, model's name, or no money left. Nothing more is sent.</summary>
    Denied,

    /// <summary>The server redirects, which is never followed. Nothing more is sent.</summary>
    Redirected,

    /// <summary>Vectors of another length than asked for, or than those before: another model answers, or the server knows no such length.</summary>
    OtherLength,
}
