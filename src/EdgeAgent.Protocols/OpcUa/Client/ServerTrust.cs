using System.Security.Cryptography.X509Certificates;
using EdgeAgent.Protocols.OpcUa.Certificates;
using EdgeAgent.Protocols.OpcUa.Security;

namespace EdgeAgent.Protocols.OpcUa.Client;

/// <summary>The certificates of both sides before a channel with security is opened.</summary>
internal static class ServerTrust
{
    /// <summary>The server's certificate, if it is trusted.</summary>
    /// <exception cref="OpcUaConnectException">It is not; the message says how a person can accept it.</exception>
    public static PeerCertificate Accept(OpcUaAddress address, OpcUaClientOptions options, EndpointChoice choice, byte[] chain)
    {
        if (!PeerCertificate.TryRead(chain, out PeerCertificate? server))
        {
            throw new OpcUaConnectException(
                $"{address}: the server's certificate cannot be used: {chain.Length} bytes without an RSA key of 2048 to 4096 bits; have a new one made in the server", StatusCodes.BadCertificateInvalid);
        }
        if (options.AutoAcceptServerCertificate)
        {
            return server;
        }
        CertificateVerdict verdict = Store(address, options).Check(
            chain, new CertificateExpectation(address.Host, choice.Endpoint.Server.ApplicationUri, TimeSpan.FromMilliseconds(options.ClockSkewMs)));
        if (!verdict.IsAccepted)
        {
            server.Dispose();
            throw new OpcUaConnectException($"{address}: {verdict.Reason}", verdict.Status);
        }
        return server;
    }

    /// <summary>Our own certificate and key.</summary>
    public static OwnCertificate Own(OpcUaAddress address, OpcUaClientOptions options)
    {
        try
        {
            using X509Certificate2 own = Store(address, options).GetOwn(options.ApplicationName, options.ApplicationUri);
            return new OwnCertificate(own);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new OpcUaConnectException($"{address}: our own certificate cannot be used: {failure.Message}", StatusCodes.BadCertificateInvalid, failure);
        }
    }

    private static OpcUaCertificateStore Store(OpcUaAddress address, OpcUaClientOptions options) => options.CertificateStore
        ?? throw new OpcUaConnectException($"{address}: security needs a certificate store, and none is configured", StatusCodes.BadSecurityChecksFailed);
}
