using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using NaturalThoughts.Serving.Protocol;

namespace NaturalThoughts.Serving.Hosting;

/// <summary>Has a model write the replies of one request, and sends them whole or piece by piece.</summary>
internal static class Replying
{
    private static readonly JsonSerializerOptions Written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Sends all replies of a request.</summary>
    /// <exception cref="RefusedRequestException">The model refuses, and nothing was sent yet.</exception>
    public static async Task SendAsync(HttpContext context, IServedModel model, Generation generation, TimeProvider clock)
    {
        string id = (generation.IsChat ? "chatcmpl-" : "cmpl-") + RandomNumberGenerator.GetHexString(24, lowercase: true);
        ReplyJson json = new(generation, id, clock.GetUtcNow().ToUnixTimeSeconds());
        Choice[] choices = [.. Enumerable.Range(0, generation.Choices).Select(_ => new Choice())];
        bool[] begun = new bool[choices.Length];
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        Channel<(int Index, ReplyPiece Piece)> pieces = Channel.CreateUnbounded<(int, ReplyPiece)>(new UnboundedChannelOptions { SingleReader = true });
        Task writing = WriteAsync(model, generation, pieces.Writer, stop.Token);
        try
        {
            await foreach ((int index, ReplyPiece piece) in pieces.Reader.ReadAllAsync(context.RequestAborted).ConfigureAwait(false))
            {
                choices[index].Add(piece);
                if (generation.Stream)
                {
                    await EventAsync(context, json.Chunk(index, piece, first: !begun[index]), flush: !pieces.Reader.TryPeek(out _)).ConfigureAwait(false);
                    begun[index] = true;
                }
            }

            await writing.ConfigureAwait(false);
            if (!generation.Stream)
            {
                await JsonAsync(context, json.Whole(choices)).ConfigureAwait(false);
                return;
            }

            if (generation.IncludeUsage)
            {
                await EventAsync(context, json.UsageChunk(choices), flush: false).ConfigureAwait(false);
            }

            await context.Response.WriteAsync("data: [DONE]\n\n", context.RequestAborted).ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Sends a JSON object as the whole response.</summary>
    public static Task JsonAsync(HttpContext context, JsonObject json, int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json.ToJsonString(Written), context.RequestAborted);
    }

    /// <summary>Sends an event of a stream.</summary>
    public static async Task EventAsync(HttpContext context, JsonObject json, bool flush)
    {
        if (!context.Response.HasStarted)
        {
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers.CacheControl = "no-cache";
        }

        await context.Response.WriteAsync($"data: {json.ToJsonString(Written)}\n\n", context.RequestAborted).ConfigureAwait(false);
        if (flush)
        {
            await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
        }
    }

    private static async Task WriteAsync(IServedModel model, Generation generation, ChannelWriter<(int, ReplyPiece)> pieces, CancellationToken stop)
    {
        try
        {
            await Task.WhenAll(Enumerable.Range(0, generation.Choices).Select(async index =>
            {
                ModelRequest request = generation.Request with { Sample = index };
                IAsyncEnumerable<ReplyPiece> whole = model.ReplyAsync(request, stop);
                await foreach (ReplyPiece piece in ReplyCutter.CutAsync(whole, generation.Stop, request.MaxTokens, stop).ConfigureAwait(false))
                {
                    await pieces.WriteAsync((index, piece), stop).ConfigureAwait(false);
                }
            })).ConfigureAwait(false);
        }
        finally
        {
            pieces.Complete();
        }
    }
}
