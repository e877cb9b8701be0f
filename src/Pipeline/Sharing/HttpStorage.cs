using System.Net;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Pipeline.Sharing;

/// <summary>
/// A web server that keeps what is PUT: <c>ac/&lt;key&gt;</c> and <c>cas/&lt;digest&gt;</c> below its URL, as Bazel's HTTP caches have them. GET, HEAD and PUT;
/// redirects are not followed, so that nobody else is asked or told.
/// </summary>
public sealed class HttpStorage : ISharedStorage
{
    // A transfer that keeps moving may take as long as it would at this speed.
    private const double LeastBytesPerSecond = 64 << 10;
    private const int AskFirst = 64 << 10;

    private readonly HttpClient _client;
    private readonly Uri _root;
    private readonly TimeSpan _patience;
    private readonly TimeProvider _time;

    /// <param name="root">The URL, ending with a slash.</param>
    /// <param name="credentials">Sent with every request; null for none.</param>
    /// <param name="patience">How long the server may be silent; null for ten seconds.</param>
    /// <param name="time">The clock that patience is measured by; null for that of the system.</param>
    public HttpStorage(Uri root, CacheCredentials? credentials, TimeSpan? patience = null, TimeProvider? time = null)
    {
        _time = time ?? TimeProvider.System;
        _root = root;
        _patience = patience ?? TimeSpan.FromSeconds(10);
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = !root.IsLoopback,
            ConnectTimeout = _patience / 2,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _client.DefaultRequestHeaders.Authorization = credentials?.Header;
    }

    /// <inheritdoc />
    public string Name => _root.AbsoluteUri;

    /// <inheritdoc />
    public Task<byte[]?> GetRecordAsync(ContentHash key, CancellationToken cancellation) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, Record(key)), BoundedCopy.LongestRecord, cancellation, async (response, watch) =>
        {
            if (!IsThere(response))
            {
                return null;
            }

            using Stream body = await response.Content.ReadAsStreamAsync(watch.Token).ConfigureAwait(false);
            return await BoundedCopy.ReadRecordAsync(body, watch.Moved, watch.Token).ConfigureAwait(false);
        });

    /// <inheritdoc />
    public Task<bool> HasObjectAsync(OutputFile file, CancellationToken cancellation) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Head, Object(file)), 0, cancellation, (response, _) =>
            Task.FromResult(IsThere(response) && (response.Content.Headers.ContentLength ?? file.Size) == file.Size));

    /// <inheritdoc />
    public Task<bool> GetObjectAsync(OutputFile file, string path, CancellationToken cancellation) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, Object(file)), file.Size, cancellation, async (response, watch) =>
        {
            if (!IsThere(response))
            {
                return false;
            }

            if (response.Content.Headers.ContentLength is { } length && length != file.Size)
            {
                throw new SharedStorageException(StorageFault.Item, FormattableString.Invariant($"has {length} bytes instead of {file.Size}"));
            }

            using Stream body = await response.Content.ReadAsStreamAsync(watch.Token).ConfigureAwait(false);
            await BoundedCopy.ToFileAsync(body, file, path, watch.Moved, watch.Token).ConfigureAwait(false);
            return true;
        });

    /// <inheritdoc />
    public Task PutRecordAsync(ContentHash key, byte[] text, CancellationToken cancellation) =>
        PutAsync(Record(key), _ => new ByteArrayContent(text), text.Length, cancellation);

    /// <inheritdoc />
    public async Task PutObjectAsync(OutputFile file, string path, CancellationToken cancellation)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
        await PutAsync(Object(file), watch => new WatchedContent(stream, file.Size, watch.Moved), file.Size, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();

    private Uri Record(ContentHash key) => new(_root, "ac/" + key.Hex);

    private Uri Object(OutputFile file) => new(_root, "cas/" + file.Digest.Hex);

    private async Task PutAsync(Uri url, Func<Watch, HttpContent> content, long size, CancellationToken cancellation)
    {
        HttpRequestMessage request = new(HttpMethod.Put, url);
        request.Headers.ExpectContinue = size > AskFirst;
        await SendAsync(
            request,
            size,
            cancellation,
            (response, _) => response.StatusCode switch
            {
                >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices => Task.FromResult(true),
                HttpStatusCode.RequestEntityTooLarge => throw new SharedStorageException(StorageFault.Item, "is too large for it (413)"),
                HttpStatusCode.MethodNotAllowed => throw new SharedStorageException(StorageFault.Refused, "it answered 405"),
                _ => throw Refusal(response),
            },
            content).ConfigureAwait(false);
    }

    private async Task<T> SendAsync<T>(
        HttpRequestMessage request, long size, CancellationToken cancellation, Func<HttpResponseMessage, Watch, Task<T>> read,
        Func<Watch, HttpContent>? content = null)
    {
        using HttpRequestMessage owned = request;
        using Watch watch = new(_time, _patience, size / LeastBytesPerSecond, cancellation);
        owned.Content = content?.Invoke(watch);
        bool answered = false;
        try
        {
            using HttpResponseMessage response = await _client.SendAsync(owned, HttpCompletionOption.ResponseHeadersRead, watch.Token).ConfigureAwait(false);
            answered = true;
            return await read(response, watch).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new SharedStorageException(
                StorageFault.Unreachable, FormattableString.Invariant($"it was silent or too slow for {_patience.TotalSeconds:0.#} s"), e);
        }
        catch (HttpIOException e) when (answered)
        {
            throw new SharedStorageException(StorageFault.Item, "was cut off on the way", e);
        }
        catch (HttpRequestException e)
        {
            throw new SharedStorageException(StorageFault.Unreachable, Sentence(e), e);
        }
    }

    private static bool IsThere(HttpResponseMessage response) => response.StatusCode switch
    {
        HttpStatusCode.OK => true,
        HttpStatusCode.NotFound or HttpStatusCode.Gone => false,
        _ => throw Refusal(response),
    };

    private static SharedStorageException Refusal(HttpResponseMessage response)
    {
        int code = (int)response.StatusCode;
        return code switch
        {
            401 or 403 or 407 => new SharedStorageException(StorageFault.Refused, FormattableString.Invariant($"it answered {code}")),
            >= 300 and < 400 =>
                new SharedStorageException(StorageFault.Refused, FormattableString.Invariant($"it answered {code}, a redirect, which is not followed")),
            _ => new SharedStorageException(StorageFault.Unreachable, FormattableString.Invariant($"it answered {code}")),
        };
    }

    private static string Sentence(HttpRequestException e) => (e.InnerException is { } inner and not IOException ? inner.Message : e.Message).TrimEnd('.');

    /// <summary>Ends a request whose server is silent, or so slow that nobody should wait for it.</summary>
    private sealed class Watch : IDisposable
    {
        private readonly TimeSpan _patience;
        private readonly CancellationTokenSource _silent;
        private readonly CancellationTokenSource _late;
        private readonly CancellationTokenSource _any;

        public Watch(TimeProvider time, TimeSpan patience, double seconds, CancellationToken cancellation)
        {
            _patience = patience;
            _silent = new CancellationTokenSource(patience, time);
            _late = new CancellationTokenSource(patience * 2 + TimeSpan.FromSeconds(Math.Min(seconds, 1e6)), time);
            _any = CancellationTokenSource.CreateLinkedTokenSource(_silent.Token, _late.Token, cancellation);
        }

        public CancellationToken Token => _any.Token;

        public void Moved() => _silent.CancelAfter(_patience);

        public void Dispose()
        {
            _any.Dispose();
            _late.Dispose();
            _silent.Dispose();
        }
    }

    /// <summary>A file of a known size as the body of a request, chunk by chunk under the watch.</summary>
    private sealed class WatchedContent(Stream stream, long size, Action moved) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream to, TransportContext? context) => SerializeToStreamAsync(to, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream to, TransportContext? context, CancellationToken cancellation)
        {
            byte[] buffer = new byte[1 << 17];
            int count;
            while ((count = await stream.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0)
            {
                await to.WriteAsync(buffer.AsMemory(0, count), cancellation).ConfigureAwait(false);
                moved();
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = size;
            return true;
        }
    }
}
