namespace NaturalThoughts.Serving;

/// <summary>A model that also embeds texts.</summary>
public interface IServedEmbedder
{
    /// <summary>One vector for each text, in their order.</summary>
    /// <param name="texts">At least one text.</param>
    /// <param name="cancellation">Asks to stop.</param>
    /// <exception cref="RefusedRequestException">A text cannot be embedded.</exception>
    Task<Embedded> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellation);
}
