using System.Runtime.CompilerServices;
using NaturalThoughts.Records;

namespace NaturalThoughts.Serving.World;

/// <summary>A model of the world: it writes the whole reply at once, and sends it word by word. A word is a token.</summary>
/// <param name="id">Its name.</param>
/// <param name="answer">The thinking, which may be null, and the answer.</param>
internal sealed class WorldModel(string id, Func<ModelRequest, (string? Thinking, string Answer)> answer) : IServedModel
{
    /// <inheritdoc />
    public string Id => id;

    /// <inheritdoc />
    public async IAsyncEnumerable<ReplyPiece> ReplyAsync(ModelRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        (string? thinking, string text) = answer(request);
        int prompt = request.Messages.Sum(message => WordSplitter.Count(message.Content)) + WordSplitter.Count(request.Prompt);
        bool isChat = request.Prompt is null;
        IEnumerable<(string Word, bool IsReasoning)> words = thinking is null ? Words(text, false)
            : isChat ? Words(thinking, true).Concat(Words(text, false))
            : Words($"<think> {thinking} </think> {text}", false);
        foreach ((string word, bool isReasoning) in words)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return new ReplyPiece(word) { IsReasoning = isReasoning, PromptTokens = prompt };
        }

        yield return new ReplyPiece("") { Tokens = 0, FinishReason = "stop", PromptTokens = prompt };
    }

    private static IEnumerable<(string Word, bool IsReasoning)> Words(string text, bool isReasoning) =>
        WordSplitter.Split(text).Select(word => (word, isReasoning));
}
