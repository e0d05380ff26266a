using System.IO.Compression;
using System.Net;
using System.Text;
using EdgeAgent.TestKit;

namespace EdgeAgent.Store.Tests.Influx;

/// <summary>An HTTP server that answers as a test says, to see what is sent and to answer what a real server rarely does.</summary>
internal sealed class StubInflux : IDisposable
{
    private readonly HttpListener _listener = new();

    public StubInflux(Func<StubRequest, StubAnswer> answer)
    {
        Url = new Uri($"http://127.0.0.1:{FreePort.Tcp()}/influx/");
        _listener.Prefixes.Add(Url.AbsoluteUri);
        _listener.Start();
        _ = ServeAsync(answer);
    }

    public Uri Url { get; }

    public List<StubRequest> Requests { get; } = [];

    public void Dispose() => _listener.Close();

    private async Task ServeAsync(Func<StubRequest, StubAnswer> answer)
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            Stream body = context.Request.InputStream;
            bool gzip = context.Request.Headers["Content-Encoding"] == "gzip";
            using var reader = new StreamReader(gzip ? new GZipStream(body, CompressionMode.Decompress) : body, Encoding.UTF8);
            var request = new StubRequest(context.Request.Url!.PathAndQuery, await reader.ReadToEndAsync(), gzip, context.Request.Headers["Authorization"]);
            StubAnswer response;
            lock (Requests)
            {
                Requests.Add(request);
                response = answer(request);
            }

            context.Response.StatusCode = (int)response.Status;
            if (response.RetryAfter is not null)
            {
                context.Response.Headers["Retry-After"] = response.RetryAfter;
            }

            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(response.Body));
            context.Response.Close();
        }
    }
}

internal sealed record StubRequest(string PathAndQuery, string Body, bool Gzip, string? Authorization)
{
    public bool IsWrite => PathAndQuery.Contains("write?", StringComparison.Ordinal);

    public bool IsRawWrite => IsWrite && !PathAndQuery.Contains("ledger", StringComparison.Ordinal);

    public int Readings => Body.Split('\n').Count(l => l.StartsWith("reading,", StringComparison.Ordinal));
}

internal sealed record StubAnswer(HttpStatusCode Status, string Body = "", string? RetryAfter = null)
{
    /// <summary>A write taken, or a query that finds nothing.</summary>
    public static StubAnswer Fine { get; } = new(HttpStatusCode.OK, "{\"results\":[{\"statement_id\":0}]}\n");
}
