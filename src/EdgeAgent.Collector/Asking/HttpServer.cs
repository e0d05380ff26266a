using System.Net.Http.Headers;
using System.Text;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Collector.Asking;

/// <summary>A checked server, ready to be asked.</summary>
/// <param name="Base">Without a slash at its end.</param>
internal sealed record HttpServer(string Base, HttpServerSettings Settings)
{
    /// <summary>Checks what all drivers over HTTP have in common.</summary>
    /// <returns>Null when something is wrong.</returns>
    public static HttpServer? Check(HttpServerSettings settings, ConfigPath path, ConfigErrors errors)
    {
        int before = errors.Total;
        if (!Uri.TryCreate(settings.Url, UriKind.Absolute, out Uri? url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0)
        {
            errors.Add(path.Member("url"), "this is no address of a server", "http://host:port/base or https://host:port/base", "\"url\": \"http://192.168.1.30:8080/api\"");
        }
        else
        {
            CheckUrl(url, settings, path, errors);
        }

        if (settings.User is null != settings.Password is null)
        {
            errors.Add(path.Member(settings.User is null ? "user" : "password"), "missing", "a user and a password together", "");
        }

        if (settings.User is not null && settings.Token is not null)
        {
            errors.Add(path.Member("token"), "there are a user and a token", "one way to be let in", "leave out what the server does not want");
        }

        CheckHeaders(settings, path.Member("headers"), errors);
        return errors.Total > before ? null : new HttpServer(url!.GetLeftPart(UriPartial.Path).TrimEnd('/'), settings);
    }

    /// <summary>The address of a request; null when what is appended leads elsewhere.</summary>
    public Uri? UriOf(string appended)
    {
        bool joins = appended.Length == 0 || appended[0] is '?' or '/';
        return !appended.Contains("://", StringComparison.Ordinal) && Uri.TryCreate(Base + (joins ? "" : "/") + appended, UriKind.Absolute, out Uri? uri)
            && (uri.AbsoluteUri + "/").StartsWith(new Uri(Base).GetLeftPart(UriPartial.Authority) + "/", StringComparison.Ordinal) ? uri : null;
    }

    /// <summary>The header that lets us in, or null.</summary>
    public AuthenticationHeaderValue? Authorization => Settings switch
    {
        { Token: { } token } => new AuthenticationHeaderValue("Bearer", token.Reveal()),
        { User: { } user, Password: { } password } => new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password.Reveal()}"))),
        _ => null,
    };

    private static void CheckUrl(Uri url, HttpServerSettings settings, ConfigPath path, ConfigErrors errors)
    {
        if (url.UserInfo.Length > 0)
        {
            errors.Add(path.Member("url"), "a user in the address", "user and password in settings of their own", "\"user\": \"reader\", \"password\": \"${env:READER_PASSWORD}\"");
        }

        if (url.Query.Length > 0 || url.Fragment.Length > 0)
        {
            errors.Add(path.Member("url"), "a query in the address that all requests begin with", "the address up to '?'", "put the query into the path of the request");
        }

        if (url.Scheme == "https")
        {
            HttpTls.Check(settings.Tls, path.Member("tls"), errors);
        }
        else if (settings.Tls is not null)
        {
            errors.Add(path.Member("tls"), "certificates for an address without TLS", "an https address", "leave them out, or write https");
        }
    }

    private static void CheckHeaders(HttpServerSettings settings, ConfigPath path, ConfigErrors errors)
    {
        using var probe = new HttpRequestMessage();
        for (int i = 0; i < settings.Headers.Count; i++)
        {
            HttpHeaderSettings header = settings.Headers[i];
            bool isOurs = header.Name.Equals("Authorization", StringComparison.OrdinalIgnoreCase) && (settings.User ?? (object?)settings.Token) is not null;
            if (isOurs || !probe.Headers.TryAddWithoutValidation(header.Name, header.Value.Reveal()) || header.Value.Reveal().AsSpan().ContainsAny('\r', '\n', '\0'))
            {
                errors.Add(path.Index(i), isOurs ? "user or token make this header already" : $"'{header.Name}' with its value is no header of a request",
                    "the name and one line of value", "the type of a body has a setting of its own: contentType");
            }
        }
    }
}
