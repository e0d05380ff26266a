using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Store.Influx;

/// <summary>InfluxDB's HTTP API: writes in line protocol, queries in InfluxQL, and what to do about each status.</summary>
internal sealed class InfluxHttp : IDisposable
{
    /// <summary>Smaller bodies are not worth compressing.</summary>
    private const int CompressFromBytes = 1024;

    /// <summary>Rows the server sends in one piece of an answer.</summary>
    private const int RowsPerPiece = 10_000;

    private static readonly TimeSpan RetryAfterMax = TimeSpan.FromSeconds(30);

    private readonly InfluxOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpClient _client;

    public InfluxHttp(InfluxOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        var handler = new SocketsHttpHandler
        {
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            // A server that moved behind its name is found again.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        if (options.Tls is not null)
        {
            handler.SslOptions = InfluxTls.OptionsOf(options.Tls);
        }

        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, BaseAddress = new Uri(options.Url.AbsoluteUri.TrimEnd('/') + '/') };
        _client.DefaultRequestHeaders.Authorization = options switch
        {
            { Token: { } token } => new AuthenticationHeaderValue("Token", token),
            { User: { } user } => new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{options.Password}"))),
            _ => null,
        };
    }

    /// <exception cref="StoreUnavailableException">The server cannot be reached, or does not take writes now.</exception>
    public async Task<InfluxWriteAnswer> WriteAsync(ReadOnlyMemory<byte> lines, InfluxSpace space, CancellationToken cancellation)
    {
        string path = _options.Api == InfluxApi.V1
            ? $"write?db={Uri.EscapeDataString(_options.Database)}&rp={space.RetentionPolicy}&precision=ns"
            : $"api/v2/write?org={Uri.EscapeDataString(_options.Organization ?? "")}&bucket={Uri.EscapeDataString(space.Bucket(_options.Database))}&precision=ns";
        (byte[] body, bool compressed) = Pack(lines);
        return await SendAsync(
            () =>
            {
                var content = new ByteArrayContent(body);
                content.Headers.ContentType = new MediaTypeHeaderValue("text/plain") { CharSet = "utf-8" };
                if (compressed)
                {
                    content.Headers.ContentEncoding.Add("gzip");
                }

                return new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
            },
            async (response, token) => InfluxWriteAnswer.Of(response.StatusCode, await BodyAsync(response, token)),
            status => status is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity or HttpStatusCode.RequestEntityTooLarge,
            cancellation);
    }

    /// <summary>Visits the rows of a query's answer as they come.</summary>
    /// <exception cref="StoreUnavailableException">The server cannot be reached, or refuses the query.</exception>
    public Task QueryAsync(string query, InfluxSpace space, Action<InfluxRow> visit, CancellationToken cancellation)
    {
        string target = _options.Api == InfluxApi.V1
            ? $"db={Uri.EscapeDataString(_options.Database)}&rp={space.RetentionPolicy}"
            : $"db={Uri.EscapeDataString(space.Bucket(_options.Database))}";
        return SendAsync(
            () => new HttpRequestMessage(HttpMethod.Post, $"query?{target}&epoch=ns&chunked=true&chunk_size={RowsPerPiece}")
            {
                Content = new FormUrlEncodedContent([new KeyValuePair<string, string>("q", query)]),
            },
            async (response, token) =>
            {
                await VisitAsync(response, query, visit, token);
                return true;
            },
            _ => false,
            cancellation);
    }

    public void Dispose() => _client.Dispose();

    private static async Task VisitAsync(HttpResponseMessage response, string query, Action<InfluxRow> visit, CancellationToken cancellation)
    {
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellation), Encoding.UTF8);
        while (await reader.ReadLineAsync(cancellation) is { } line)
        {
            if (line.Length == 0)
            {
                continue;
            }

            try
            {
                using JsonDocument piece = JsonDocument.Parse(line);
                InfluxAnswer.Visit(piece.RootElement, query, visit);
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
            {
                // A proxy's error page, or an answer that ended in the middle.
                throw new StoreUnavailableException($"InfluxDB's answer cannot be read: {e.Message}", e);
            }
        }
    }

    private async Task<T> SendAsync<T>(
        Func<HttpRequestMessage> request, Func<HttpResponseMessage, CancellationToken, Task<T>> read, Func<HttpStatusCode, bool> isAnswer, CancellationToken cancellation)
    {
        for (int attempt = 1; ; attempt++)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(_options.TimeoutMs), _time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
            TimeSpan pause;
            string problem;
            try
            {
                using HttpRequestMessage message = request();
                using HttpResponseMessage response = await _client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, both.Token);
                if (response.IsSuccessStatusCode || isAnswer(response.StatusCode))
                {
                    return await read(response, both.Token);
                }

                problem = $"InfluxDB at {_options.Url} answers {(int)response.StatusCode} {response.StatusCode}: {await BodyAsync(response, both.Token)}";
                if (attempt >= _options.TriesMax || !IsPassing(response.StatusCode))
                {
                    throw new StoreUnavailableException(problem);
                }

                pause = PauseOf(response, attempt);
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                throw new StoreUnavailableException($"InfluxDB at {_options.Url} cannot be reached: {e.Message}", e);
            }
            catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
            {
                throw new StoreUnavailableException($"InfluxDB at {_options.Url} did not answer within {_options.TimeoutMs} ms", e);
            }

            await Task.Delay(pause, _time, cancellation);
        }
    }

    private static bool IsPassing(HttpStatusCode status) => status == HttpStatusCode.TooManyRequests || (int)status >= 500;

    private TimeSpan PauseOf(HttpResponseMessage response, int attempt)
    {
        TimeSpan asked = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - _time.GetUtcNow(),
            _ => TimeSpan.FromMilliseconds(100 * Math.Pow(2, attempt)),
        };
        return TimeSpan.FromTicks(Math.Clamp(asked.Ticks, 0, RetryAfterMax.Ticks));
    }

    private static async Task<string> BodyAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        string body = await response.Content.ReadAsStringAsync(cancellation);
        return body.Length > 2000 ? body[..2000] : body.Trim();
    }

    private static (byte[] Body, bool Compressed) Pack(ReadOnlyMemory<byte> lines)
    {
        if (lines.Length < CompressFromBytes)
        {
            return (lines.ToArray(), false);
        }

        var packed = new MemoryStream(lines.Length / 4);
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(lines.Span);
        }

        return (packed.ToArray(), true);
    }
}
