using System.Globalization;
using System.Net;
using System.Text;

namespace NaturalThoughts.Teaching.Calling;

/// <summary>What a reply's status means.</summary>
internal static class WireStatus
{
    private const int ErrorBytes = 16 * 1024;
    private const int ShownLetters = 200;

    /// <summary>Throws unless the status is one of success.</summary>
    public static async Task ThrowOnAsync(HttpResponseMessage response, Stream body, ApiKey key, TimeProvider clock, CancellationToken cancellation)
    {
        int status = (int)response.StatusCode;
        if (status is >= 200 and < 300)
        {
            return;
        }

        if (status is >= 300 and < 400)
        {
            string where = response.Headers.Location is { } location ? key.Redact(location.IsAbsoluteUri ? location.Host : "another path") : "an unnamed place";
            throw new CallFaultException(
                CallFaultKind.Redirected, $"The endpoint redirects to {where} (status {status}). Redirects are not followed, since a key would go along.");
        }

        string text = await HeadAsync(body, cancellation).ConfigureAwait(false);
        string said = Printable(key.Redact(text));
        throw new CallFaultException(
            Kind(status, text), $"The endpoint answered with the status {status}{(said.Length > 0 ? $": {said}" : "")}.", RetryAfter(response, clock));
    }

    private static CallFaultKind Kind(int status, string text) => status switch
    {
        429 => text.Contains("insufficient_quota", StringComparison.Ordinal) ? CallFaultKind.Denied : CallFaultKind.Busy,
        401 or 402 or 403 or 404 or 405 => CallFaultKind.Denied,
        408 or 409 or 425 or >= 500 or < 200 => CallFaultKind.ServerError,
        _ => CallFaultKind.Rejected,
    };

    /// <summary>Seconds or a date as HTTP has it; fractions and <c>retry-after-ms</c> as some servers have them.</summary>
    private static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider clock)
    {
        TimeSpan? wait = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - clock.GetUtcNow(),
            _ => Header(response, "retry-after-ms") is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds)
                : Header(response, "Retry-After") is { } seconds ? TimeSpan.FromSeconds(seconds)
                : null,
        };
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private static double? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out IEnumerable<string>? values)
            && double.TryParse(values.First(), NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && number is >= 0 and < 1e9 ? number : null;

    private static async Task<string> HeadAsync(Stream body, CancellationToken cancellation)
    {
        byte[] buffer = new byte[ErrorBytes];
        int length = 0;
        try
        {
            while (length < buffer.Length && await body.ReadAsync(buffer.AsMemory(length), cancellation).ConfigureAwait(false) is > 0 and var count)
            {
                length += count;
            }
        }
        catch (Exception error) when (error is IOException or HttpRequestException or CallFaultException)
        {
            // The status is what counts; its explanation may be cut.
        }

        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    private static string Printable(string text)
    {
        string line = new([.. text.Select(c => char.IsControl(c) ? ' ' : c)]);
        line = line.Trim();
        return line.Length > ShownLetters ? line[..ShownLetters] + "..." : line;
    }
}
