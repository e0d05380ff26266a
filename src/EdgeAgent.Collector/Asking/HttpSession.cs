using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using EdgeAgent.Collector.Drivers;
using EdgeAgent.Collector.LastFrames;

namespace EdgeAgent.Collector.Asking;

/// <summary>Asks one server, over connections that stay open between requests. Redirections are not followed, because credentials would follow, too.</summary>
internal sealed class HttpSession : IDisposable
{
    /// <summary>Far beyond what servers of devices send.</summary>
    private const int HeaderKilobytesMax = 64;

    private readonly HttpServer _server;
    private readonly TimeProvider _time;
    private readonly HttpTls? _tls;
    private readonly HttpClient _client;
    private readonly HttpTrace _trace;

    /// <exception cref="EndpointConnectException">The certificates cannot be loaded.</exception>
    /// <param name="frames">Gets what is asked and answered.</param>
    public HttpSession(HttpServer server, TimeProvider time, FrameMemory frames)
    {
        (_server, _time, _trace) = (server, time, new HttpTrace(frames, server));
        HttpServerSettings settings = server.Settings;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = TimeSpan.FromMilliseconds(settings.ConnectTimeoutMs),
            MaxConnectionsPerServer = settings.ConnectionsMax,
            MaxResponseHeadersLength = HeaderKilobytesMax,
            // A server that moved behind its name is found again.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        if (settings.Tls is { } tls)
        {
            try
            {
                _tls = new HttpTls(tls);
            }
            catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
            {
                handler.Dispose();
                throw new EndpointConnectException($"{server.Base}: the certificates of 'tls' cannot be loaded: {e.Message}", e);
            }

            handler.SslOptions = _tls.Options;
        }

        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.UserAgent.ParseAdd("EdgeAgent");
        _client.DefaultRequestHeaders.Authorization = server.Authorization;
        foreach (HttpHeaderSettings header in settings.Headers)
        {
            _client.DefaultRequestHeaders.TryAddWithoutValidation(header.Name, header.Value.Reveal());
        }
    }

    /// <summary>Asks; never throws for what the server does.</summary>
    /// <param name="device">Whom it is for, or <see cref="FrameMemory.Connection"/>.</param>
    /// <param name="body">Holds the answer's body when it is Ok.</param>
    public async ValueTask<HttpAnswer> AskAsync(int device, HttpQuestion question, HttpBody body, int timeoutMs, CancellationToken cancellation)
    {
        _trace.Asked(device, question);
        HttpAnswer answer = await AskAsync(question, body, timeoutMs, cancellation).ConfigureAwait(false);
        _trace.Answered(device, answer, body);
        return answer;
    }

    public void Dispose()
    {
        _client.Dispose();
        _tls?.Dispose();
    }

    private async ValueTask<HttpAnswer> AskAsync(HttpQuestion question, HttpBody body, int timeoutMs, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(timeoutMs), _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            using HttpRequestMessage message = MessageOf(question);
            using HttpResponseMessage response = await _client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, both.Token).ConfigureAwait(false);
            int status = (int)response.StatusCode;
            if (status != (int)HttpStatusCode.OK)
            {
                return new HttpAnswer(HttpAnswerKind.Refused, status, response.Headers.Location is { } place ? WithoutQuery(place) : null);
            }

            Stream stream = await response.Content.ReadAsStreamAsync(both.Token).ConfigureAwait(false);
            return await body.FillAsync(stream, both.Token).ConfigureAwait(false)
                ? new HttpAnswer(HttpAnswerKind.Ok, status)
                : new HttpAnswer(HttpAnswerKind.TooLong, status, _server.Settings.ResponseBytesMax.ToString(CultureInfo.InvariantCulture));
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            // The handler's own limit on connecting shows as a cancellation with a timeout inside.
            return e.InnerException is TimeoutException && !limit.IsCancellationRequested
                ? new HttpAnswer(HttpAnswerKind.Unreachable, 0, $"none within {_server.Settings.ConnectTimeoutMs} ms")
                : new HttpAnswer(HttpAnswerKind.Silent);
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError)
        {
            return new HttpAnswer(HttpAnswerKind.Unreachable, 0, (e.InnerException ?? e).Message);
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.SecureConnectionError)
        {
            return new HttpAnswer(HttpAnswerKind.Unreachable, 0, _tls?.Problem ?? (e.InnerException ?? e).Message);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException)
        {
            return new HttpAnswer(HttpAnswerKind.Broken, 0, (e.InnerException ?? e).Message);
        }
    }

    private static HttpRequestMessage MessageOf(HttpQuestion question)
    {
        var message = new HttpRequestMessage(question.Body is null ? HttpMethod.Get : HttpMethod.Post, question.Uri);
        message.Headers.Accept.ParseAdd(question.Accept);
        if (question.Body is not null)
        {
            message.Content = new ByteArrayContent(question.Body);
            message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(question.ContentType);
        }

        return message;
    }

    private static string WithoutQuery(Uri place) => place.IsAbsoluteUri ? place.GetLeftPart(UriPartial.Path) : place.OriginalString.Split('?')[0];
}
