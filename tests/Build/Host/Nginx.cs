using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace NaturalThoughts.Build.Tests.Host;

/// <summary>An nginx on a free port of this machine that keeps what is PUT below /ac/ and /cas/, with Basic authentication where asked.</summary>
internal sealed class Nginx : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nt-nginx-");
    private readonly Process _process;
    private readonly string _scheme;

    private Nginx(string? user, string? password, bool secure)
    {
        _scheme = secure ? "https" : "http";
        using (TcpListener free = new(IPAddress.Loopback, 0))
        {
            free.Start();
            Port = ((IPEndPoint)free.LocalEndpoint).Port;
        }

        foreach (string name in (string[])["store", "tmp"])
        {
            Directory.CreateDirectory(System.IO.Path.Combine(Root, name));
        }

        string authentication = "";
        if (user is not null)
        {
            File.WriteAllText(System.IO.Path.Combine(Root, "htpasswd"), $"{user}:{{PLAIN}}{password}\n");
            authentication = $"auth_basic cache; auth_basic_user_file {Root}/htpasswd;";
        }

        string certificate = secure ? $"ssl_certificate {WriteCertificate()}; ssl_certificate_key {Root}/key.pem;" : "";
        File.WriteAllText(System.IO.Path.Combine(Root, "nginx.conf"), string.Create(CultureInfo.InvariantCulture, $$"""
            {{(Environment.UserName == "root" ? "user root;" : "")}}
            daemon off; worker_processes 1; pid {{Root}}/pid; error_log {{Root}}/error.log info;
            events { worker_connections 64; }
            http {
              access_log {{Root}}/access.log;
              client_body_temp_path {{Root}}/tmp/body; proxy_temp_path {{Root}}/tmp/p; fastcgi_temp_path {{Root}}/tmp/f;
              uwsgi_temp_path {{Root}}/tmp/u; scgi_temp_path {{Root}}/tmp/s;
              default_type application/octet-stream;
              server {
                listen 127.0.0.1:{{Port}}{{(secure ? " ssl" : "")}}; {{certificate}} root {{Root}}/store; client_max_body_size 0;
                location ~ "^/(ac|cas)/[0-9a-f]{64}$" {
                  {{authentication}}
                  dav_methods PUT; create_full_put_path on; limit_except GET PUT { deny all; }
                }
                location / { return 404; }
              }
            }
            """));
        _process = Process.Start(Path!, ["-e", System.IO.Path.Combine(Root, "error.log"), "-p", Root, "-c", System.IO.Path.Combine(Root, "nginx.conf")]);
    }

    /// <summary>The program; null where it is not installed.</summary>
    public static string? Path { get; } = ((string[])["/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx"]).FirstOrDefault(File.Exists);

    public int Port { get; }

    public string Url => string.Create(CultureInfo.InvariantCulture, $"{_scheme}://127.0.0.1:{Port}/");

    /// <summary>The certificate of one that speaks https: nobody but a client that is told of it trusts it.</summary>
    public string Certificate => System.IO.Path.Combine(Root, "certificate.pem");

    /// <summary>One line for each request.</summary>
    public string[] Log => File.ReadAllLines(System.IO.Path.Combine(Root, "access.log"));

    private string Root => _folder.FullName;

    public static async Task<Nginx> StartAsync(string? user = null, string? password = null, bool secure = false)
    {
        Nginx nginx = new(user, password, secure);
        await Hang.UntilAsync(async () =>
        {
            try
            {
                using TcpClient client = new();
                await client.ConnectAsync(IPAddress.Loopback, nginx.Port);
                return true;
            }
            catch (SocketException) when (!nginx._process.HasExited)
            {
                return false;
            }
        });
        return nginx;
    }

    /// <summary>The paths of everything that it keeps.</summary>
    public string[] Files(string folder) => Directory.GetFiles(System.IO.Path.Combine(Root, "store", folder));

    private string WriteCertificate()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        using X509Certificate2 certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(Certificate, certificate.ExportCertificatePem());
        File.WriteAllText(System.IO.Path.Combine(Root, "key.pem"), key.ExportPkcs8PrivateKeyPem());
        return Certificate;
    }

    public void Dispose()
    {
        // Its worker ends with it.
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }
}
