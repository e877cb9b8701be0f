using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NaturalThoughts.Teaching.Calling;

/// <summary>
/// Sits beneath the OpenAI client and makes one form of all that servers send: it asks for a stream where that is wanted, reads it within
/// limits of bytes and time, and hands the client one whole completion with the reasoning under the one name that it knows. What the
/// server sent is kept as it came. Vectors go through as they are (<see cref="EmbeddingReply"/> checks them). Whatever goes wrong is a
/// <see cref="CallFaultException"/>.
/// </summary>
internal sealed class WireHandler(EndpointOptions endpoint, ApiKey key, AsyncLocal<CallNotes?> notes, TimeProvider clock, HttpMessageHandler inner)
    : DelegatingHandler(inner)
{
    /// <summary>More than 10,000 numbers with 17 digits each.</summary>
    private const long BytesOfAVector = 256 << 10;

    private readonly CallLimits _limits = endpoint.Limits;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        CallNotes call = notes.Value ?? throw new InvalidOperationException("A request was sent outside of a call.");
        await RewriteAsync(request, call, cancellationToken).ConfigureAwait(false);

        using CancellationTokenSource attempt = new(TimeSpan.FromSeconds(_limits.AttemptTimeout), clock);
        using CancellationTokenSource idle = new(TimeSpan.FromSeconds(_limits.FirstByteTimeout), clock);
        using CancellationTokenSource any = CancellationTokenSource.CreateLinkedTokenSource(attempt.Token, idle.Token, cancellationToken);
        try
        {
            long start = clock.GetTimestamp();
            using HttpResponseMessage response = await base.SendAsync(request, any.Token).ConfigureAwait(false);
            using MemoryStream raw = new();
            byte[] completion;
            using (GZipStream copy = new(raw, CompressionLevel.Fastest, leaveOpen: true))
            using (Stream body = await response.Content.ReadAsStreamAsync(any.Token).ConfigureAwait(false))
            {
                long most = _limits.MaxReplyBytes ?? (1 << 20) + (call.Texts > 0 ? BytesOfAVector * call.Texts : 1024L * endpoint.Sampling.MaxTokens);
                GuardedStream guarded = new(body, most, copy, length =>
                {
                    if (length > 0)
                    {
                        call.FirstByte = call.FirstByte == default ? clock.GetElapsedTime(start) : call.FirstByte;
                        idle.CancelAfter(TimeSpan.FromSeconds(_limits.IdleTimeout));
                    }
                });
                await WireStatus.ThrowOnAsync(response, guarded, key, clock, any.Token).ConfigureAwait(false);
                completion = await ReadAsync(response, guarded, call.Texts > 0, any.Token).ConfigureAwait(false);
            }

            call.Raw = WithoutKey(raw.ToArray());
            return new HttpResponseMessage(HttpStatusCode.OK)
            {
                RequestMessage = request,
                Content = new ByteArrayContent(completion) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CallFaultException(CallFaultKind.Timeout, attempt.IsCancellationRequested
                ? FormattableString.Invariant($"The reply was not whole after {_limits.AttemptTimeout} s.")
                : FormattableString.Invariant($"Nothing came for {(call.FirstByte == default ? _limits.FirstByteTimeout : _limits.IdleTimeout)} s."));
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw new CallFaultException(CallFaultKind.Dropped, $"The connection failed: {key.Redact(error.Message)}");
        }
    }

    private async Task RewriteAsync(HttpRequestMessage request, CallNotes call, CancellationToken cancellation)
    {
        JsonObject body = JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellation).ConfigureAwait(false))!.AsObject();
        if (call.Texts == 0)
        {
            RewriteChat(body, call.Stream);
        }

        request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        request.Headers.AcceptEncoding.Clear();
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
        if (key.Reveal() is null)
        {
            request.Headers.Authorization = null;
        }
    }

    private void RewriteChat(JsonObject body, bool stream)
    {
        body.Remove("max_completion_tokens");
        body[_limits.TokenLimitField] = endpoint.Sampling.MaxTokens;
        foreach ((string name, JsonNode? value) in endpoint.Sampling.Extra ?? [])
        {
            body[name] = value?.DeepClone();
        }

        body.Remove("stream_options");
        body["stream"] = stream;
        if (stream)
        {
            body["stream_options"] = new JsonObject { ["include_usage"] = true };
        }
    }

    private async Task<byte[]> ReadAsync(HttpResponseMessage response, Stream body, bool isEmbedding, CancellationToken cancellation)
    {
        // A compressed reply was not asked for; a few kilobytes of it could become gigabytes.
        if (response.Content.Headers.ContentEncoding.Any(encoding => !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase)))
        {
            throw new CallFaultException(CallFaultKind.WrongType, "The reply is compressed, which was not asked for.");
        }

        WireMessage message = new();
        switch (response.Content.Headers.ContentType?.MediaType?.ToLowerInvariant())
        {
            case "application/json" when isEmbedding:
                using (StreamReader reader = new(body, Encoding.UTF8))
                {
                    return Encoding.UTF8.GetBytes(key.Redact(await reader.ReadToEndAsync(cancellation).ConfigureAwait(false)));
                }

            case "text/event-stream" when !isEmbedding:
                await foreach (SseItem<string> item in SseParser.Create(body).EnumerateAsync(cancellation).ConfigureAwait(false))
                {
                    if (item.Data == "[DONE]")
                    {
                        break;
                    }

                    message.Add(item.Data, "delta");
                }

                break;
            case "application/json":
                using (StreamReader reader = new(body, Encoding.UTF8))
                {
                    message.Add(await reader.ReadToEndAsync(cancellation).ConfigureAwait(false), "message");
                }

                break;
            case var other:
                throw new CallFaultException(
                    CallFaultKind.WrongType, $"The reply is '{(other?.Length > 60 ? other[..60] : other)}', not JSON or an event stream.");
        }

        return message.ToCompletion(key.Redact);
    }

    private byte[] WithoutKey(byte[] compressed)
    {
        if (key.Reveal() is null)
        {
            return compressed;
        }

        using GZipStream gzip = new(new MemoryStream(compressed), CompressionMode.Decompress);
        using StreamReader reader = new(gzip, Encoding.UTF8);
        string text = reader.ReadToEnd();
        return key.IsIn(text) ? CallStore.Compress(Encoding.UTF8.GetBytes(key.Redact(text))) : compressed;
    }
}
