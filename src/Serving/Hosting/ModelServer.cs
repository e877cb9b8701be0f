using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Serving.Hosting;

/// <summary>Models behind an OpenAI-compatible endpoint, until it is disposed of.</summary>
public sealed class ModelServer : IAsyncDisposable
{
    private const long LongestBody = 32 << 20;

    private readonly WebApplication _app;
    private readonly Endpoints _endpoints;
    private readonly TimeSpan _grace;

    private ModelServer(WebApplication app, Endpoints endpoints, TimeSpan grace)
    {
        (_app, _endpoints, _grace) = (app, endpoints, grace);
        Url = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First() + "/v1";
    }

    /// <summary>The endpoint's address, <c>/v1</c> included.</summary>
    public string Url { get; }

    /// <summary>Starts to listen.</summary>
    /// <param name="models">The models, each with a name of its own.</param>
    /// <param name="options">How they are offered.</param>
    /// <param name="cancellation">Asks to stop.</param>
    /// <exception cref="UserErrorException">The address is none of this machine's, or taken; or others could reach the endpoint and it has no key.</exception>
    public static async Task<ModelServer> StartAsync(IReadOnlyList<IServedModel> models, ServeOptions options, CancellationToken cancellation = default)
    {
        IPAddress address = options.Host == "localhost" ? IPAddress.Loopback
            : IPAddress.TryParse(options.Host, out IPAddress? parsed) ? parsed
            : throw new UserErrorException(
                $"'{Quoted.Of(options.Host)}' is not an IP address.", "host", "Give 127.0.0.1, or 0.0.0.0 for every address of this machine.");
        if (!IPAddress.IsLoopback(address) && options.Key is null)
        {
            throw new UserErrorException(
                $"Anyone who reaches {address} could use the models.", "host", "Set a key, or leave the host out: then only this machine reaches them.");
        }

        // No configuration from the surroundings: what the command line says is all that counts.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(address, options.Port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LongestBody;
            kestrel.Limits.MinResponseDataRate = null; // a caller may be slower than a model
        });
        WebApplication app = builder.Build();
        Endpoints endpoints = new(models, options);
        ((IApplicationBuilder)app).Run(endpoints.AnswerAsync);
        try
        {
            await app.StartAsync(cancellation).ConfigureAwait(false);
        }
        catch (IOException error)
        {
            endpoints.Dispose();
            await app.DisposeAsync().ConfigureAwait(false);
            throw new UserErrorException(
                $"The port {options.Port.ToString(CultureInfo.InvariantCulture)} of {address} cannot be opened: {error.Message}", "port",
                "Give another one, or 0 for any that is free.");
        }

        return new ModelServer(app, endpoints, options.Grace);
    }

    /// <summary>Takes no more requests, lets those under way end for a while, and then ends them.</summary>
    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource end = new(_grace);
        await _app.StopAsync(end.Token).ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
        _endpoints.Dispose();
    }
}
