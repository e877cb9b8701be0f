namespace NaturalThoughts.Serving;

/// <summary>A model that the endpoint can serve. It is called by many requests at once.</summary>
public interface IServedModel
{
    /// <summary>The name under which requests ask for it.</summary>
    string Id { get; }

    /// <summary>One reply, piece by piece. The last piece has a finish reason, and no piece follows it.</summary>
    /// <param name="request">What is asked. Stop texts and the limit of tokens are applied by the server as well; a model may end earlier.</param>
    /// <param name="cancellation">Asks to stop: the caller is gone, or has read enough.</param>
    /// <exception cref="RefusedRequestException">The request cannot be answered by this model.</exception>
    IAsyncEnumerable<ReplyPiece> ReplyAsync(ModelRequest request, CancellationToken cancellation);
}
