using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using NaturalThoughts.Contracts;
using NaturalThoughts.Serving.Faults;
using NaturalThoughts.Serving.Protocol;

namespace NaturalThoughts.Serving.Hosting;

/// <summary>What the endpoint does with each request.</summary>
internal sealed class Endpoints(IReadOnlyList<IServedModel> models, ServeOptions options) : IDisposable
{
    private readonly KeyCheck _key = new(options.Key);
    private readonly FaultPlan _faults = new(options.Faults, options.FaultSeed);
    private readonly long _started = options.Clock.GetUtcNow().ToUnixTimeSeconds();
    private readonly ConcurrencyLimiter _queue = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = options.MaxRunning,
        QueueLimit = options.MaxWaiting,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>Answers one request; whatever goes wrong becomes an error of the protocol.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        try
        {
            if (!_key.Passes(context.Request))
            {
                context.Response.Headers.WWWAuthenticate = "Bearer";
                throw new RefusedRequestException(
                    options.Key is null ? "This server only answers under the names of this machine, such as 127.0.0.1." : "The key is missing or wrong.",
                    status: 401, code: "invalid_api_key");
            }

            await RouteAsync(context).ConfigureAwait(false);
        }
        catch (RefusedRequestException refused)
        {
            await ErrorAsync(context, ErrorJson.Of(refused), refused.Status).ConfigureAwait(false);
        }
        catch (UserErrorException error)
        {
            await ErrorAsync(context, ErrorJson.Of(400, error.Message), 400).ConfigureAwait(false);
        }
        catch (BadHttpRequestException error)
        {
            await ErrorAsync(context, ErrorJson.Of(error.StatusCode, error.Message), error.StatusCode).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller is gone: nobody is left to be told.
        }
        catch (Exception error)
        {
            // The boundary of a request: the server goes on for the others. What failed is told to whoever runs it, and not to the caller.
            options.Report?.Invoke($"{context.Request.Path}: {error.GetType().Name}: {error.Message}");
            await ErrorAsync(context, ErrorJson.Of(500, "The server failed on this request."), 500).ConfigureAwait(false);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _queue.Dispose();

    private async Task RouteAsync(HttpContext context)
    {
        string path = context.Request.Path.Value?.TrimEnd('/') ?? "";
        Func<RequestFields, HttpContext, Task>? post = path switch
        {
            "/v1/chat/completions" => (fields, to) => ReplyAsync(to, GenerationReader.Chat(fields)),
            "/v1/completions" => (fields, to) => ReplyAsync(to, GenerationReader.Completion(fields)),
            "/v1/embeddings" => EmbedAsync,
            _ => null,
        };
        string method = post is null ? HttpMethods.Get : HttpMethods.Post;
        JsonObject? known = path switch
        {
            _ when post is not null => [],
            "/v1/models" => new JsonObject { ["object"] = "list", ["data"] = new JsonArray([.. models.Select(Describe)]) },
            "/health" => new JsonObject { ["status"] = "ok" },
            _ when path.StartsWith("/v1/models/", StringComparison.Ordinal) => Describe(Find(Uri.UnescapeDataString(path["/v1/models/".Length..]))),
            _ => throw new RefusedRequestException("There is no such address.", status: 404),
        };
        if (!HttpMethods.Equals(context.Request.Method, method))
        {
            context.Response.Headers.Allow = method;
            throw new RefusedRequestException($"This address takes {method}.", status: 405);
        }

        await (post is null ? Replying.JsonAsync(context, known) : PostAsync(context, post)).ConfigureAwait(false);
    }

    private async Task PostAsync(HttpContext context, Func<RequestFields, HttpContext, Task> answer)
    {
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted).ConfigureAwait(false);
        byte[] bytes = body.ToArray();
        using RateLimitLease lease = await _queue.AcquireAsync(1, context.RequestAborted).ConfigureAwait(false);
        if (!lease.IsAcquired)
        {
            context.Response.Headers.RetryAfter = "1";
            throw new RefusedRequestException("Too many requests are waiting: try again later.", status: 429, code: "queue_full");
        }

        if (_faults.Next(bytes) is { } fault)
        {
            await FaultReply.WriteAsync(context, fault).ConfigureAwait(false);
            return;
        }

        await answer(RequestFields.Parse(bytes), context).ConfigureAwait(false);
    }

    private Task ReplyAsync(HttpContext context, Generation generation) => Replying.SendAsync(context, Find(generation.Model), generation, options.Clock);

    private async Task EmbedAsync(RequestFields fields, HttpContext context)
    {
        (string name, IReadOnlyList<string> texts, bool isBase64, int? width) = EmbeddingsJson.Read(fields);
        if (Find(name) is not IServedEmbedder model)
        {
            throw new RefusedRequestException($"The model '{Quoted.Of(name)}' has no embeddings.", "model");
        }

        Embedded embedded = await model.EmbedAsync(texts, context.RequestAborted).ConfigureAwait(false);
        if (width is { } wanted && wanted != embedded.Vectors[0].Length)
        {
            throw new RefusedRequestException($"The vectors have {embedded.Vectors[0].Length} dimensions; others are not supported.", "dimensions");
        }

        await Replying.JsonAsync(context, EmbeddingsJson.Write(name, embedded, isBase64)).ConfigureAwait(false);
    }

    private IServedModel Find(string name) => models.FirstOrDefault(model => model.Id == name)
        ?? throw new RefusedRequestException(
            $"There is no model '{Quoted.Of(name)}'; there is {Quoted.List([.. models.Select(model => $"'{model.Id}'")])}.", "model", 404, "model_not_found");

    private JsonObject Describe(IServedModel model) =>
        new() { ["id"] = model.Id, ["object"] = "model", ["created"] = _started, ["owned_by"] = "naturalthoughts" };

    // In the middle of a stream the status is sent: the error follows as an event, and nothing after it.
    private static Task ErrorAsync(HttpContext context, JsonObject error, int status) =>
        context.Response.HasStarted ? Replying.EventAsync(context, error, flush: true) : Replying.JsonAsync(context, error, status);
}
