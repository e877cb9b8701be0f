namespace NaturalThoughts.Serving.Protocol;

/// <summary>A request for replies: what the model is asked, and in what form the replies are wanted.</summary>
internal sealed record Generation
{
    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>The prompt and how the model samples.</summary>
    public required ModelRequest Request { get; init; }

    /// <summary>True for chat completions, false for completions of a text.</summary>
    public required bool IsChat { get; init; }

    /// <summary>Number of replies.</summary>
    public int Choices { get; init; } = 1;

    /// <summary>Texts at which the answer ends; none of them is sent.</summary>
    public IReadOnlyList<string> Stop { get; init; } = [];

    /// <summary>True where pieces are sent as they come.</summary>
    public bool Stream { get; init; }

    /// <summary>True where a stream ends with the counts of tokens.</summary>
    public bool IncludeUsage { get; init; }
}
