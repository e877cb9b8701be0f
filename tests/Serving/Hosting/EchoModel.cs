using System.Runtime.CompilerServices;

namespace NaturalThoughts.Serving.Tests.Hosting;

/// <summary>Thinks the last message and answers it in capitals, a letter a token; embeds a text by its letters.</summary>
internal sealed class EchoModel : IServedModel, IServedEmbedder
{
    public string Id => "echo";

    /// <summary>No reply goes on before it is done.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>Replies that were begun.</summary>
    public int Begun;

    /// <summary>Replies that were asked to stop while they waited for the gate.</summary>
    public int Stopped;

    public async IAsyncEnumerable<ReplyPiece> ReplyAsync(ModelRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        Interlocked.Increment(ref Begun);
        try
        {
            await Gate.WaitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            Interlocked.Increment(ref Stopped);
            throw;
        }

        string text = request.Prompt ?? request.Messages[^1].Content;
        if (text == "fail")
        {
            throw new RefusedRequestException("No.", "messages", 422);
        }

        foreach (char letter in request.Prompt is null ? text : "")
        {
            yield return new ReplyPiece(letter.ToString()) { IsReasoning = true, PromptTokens = 7 };
        }

        foreach (char letter in text.ToUpperInvariant())
        {
            byte[] bytes = [(byte)letter];
            yield return new ReplyPiece(letter.ToString())
            {
                PromptTokens = 7,
                Logprobs = request.TopLogprobs is null
                    ? []
                    : [new TokenLogprob(letter.ToString(), bytes, -0.5, [new TokenLogprob("?", "?"u8.ToArray(), -1.5, [])])],
            };
        }

        yield return new ReplyPiece("") { Tokens = 0, FinishReason = "stop", PromptTokens = 7 };
    }

    public Task<Embedded> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellation) =>
        Task.FromResult(new Embedded([.. texts.Select(text => new float[] { text.Length, 0.5f })], texts.Sum(text => text.Length)));
}
