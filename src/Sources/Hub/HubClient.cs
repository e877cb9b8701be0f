using System.Net;
using System.Net.Http.Headers;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Sources.Hub;

/// <summary>
/// Downloads files of a hub. What was downloaded before a break is continued by a range request, if the file is still the same (ETag);
/// a file gets its name when its size and its SHA-256 are right, and not before.
/// </summary>
public sealed class HubClient : IDisposable
{
    private const int Attempts = 6;
    private const int Redirects = 5;
    private readonly HubSettings _settings;
    private readonly TimeProvider _time;
    private readonly TimeSpan _patience;
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <param name="settings">The hub and the token.</param>
    /// <param name="time">The clock of the waits; null for that of the system.</param>
    /// <param name="patience">How long the server may be silent; null for a minute.</param>
    public HubClient(HubSettings settings, TimeProvider? time = null, TimeSpan? patience = null)
    {
        _settings = settings;
        _time = time ?? TimeProvider.System;
        _patience = patience ?? TimeSpan.FromMinutes(1);
    }

    /// <summary>Downloads a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="path">Where it goes; what is there is replaced when all is right.</param>
    /// <param name="sha256">Its digest; null for the one that the hub names, where it names one.</param>
    /// <param name="progress">Is told how far it is.</param>
    /// <param name="cancellation">Stops it; what came so far is continued the next time.</param>
    /// <returns>The file's digest.</returns>
    /// <exception cref="UserErrorException">There is no such file, the hub refuses, or what came is not what it should be.</exception>
    public async Task<ContentHash> DownloadAsync(
        HubFile file, string path, ContentHash? sha256, IProgress<HubProgress>? progress, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        PartFile part = new(path);
        string? named = null;
        for (int attempt = 1; ; attempt++)
        {
            long before = part.Length;
            try
            {
                named = await TransferAsync(file, part, progress, cancellation).ConfigureAwait(false);
                break;
            }
            catch (Exception error) when (IsBreak(error, cancellation))
            {
                // Whatever moves on is given another six attempts.
                attempt = part.Length > before ? 0 : attempt;
                if (attempt == Attempts)
                {
                    throw new UserErrorException(
                        $"{file} could not be downloaded: {Sentence(error)}", _settings.Address.Host, "The same command continues where it stopped.",
                        ExitCode.TargetFailed);
                }

                await Task.Delay(TimeSpan.FromSeconds(Math.Pow(2, Math.Max(attempt - 1, 0))), _time, cancellation).ConfigureAwait(false);
            }
        }

        ContentHash found = ContentHash.OfFile(part.FullName);
        ContentHash? expected = sha256 ?? (ContentHash.TryParse(named, out ContentHash linked) ? linked : null);
        if (expected is { } right && found != right)
        {
            part.Remove();
            throw new UserErrorException(
                $"{file} has the SHA-256 {found.Hex} instead of {right.Hex}.",
                path,
                sha256 is null
                    ? "It was damaged on the way: run again."
                    : "The file was changed by its owner, or the digest in the YAML is that of another version: name the revision.",
                ExitCode.TargetFailed);
        }

        part.Keep();
        return found;
    }

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();

    // Returns the digest that the hub names.
    private async Task<string?> TransferAsync(HubFile file, PartFile part, IProgress<HubProgress>? progress, CancellationToken cancellation)
    {
        using CancellationTokenSource silent = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using ITimer watch = _time.CreateTimer(_ => silent.Cancel(), null, _patience, Timeout.InfiniteTimeSpan);
        (HttpResponseMessage response, HubHeaders headers) = await AskAsync(file, part, silent.Token).ConfigureAwait(false);
        using HttpResponseMessage owned = response;
        long from = Start(response, part, headers);
        if (headers.Size is { } size && size == from && size > 0)
        {
            return headers.Digest;
        }

        using Stream body = await response.Content.ReadAsStreamAsync(silent.Token).ConfigureAwait(false);
        using FileStream stream = part.Open(from, headers.Version);
        byte[] buffer = new byte[1 << 17];
        int read;
        while ((read = await body.ReadAsync(buffer, silent.Token).ConfigureAwait(false)) > 0)
        {
            watch.Change(_patience, Timeout.InfiniteTimeSpan);
            await stream.WriteAsync(buffer.AsMemory(0, read), silent.Token).ConfigureAwait(false);
            progress?.Report(new HubProgress(stream.Position, headers.Size));
            if (headers.Size is { } most && stream.Position > most)
            {
                stream.SetLength(0);
                throw new HttpIOException(HttpRequestError.InvalidResponse, FormattableString.Invariant($"More came than the {most} bytes of the file."));
            }
        }

        return headers.Size is { } whole && stream.Position < whole
            ? throw new HttpIOException(HttpRequestError.ResponseEnded, FormattableString.Invariant($"{stream.Position} of {whole} bytes came."))
            : headers.Digest;
    }

    private async Task<(HttpResponseMessage Response, HubHeaders Headers)> AskAsync(HubFile file, PartFile part, CancellationToken cancellation)
    {
        Uri url = file.Url(_settings.Address);
        HubHeaders headers = new();
        for (int hop = 0; hop <= Redirects; hop++)
        {
            using HttpRequestMessage request = new(HttpMethod.Get, url);
            if (_settings.TokenFor(url) is { } token)
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            }

            // The hub itself answers with a redirect; its version of the file is compared where the bytes come from.
            if (part.Length > 0)
            {
                request.Headers.Range = new RangeHeaderValue(part.Length, null);
            }

            HttpResponseMessage response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
            headers = headers.With(response);
            if (response.StatusCode is >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest && response.Headers.Location is { } place)
            {
                response.Dispose();
                Uri next = new(url, place);
                if (next.Scheme != "https" && !(next.IsLoopback && url.IsLoopback))
                {
                    throw Refused(file, $"the hub sends to '{Quoted.Of(next.Host)}' without https");
                }

                url = next;
                continue;
            }

            if (response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
            {
                return (response, headers);
            }

            using (response)
            {
                throw Error(file, response.StatusCode);
            }
        }

        throw Refused(file, $"the hub sends on more than {Redirects} times");
    }

    // The offset of the first byte of the body in the file.
    private static long Start(HttpResponseMessage response, PartFile part, HubHeaders headers)
    {
        bool same = part.Version is { } version && version == headers.Version;
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            // Everything is there already, or the part is of another file.
            if (same && headers.Size == part.Length)
            {
                return part.Length;
            }

            part.Remove();
            throw new HttpIOException(HttpRequestError.InvalidResponse, "What was there of the file is of another version.");
        }

        if (response.StatusCode != HttpStatusCode.PartialContent)
        {
            return 0;
        }

        if (same && response.Content.Headers.ContentRange?.From == part.Length)
        {
            return part.Length;
        }

        part.Remove();
        throw new HttpIOException(HttpRequestError.InvalidResponse, "The file changed between two parts of it.");
    }

    private UserErrorException Error(HubFile file, HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => Refused(
            file,
            $"the hub answers {(int)status}",
            _settings.HasToken
                ? $"Accept the data set's terms on its page with the account whose token is in {HubSettings.TokenVariable}."
                : $"Accept the data set's terms on its page, and set {HubSettings.TokenVariable} to a token of that account."),
        HttpStatusCode.NotFound => Refused(file, "the hub has no such file", "Check the names of data set, revision and file on the data set's page."),
        HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => throw new HttpRequestException($"The hub answers {(int)status}."),
        _ => Refused(file, $"the hub answers {(int)status}"),
    };

    private UserErrorException Refused(HubFile file, string why, string hint = "Try again later, or put the file into the data folder by hand.") =>
        new($"{file} cannot be downloaded: {why}.", _settings.Address.Host, hint, ExitCode.TargetFailed);

    private static bool IsBreak(Exception error, CancellationToken cancellation) =>
        !cancellation.IsCancellationRequested
            && error is HttpRequestException or HttpIOException or OperationCanceledException
                or IOException { InnerException: System.Net.Sockets.SocketException };

    private static string Sentence(Exception error) => error is OperationCanceledException ? "The server was silent." : error.Message.TrimEnd('.') + ".";
}
