using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace NaturalThoughts.Sources.Tests.Hub;

/// <summary>One request to the hub.</summary>
/// <param name="Path">The path.</param>
/// <param name="From">The first byte that is asked for; null for all.</param>
/// <param name="Authorization">The header; null where it is missing.</param>
internal sealed record HubRequest(string Path, long? From, string? Authorization);

/// <summary>A server of this process that answers each request as the test says, in raw HTTP, so that it can break it.</summary>
internal sealed class FakeHub : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    /// <param name="answer">Writes the whole answer; the connection is closed after it.</param>
    public FakeHub(Action<HubRequest, Stream> answer)
    {
        _listener.Start();
        Url = FormattableString.Invariant($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _ = AcceptAsync(answer);
    }

    public string Url { get; }

    public ConcurrentQueue<HubRequest> Requests { get; } = new();

    /// <summary>A file as a sound server gives it: whole, or from where it is asked for.</summary>
    /// <param name="stream">The connection.</param>
    /// <param name="request">The request.</param>
    /// <param name="file">The file.</param>
    /// <param name="version">Its ETag.</param>
    /// <param name="most">Bytes after which the connection breaks.</param>
    public static void Give(Stream stream, HubRequest request, byte[] file, string version = "v1", int most = int.MaxValue)
    {
        int from = (int)(request.From ?? 0);
        if (from >= file.Length && from > 0)
        {
            Head(stream, "416 Range Not Satisfiable", $"Content-Range: bytes */{file.Length}\r\nETag: \"{version}\"\r\nContent-Length: 0\r\n");
            return;
        }

        string range = request.From is null ? "" : $"Content-Range: bytes {from}-{file.Length - 1}/{file.Length}\r\n";
        Head(stream, request.From is null ? "200 OK" : "206 Partial Content", $"{range}ETag: \"{version}\"\r\nContent-Length: {file.Length - from}\r\n");
        stream.Write(file.AsSpan(from, Math.Min(most, file.Length - from)));
    }

    public static void Head(Stream stream, string status, string headers = "Content-Length: 0\r\n") =>
        stream.Write(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\n{headers}Connection: close\r\n\r\n"));

    public void Dispose() => _listener.Stop();

    private async Task AcceptAsync(Action<HubRequest, Stream> answer)
    {
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync();
                _ = Task.Run(() => Serve(client, answer));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private void Serve(TcpClient client, Action<HubRequest, Stream> answer)
    {
        using TcpClient owned = client;
        try
        {
            using NetworkStream stream = client.GetStream();
            string[] head = ReadHead(stream).Split("\r\n");
            string? Header(string name) =>
                head.FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();
            long? from = Header("Range") is { } range
                ? long.Parse(range["bytes=".Length..].TrimEnd('-'), System.Globalization.CultureInfo.InvariantCulture)
                : null;
            HubRequest request = new(head[0].Split(' ')[1], from, Header("Authorization"));
            Requests.Enqueue(request);
            answer(request, stream);
        }
        catch (IOException)
        {
            // The client has gone.
        }
    }

    private static string ReadHead(Stream stream)
    {
        StringBuilder text = new();
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && stream.ReadByte() is >= 0 and var next)
        {
            text.Append((char)next);
        }

        return text.ToString();
    }
}
