using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace NaturalThoughts.Pipeline.Tests.Sharing;

/// <summary>A cache server in this process that keeps what is PUT and can be told to lie. It speaks raw HTTP, so that it can break it.</summary>
internal sealed class FakeServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<TcpClient> _clients = [];

    public FakeServer()
    {
        _listener.Start();
        Url = new Uri(FormattableString.Invariant($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/cache/"));
        _ = AcceptAsync();
    }

    public Uri Url { get; }

    /// <summary>Path below the URL to bytes.</summary>
    public ConcurrentDictionary<string, byte[]> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>Requests as <c>GET ac/...</c>, in order.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>The Authorization headers.</summary>
    public ConcurrentQueue<string> Authorizations { get; } = new();

    /// <summary>Answers a request instead of the server, by writing to the connection; false to let it answer.</summary>
    public Func<string, Stream, bool> Instead { get; set; } = (_, _) => false;

    /// <summary>An answer with a status, a body and the length that it claims.</summary>
    public static void Answer(Stream stream, string status, byte[]? body = null, long? claims = null, string headers = "")
    {
        string length = claims == -1 ? "" : FormattableString.Invariant($"Content-Length: {claims ?? body?.Length ?? 0}\r\n");
        stream.Write(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\n{length}{headers}Connection: close\r\n\r\n"));
        stream.Write(body ?? []);
    }

    public void Dispose()
    {
        _listener.Stop();
        foreach (TcpClient client in _clients)
        {
            client.Dispose();
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync();
                _clients.Add(client);
                _ = Task.Run(() => Serve(client));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private void Serve(TcpClient client)
    {
        try
        {
            using NetworkStream stream = client.GetStream();
            string head = ReadHead(stream);
            string[] first = head.Split('\n')[0].Split(' ');
            string path = first[1]["/cache/".Length..];
            string request = first[0] + " " + path;
            Requests.Enqueue(request);
            string? Header(string name) =>
                head.Split("\r\n").FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();
            if (Header("Authorization") is { } authorization)
            {
                Authorizations.Enqueue(authorization);
            }

            if (Instead(request, stream))
            {
                return;
            }

            if (first[0] == "PUT")
            {
                if (Header("Expect") is not null)
                {
                    stream.Write("HTTP/1.1 100 Continue\r\n\r\n"u8);
                }

                byte[] body = new byte[int.Parse(Header("Content-Length")!, System.Globalization.CultureInfo.InvariantCulture)];
                stream.ReadExactly(body);
                Files[path] = body;
                Answer(stream, "201 Created");
            }
            else if (Files.TryGetValue(path, out byte[]? file))
            {
                Answer(stream, "200 OK", first[0] == "HEAD" ? [] : file, file.Length);
            }
            else
            {
                Answer(stream, "404 Not Found");
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            // The other side went, or the server is stopped.
        }
        finally
        {
            client.Dispose();
        }
    }

    private static string ReadHead(NetworkStream stream)
    {
        StringBuilder head = new();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            int next = stream.ReadByte();
            if (next < 0)
            {
                throw new IOException("The request ended early.");
            }

            head.Append((char)next);
        }

        return head.ToString();
    }
}
