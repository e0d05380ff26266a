using EdgeAgent.Protocols.OpcUa.Certificates;
using EdgeAgent.Protocols.OpcUa.Client;
using EdgeAgent.Protocols.OpcUa.Security;

namespace EdgeAgent.Commands.Bench.OpcUa;

/// <summary>Sessions of our client with a server that is measured against.</summary>
internal static class BenchSession
{
    public static async Task<OpcUaClient> ConnectAsync(OpcUaSource source, bool secure, BenchContext context)
    {
        OpcUaClient client = new(
            new OpcUaClientOptions
            {
                Endpoints = [source.Address],
                SecurityMode = secure ? MessageSecurityMode.SignAndEncrypt : MessageSecurityMode.None,
                CertificateStore = secure ? new OpcUaCertificateStore(Path.Combine(context.Directory, "certificates"), context.Time) : null,
                AutoAcceptServerCertificate = secure, // We have just started it.
            },
            context.Time);
        try
        {
            await client.ConnectAsync(context.Cancellation);
            return client;
        }
        catch (OpcUaConnectException problem)
        {
            await client.DisposeAsync();
            throw CommandFailure.Failed($"No session with {source.Name}: {problem.Message}", problem);
        }
    }
}
