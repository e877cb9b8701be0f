namespace NaturalThoughts.Serving.Faults;

/// <summary>A way to answer wrongly. None of them hangs.</summary>
internal enum Fault
{
    /// <summary>429 with Retry-After.</summary>
    Busy,

    /// <summary>500 with an error in JSON.</summary>
    ServerError,

    /// <summary>502 with a page of HTML, as proxies send it.</summary>
    BadGateway,

    /// <summary>200, a part of the reply, and then the connection is closed.</summary>
    Cut,

    /// <summary>200 and JSON that ends in the middle.</summary>
    InvalidJson,

    /// <summary>200 and a page of HTML.</summary>
    WrongType,

    /// <summary>200 and a reply without choices.</summary>
    EmptyChoices,
}
