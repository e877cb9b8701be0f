using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Embeddings;

namespace NaturalThoughts.Teaching.Calling;

/// <summary>Makes the clients of an endpoint: Microsoft.Extensions.AI for chats, over the official OpenAI client over <see cref="WireHandler"/>.</summary>
internal static class ChatClients
{
    /// <summary>A handler that goes to the network: no redirects, no cookies, nothing unpacked.</summary>
    public static HttpMessageHandler Network() => new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = System.Net.DecompressionMethods.None,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(30),
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
    };

    /// <summary>The clients and what must be disposed of with them.</summary>
    public static (IChatClient Chats, EmbeddingClient Embedder, HttpClient Http) Create(
        EndpointOptions endpoint, ApiKey key, AsyncLocal<CallNotes?> notes, TimeProvider clock, HttpMessageHandler network)
    {
        string? address = endpoint.AddressVariable is { } variable ? Environment.GetEnvironmentVariable(variable) : null;
        if (address is { Length: > 0 } && !EndpointAddress.IsFine(address))
        {
            throw new Contracts.UserErrorException(
                $"The environment variable '{endpoint.AddressVariable}' holds no address of an endpoint.", "endpoint.addressVariable", EndpointAddress.Hint);
        }

        HttpClient http = new(new WireHandler(endpoint, key, notes, clock, network)) { Timeout = Timeout.InfiniteTimeSpan };
        OpenAIClientOptions options = new()
        {
            Endpoint = new Uri(EndpointAddress.Normal(address is { Length: > 0 } ? address : endpoint.Url)),
            Transport = new HttpClientPipelineTransport(http),
            RetryPolicy = new ClientRetryPolicy(0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
        };
        OpenAIClient client = new(new ApiKeyCredential(key.Reveal() ?? "none"), options);
        return (client.GetChatClient(endpoint.Model).AsIChatClient(), client.GetEmbeddingClient(endpoint.Model), http);
    }
}
