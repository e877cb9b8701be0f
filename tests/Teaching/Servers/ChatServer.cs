using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace NaturalThoughts.Teaching.Tests.Servers;

/// <summary>A chat endpoint on loopback that answers as a test wants: right, wrong or never.</summary>
internal sealed class ChatServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Lock _lock = new();
    private readonly List<JsonObject> _requests = [];
    private readonly List<string> _headers = [];

    private ChatServer(WebApplication app) => _app = app;

    /// <summary>The endpoint's address, <c>/v1</c> included.</summary>
    public string Url => _app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First() + "/v1";

    /// <summary>The bodies of all requests, in the order in which they came.</summary>
    public IReadOnlyList<JsonObject> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>The Authorization headers of all requests; empty where there was none.</summary>
    public IReadOnlyList<string> Headers
    {
        get
        {
            lock (_lock)
            {
                return [.. _headers];
            }
        }
    }

    /// <summary>Starts a server that answers each request by <paramref name="answer"/>.</summary>
    public static async Task<ChatServer> StartAsync(Func<JsonObject, HttpContext, Task> answer)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.Limits.MinResponseDataRate = null;
            options.Limits.MaxRequestBodySize = null;
        });
        WebApplication app = builder.Build();
        ChatServer server = new(app);
        app.MapFallback(async context =>
        {
            string text = await new StreamReader(context.Request.Body).ReadToEndAsync();
            JsonObject body = text.Length > 0 ? JsonNode.Parse(text)!.AsObject() : [];
            lock (server._lock)
            {
                server._requests.Add(body);
                server._headers.Add(context.Request.Headers.Authorization.ToString());
            }

            await answer(body, context);
        });
        await app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource soon = new(TimeSpan.FromSeconds(1));
        await _app.StopAsync(soon.Token);
        await _app.DisposeAsync();
    }
}
