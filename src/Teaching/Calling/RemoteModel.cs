using Microsoft.Extensions.AI;
using NaturalThoughts.Contracts;
using OpenAI.Embeddings;
using Polly;

namespace NaturalThoughts.Teaching.Calling;

/// <summary>
/// A model whose finished calls are kept, be they chats or embeddings: a call that is in the store is answered from there, any other is sent,
/// repeated where that may help, and kept as soon as it is answered. Safe for many calls at once.
/// </summary>
public sealed partial class RemoteModel : IDisposable
{
    /// <summary>So many calls in a row without an answer mean that the endpoint is gone, or wrongly set up.</summary>
    private const int HopelessAfter = 20;

    private static readonly TimeSpan ClaimedElsewhere = TimeSpan.FromSeconds(1);

    private readonly EndpointOptions _endpoint;
    private readonly RemoteCalls _remote;
    private readonly TimeProvider _clock;
    private readonly CallStore _store;
    private readonly EndpointTraffic _traffic;
    private readonly ResiliencePipeline _retries;
    private readonly AsyncLocal<CallNotes?> _notes = new();
    private readonly IChatClient? _client;
    private readonly EmbeddingClient? _embedder;
    private readonly HttpClient? _http;
    private UserErrorException? _stopped;
    private int _unansweredInARow;

    /// <summary>Opens the model behind an endpoint.</summary>
    /// <param name="endpoint">The endpoint; see <see cref="EndpointOptions.Validate"/>.</param>
    /// <param name="remote">Where calls are kept, and what may be spent.</param>
    /// <param name="clock">The clock; the system's by default.</param>
    /// <param name="warn">Told of damaged entries.</param>
    /// <param name="network">What sends requests; the network by default.</param>
    /// <exception cref="UserErrorException">The key's variable is not set while calls may be sent.</exception>
    public RemoteModel(
        EndpointOptions endpoint, RemoteCalls remote, TimeProvider? clock = null, Action<string>? warn = null, HttpMessageHandler? network = null)
    {
        (_endpoint, _remote, _clock) = (endpoint, remote, clock ?? TimeProvider.System);
        _store = new CallStore(remote.Folder, warn);
        if (!remote.Offline)
        {
            (_client, _embedder, _http) = ChatClients.Create(
                endpoint, ApiKey.FromEnvironment(endpoint.KeyVariable), _notes, _clock, network ?? ChatClients.Network());
        }

        _traffic = EndpointTraffic.Of(remote, endpoint, _clock);
        _retries = RetryPolicies.Create(endpoint.Limits, _clock);
    }

    /// <summary>The endpoint that is asked.</summary>
    public EndpointOptions Endpoint => _endpoint;

    /// <summary>Calls under way and how many may be, those of other targets of the run included.</summary>
    public AdaptiveConcurrency Concurrency => _traffic.Concurrency;

    /// <summary>Answers a call, from the store or by sending it.</summary>
    /// <exception cref="UserErrorException">Nothing more may be sent: a limit is met, the endpoint refuses or is gone, or <see cref="Stop"/> was
    /// called.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; what was answered before is kept.</exception>
    public async Task<CallOutcome> CallAsync(ChatCall call, CancellationToken cancellation)
    {
        while (true)
        {
            if (_store.Find(call.Key) is { } found)
            {
                return Hit(found);
            }

            if (_remote.Offline)
            {
                return Unanswered(CallOutcome.NotKept, "The call is not in the store, and nothing may be sent.");
            }

            ThrowIfStopped();
            using (CallClaim? claim = _store.TryClaim(call.Key))
            {
                if (claim is not null)
                {
                    if (_store.Find(call.Key) is not { } meanwhile)
                    {
                        return await SendAsync(call, claim, cancellation).ConfigureAwait(false);
                    }

                    _store.Forget(call.Key);
                    return Hit(meanwhile);
                }
            }

            await Task.Delay(ClaimedElsewhere, _clock, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Sends nothing more; calls under way go on to their end.</summary>
    public void Stop() => Interlocked.CompareExchange(ref _stopped, new UserErrorException("The calls were stopped.", null, null, ExitCode.TargetFailed), null);

    /// <inheritdoc />
    public void Dispose()
    {
        _client?.Dispose();
        _http?.Dispose();
    }

    private async Task<CallOutcome> SendAsync(ChatCall call, CallClaim claim, CancellationToken cancellation)
    {
        decimal most = _endpoint.Prices.Of(
            call.Messages.Sum(message => (long)System.Text.Encoding.UTF8.GetByteCount(message.Text)), _endpoint.Sampling.MaxTokens);
        Attempts attempts = new(call.Key, () => (call.Messages.Sum(message => message.Text.Length) / 4) + MeanReply(), _endpoint.Limits.Stream);
        CallOutcome? outcome = null;
        CallFaultException? fault = await SendAsync(
            attempts,
            most,
            (_, stop) => _client!.GetResponseAsync(ChatMessages.Of(call), ChatMessages.Options(call, _endpoint), stop),
            (response, took, notes) =>
            {
                CallEntry entry = new()
                {
                    Key = call.Key,
                    Request = call.Request,
                    Reply = ChatMessages.Reply(response),
                    Seconds = Math.Round(took.TotalSeconds, 3),
                    Faults = attempts.Faults,
                };
                claim.Complete(entry, notes.Raw);
                decimal cost = Cost(call, entry.Reply);
                outcome = Answered(entry, cost);
                return cost;
            },
            cancellation).ConfigureAwait(false);
        return fault is null ? outcome! : Unanswered(fault.Kind.ToString(), fault.Message);
    }

    // Where the server does not say, four letters are a token.
    private decimal Cost(ChatCall call, CallReply reply) => _endpoint.Prices.Of(
        reply.PromptTokens ?? call.Messages.Sum(message => message.Text.Length) / 4,
        reply.ReplyTokens ?? (reply.Content.Length + reply.Reasoning.Length) / 4);
}
