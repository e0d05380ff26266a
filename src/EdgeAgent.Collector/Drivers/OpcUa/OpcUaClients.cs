using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeAgent.Protocols.OpcUa.Certificates;
using EdgeAgent.Protocols.OpcUa.Client;
using EdgeAgent.Protocols.OpcUa.Security;

namespace EdgeAgent.Collector.Drivers.OpcUa;

/// <summary>Makes clients from settings.</summary>
internal static class OpcUaClients
{
    /// <exception cref="EndpointConnectException">The user's certificate cannot be read.</exception>
    public static OpcUaClient Make(OpcUaEndpointSettings settings, IReadOnlyList<OpcUaAddress> addresses, TimeProvider time, IServiceTrace? trace = null) => new(
        new OpcUaClientOptions
        {
            Endpoints = addresses,
            SecurityMode = settings.SecurityMode,
            SecurityPolicy = settings.SecurityPolicy is null ? null : PolicyOf(settings.SecurityPolicy),
            Identity = IdentityOf(settings),
            AllowPlainTextPassword = settings.AllowPlainTextPassword,
            CertificateStore = new OpcUaCertificateStore(settings.CertificateStore, time),
            ClockSkewMs = settings.ClockSkewMinutes * 60_000,
            ApplicationUri = settings.ApplicationUri,
            SessionTimeoutMs = settings.SessionTimeoutMs,
            RequestTimeoutMs = settings.RequestTimeoutMs,
            ConnectTimeoutMs = settings.ConnectTimeoutMs,
            KeepAliveMs = settings.KeepAliveMs,
            ChannelLifetimeMs = settings.ChannelLifetimeMs,
            ReconnectDelayMsMin = Math.Min(500, settings.ReconnectDelayMsMax),
            ReconnectDelayMsMax = settings.ReconnectDelayMsMax,
            Trace = trace,
        },
        time);

    public static SecurityPolicy? PolicyOf(string name) => SecurityPolicy.All.FirstOrDefault(policy => policy.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static OpcUaUserIdentity IdentityOf(OpcUaEndpointSettings settings) => settings switch
    {
        { User: { } name } => new OpcUaUserIdentity.UserName(name, settings.Password?.Reveal() ?? ""),
        { UserCertificate: { } file } => new OpcUaUserIdentity.Certificate(Read(file, settings.Password?.Reveal())),
        _ => OpcUaUserIdentity.Anonymous.Instance,
    };

    private static X509Certificate2 Read(string file, string? password)
    {
        try
        {
            return Path.GetExtension(file).ToLowerInvariant() is ".pfx" or ".p12"
                ? X509CertificateLoader.LoadPkcs12FromFile(file, password)
                : string.IsNullOrEmpty(password) ? X509Certificate2.CreateFromPemFile(file) : X509Certificate2.CreateFromEncryptedPemFile(file, password);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new EndpointConnectException($"the user's certificate {file} cannot be read ({failure.Message}); give a PEM or PFX file with its key", failure);
        }
    }
}
