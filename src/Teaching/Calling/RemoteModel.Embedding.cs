using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Teaching.Calling;

/// <content>Embeddings: several texts go in one request, and each vector is kept as a call of its own.</content>
public sealed partial class RemoteModel
{
    private int _width;

    /// <summary>
    /// Embeds texts: those that are kept from the store, the others by one request. A request that the server refuses is halved, so that
    /// one text that is too long costs no other its vector. The content of each reply is an <see cref="EmbeddingVector"/>.
    /// </summary>
    /// <param name="calls">The texts; the same one may be in it twice, and is sent once.</param>
    /// <param name="encoding">The form that vectors are asked for: <c>float</c> or <c>base64</c>.</param>
    /// <param name="cancellation">Asks to stop.</param>
    /// <returns>What became of each text, in the order given.</returns>
    /// <exception cref="UserErrorException">Nothing more may be sent, or kept vectors are of several lengths.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; what was answered before is kept.</exception>
    public async Task<IReadOnlyList<CallOutcome>> EmbedAsync(IReadOnlyList<EmbeddingCall> calls, string encoding, CancellationToken cancellation)
    {
        Dictionary<ContentHash, CallOutcome> outcomes = [];
        while (true)
        {
            EmbeddingCall[] left = [.. calls.DistinctBy(call => call.Key).Where(call => !outcomes.ContainsKey(call.Key) && !IsKept(call, outcomes))];
            if (left.Length == 0)
            {
                return [.. calls.Select(call => outcomes[call.Key])];
            }

            if (_remote.Offline)
            {
                foreach (EmbeddingCall call in left)
                {
                    outcomes[call.Key] = Unanswered(CallOutcome.NotKept, "The vector is not in the store, and nothing may be sent.");
                }

                continue;
            }

            ThrowIfStopped();
            if (!await SendClaimedAsync(left, outcomes, encoding, cancellation).ConfigureAwait(false))
            {
                await Task.Delay(ClaimedElsewhere, _clock, cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Sends the texts that nobody else has claimed; false where there is none. Waits for no claim while it holds others.</summary>
    private async Task<bool> SendClaimedAsync(
        EmbeddingCall[] calls, Dictionary<ContentHash, CallOutcome> outcomes, string encoding, CancellationToken cancellation)
    {
        Dictionary<ContentHash, CallClaim> claims = [];
        try
        {
            foreach (EmbeddingCall call in calls)
            {
                if (_store.TryClaim(call.Key) is { } claim)
                {
                    claims.Add(call.Key, claim);
                }
            }

            EmbeddingCall[] claimed = [.. calls.Where(call => claims.ContainsKey(call.Key))];
            EmbeddingCall[] missing = [.. claimed.Where(call => !IsKept(call, outcomes))];
            foreach (EmbeddingCall call in claimed.Except(missing))
            {
                _store.Forget(call.Key);
            }

            if (missing.Length > 0)
            {
                await SendAsync(missing, claims, outcomes, encoding, cancellation).ConfigureAwait(false);
            }

            return claimed.Length > 0;
        }
        finally
        {
            foreach (CallClaim claim in claims.Values)
            {
                claim.Dispose();
            }
        }
    }

    private async Task SendAsync(
        EmbeddingCall[] calls, Dictionary<ContentHash, CallClaim> claims, Dictionary<ContentHash, CallOutcome> outcomes, string encoding,
        CancellationToken cancellation)
    {
        int guess = calls.Sum(call => call.Text.Length) / 4;
        Attempts attempts = new(calls[0].Key, () => guess, stream: false, calls.Length);
        decimal most = _endpoint.Prices.Of(calls.Sum(call => (long)Encoding.UTF8.GetByteCount(call.Text)), 0);
        CallFaultException? fault = await SendAsync(
            attempts,
            most,
            (_, stop) => AskAsync(calls, encoding, stop),
            (reply, took, _) =>
            {
                for (int i = 0; i < calls.Length; i++)
                {
                    outcomes[calls[i].Key] = Keep(calls[i], claims[calls[i].Key], reply, i, took, attempts.Faults);
                }

                decimal cost = _endpoint.Prices.Of(reply.Tokens ?? guess, 0);
                AnsweredTogether(calls.Length, reply.Tokens, cost);
                return cost;
            },
            cancellation).ConfigureAwait(false);
        if (fault is { Kind: CallFaultKind.Rejected } && calls.Length > 1)
        {
            await SendAsync(calls[..(calls.Length / 2)], claims, outcomes, encoding, cancellation).ConfigureAwait(false);
            await SendAsync(calls[(calls.Length / 2)..], claims, outcomes, encoding, cancellation).ConfigureAwait(false);
        }
        else if (fault is not null)
        {
            foreach (EmbeddingCall call in calls)
            {
                outcomes[call.Key] = Unanswered(fault.Kind.ToString(), fault.Message);
            }
        }
    }

    private async Task<EmbeddingReply> AskAsync(EmbeddingCall[] calls, string encoding, CancellationToken cancellation)
    {
        JsonObject body = new()
        {
            ["model"] = _endpoint.Model,
            ["input"] = new JsonArray([.. calls.Select(call => JsonValue.Create(call.Text))]),
            ["encoding_format"] = encoding,
        };
        if (calls[0].Dimensions is { } dimensions)
        {
            body["dimensions"] = dimensions;
        }

        ClientResult result = await _embedder!.GenerateEmbeddingsAsync(
            BinaryContent.Create(BinaryData.FromString(body.ToJsonString())), new RequestOptions { CancellationToken = cancellation }).ConfigureAwait(false);
        EmbeddingReply reply = EmbeddingReply.Read(result.GetRawResponse().Content.ToString(), calls.Length);
        int width = reply.Vectors[0].Length;
        int expected = calls[0].Dimensions ?? WidthAfter(width);
        return width == expected
            ? reply
            : throw new CallFaultException(CallFaultKind.OtherLength, $"The vectors have {width} numbers, {expected} were expected.");
    }

    // What the server sent is the vector: nothing else of a request for many texts belongs to one of them.
    private static CallOutcome Keep(EmbeddingCall call, CallClaim claim, EmbeddingReply reply, int index, TimeSpan took, SortedDictionary<string, int> faults)
    {
        CallEntry entry = new()
        {
            Key = call.Key,
            Request = call.Request,
            Reply = new CallReply
            {
                Content = EmbeddingVector.ToText(reply.Vectors[index]),
                FinishReason = "stop",
                PromptTokens = reply.Vectors.Length == 1 ? reply.Tokens : null,
                Model = reply.Model,
            },
            Seconds = Math.Round(took.TotalSeconds, 3),
            Faults = faults,
        };
        claim.Complete(entry, []);
        return new CallOutcome(entry);
    }

    private bool IsKept(EmbeddingCall call, Dictionary<ContentHash, CallOutcome> outcomes)
    {
        if (_store.Find(call.Key) is not { } found)
        {
            return false;
        }

        int width = EmbeddingVector.FromText(found.Reply.Content).Length;
        int expected = call.Dimensions ?? WidthAfter(width);
        outcomes[call.Key] = width == expected ? Hit(found) : throw StopFor(
            $"The kept vector of a text has {width} numbers, others of the model '{_endpoint.Model}' at '{_endpoint.Url}' have {expected}.",
            "Another model answered under this name before: give the new one another name, or set 'dimensions'.");
        return true;
    }

    /// <summary>The length of the first vector that was seen.</summary>
    private int WidthAfter(int width) => Interlocked.CompareExchange(ref _width, width, 0) is > 0 and var first ? first : width;
}
