using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace EdgeAgent.Collector.Tests.Drivers.Http;

/// <summary>A server on a bare socket that answers with whatever bytes a test wants, right or wrong.</summary>
internal sealed class ScriptedHttpServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<TcpClient> _clients = [];
    private readonly X509Certificate2? _certificate;
    private readonly Task _loop;

    public ScriptedHttpServer(X509Certificate2? certificate = null)
    {
        _certificate = certificate;
        _listener.Start();
        _loop = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Url => $"{(_certificate is null ? "http" : "https")}://127.0.0.1:{Port}";

    /// <summary>Head and body of each request.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public int Connections => _clients.Count;

    /// <summary>By the request's target; null stays silent, empty closes.</summary>
    public Func<string, byte[]?> Answer { get; set; } = _ => Ok("{}");

    public static byte[] Ok(string body, string headers = "") => Raw("200 OK", Encoding.UTF8.GetBytes(body), headers);

    public static byte[] Raw(string status, byte[] body, string headers = "") =>
        [.. Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: {body.Length}\r\n{headers}\r\n"), .. body];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        foreach (TcpClient client in _clients)
        {
            client.Dispose();
        }

        await _loop;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _clients.Add(client);
                _ = ServeAsync(client);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            Stream stream = client.GetStream();
            if (_certificate is not null)
            {
                var secure = new SslStream(stream);
                await secure.AuthenticateAsServerAsync(_certificate);
                stream = secure;
            }

            while (await ReadAsync(stream) is { } request)
            {
                Requests.Enqueue(request);
                switch (Answer(request.Split(' ')[1]))
                {
                    case null:
                        await Task.Delay(Timeout.Infinite, _stop.Token);
                        break;
                    case { Length: 0 }:
                        client.Dispose();
                        return;
                    case { } answer:
                        await stream.WriteAsync(answer, _stop.Token);
                        if (Encoding.ASCII.GetString(answer).Contains("Connection: close", StringComparison.Ordinal))
                        {
                            client.Dispose();
                            return;
                        }

                        break;
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
        {
        }
    }

    private async Task<string?> ReadAsync(Stream stream)
    {
        var text = new StringBuilder();
        byte[] buffer = new byte[4096];
        while (true)
        {
            string so = text.ToString();
            int end = so.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0)
            {
                int at = so.IndexOf("Content-Length: ", StringComparison.Ordinal);
                int length = at < 0 ? 0 : int.Parse(so[(at + 16)..so.IndexOf('\r', at)], System.Globalization.CultureInfo.InvariantCulture);
                if (so.Length >= end + 4 + length)
                {
                    return so;
                }
            }

            int read = await stream.ReadAsync(buffer, _stop.Token);
            if (read == 0)
            {
                return null;
            }

            text.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }
    }
}
