using System.Net;
using System.Net.Security;
using EdgeAgent.Core.Configuration;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace EdgeAgent.Web.Serving;

/// <summary>How the port is opened: address, HTTPS, and what one client may take of us.</summary>
internal static class WebListener
{
    /// <summary>For endpoints that take more, the gate raises it.</summary>
    private const long BodyBytesMax = 1 << 20;

    /// <summary>Whether the start failed because somebody else listens at the address.</summary>
    public static bool IsTaken(IOException problem) => problem.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException;

    public static void Configure(KestrelServerOptions kestrel, WebConfig web)
    {
        kestrel.AddServerHeader = false;
        KestrelServerLimits limits = kestrel.Limits;
        // A browser holds six connections at most; more than this many clients at once are no people.
        limits.MaxConcurrentConnections = 1000;
        limits.MaxRequestBodySize = BodyBytesMax;
        limits.MaxRequestHeadersTotalSize = 16 << 10;
        limits.MaxRequestLineSize = 8 << 10;
        // Who sends his headers or his body drop by drop only wants to hold a connection.
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(10));
        limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(10));
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(90);
        _ = ListenAddress.TryParse(web.Listen, out IPEndPoint address); // Checked with the configuration.
        kestrel.Listen(address, listen =>
        {
            if (web.Https is not null)
            {
                WebCertificate certificate = kestrel.ApplicationServices.GetRequiredService<WebCertificate>();
                _ = certificate.Current; // Better told at the start than to the first browser.
                listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(OptionsOf(certificate)) });
            }
        });
    }

    private static SslServerAuthenticationOptions OptionsOf(WebCertificate certificate)
    {
        (System.Security.Cryptography.X509Certificates.X509Certificate2 own, System.Security.Cryptography.X509Certificates.X509Certificate2Collection chain) = certificate.Current;
        return new SslServerAuthenticationOptions { ServerCertificateContext = SslStreamCertificateContext.Create(own, chain, offline: true) };
    }
}
