using Microsoft.AspNetCore.Http;
using NaturalThoughts.Serving.Protocol;

namespace NaturalThoughts.Serving.Faults;

/// <summary>Answers a request wrongly.</summary>
internal static class FaultReply
{
    private const string Page = "<html><body><h1>Bad gateway</h1></body></html>";

    public static async Task WriteAsync(HttpContext context, Fault fault)
    {
        CancellationToken aborted = context.RequestAborted;
        HttpResponse response = context.Response;
        (response.StatusCode, response.ContentType, string body) = fault switch
        {
            Fault.Busy => (429, "application/json", ErrorJson.Of(429, "Too many requests: an injected fault.").ToJsonString()),
            Fault.ServerError => (500, "application/json", ErrorJson.Of(500, "An injected fault.").ToJsonString()),
            Fault.BadGateway => (502, "text/html", Page),
            Fault.Cut => (200, "text/event-stream", """data: {"id":"cut","object":"chat.completion.chunk","created":0,"model":"cut","choices":[{"index":0,"delta":{"role":"assistant","content":"We"},"finish_reason":null}]}""" + "\n\n"),
            Fault.InvalidJson => (200, "application/json", """{"id":"cut","choices":[{"index":0,"message":{"role":"assis"""),
            Fault.WrongType => (200, "text/html", Page),
            Fault.EmptyChoices => (200, "application/json", """{"id":"empty","object":"chat.completion","created":0,"model":"empty","choices":[]}"""),
            _ => throw new ArgumentOutOfRangeException(nameof(fault)),
        };
        if (fault == Fault.Busy)
        {
            response.Headers.RetryAfter = "0";
        }

        await response.WriteAsync(body, aborted).ConfigureAwait(false);
        await response.Body.FlushAsync(aborted).ConfigureAwait(false);
        if (fault == Fault.Cut)
        {
            context.Abort();
        }
    }
}
