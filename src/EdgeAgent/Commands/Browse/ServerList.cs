using EdgeAgent.Protocols.OpcUa.Client;

namespace EdgeAgent.Commands.Browse;

/// <summary>Who serves at an address and how one may connect: what an engineer asks before anything else.</summary>
internal static class ServerList
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(CommandContext context, OpcUaAddress address, CancellationToken cancellation)
    {
        try
        {
            (IReadOnlyList<DiscoveredServer> servers, IReadOnlyList<OfferedEndpoint> endpoints) = await OpcUaDiscovery.AskAsync(address, s_limit, context.Time, cancellation);
            foreach (DiscoveredServer server in servers)
            {
                context.Out.WriteLine($"{server.Name}  {server.ApplicationUri}  {string.Join(' ', server.Urls)}");
            }

            foreach (OfferedEndpoint endpoint in endpoints)
            {
                string policy = endpoint.PolicyUri[(endpoint.PolicyUri.LastIndexOf('#') + 1)..];
                context.Out.WriteLine($"  {endpoint.Mode,-15} {policy,-22} users: {string.Join(", ", endpoint.Users)}  {endpoint.Url}");
            }

            foreach (string thumbprint in endpoints.Select(e => e.CertificateThumbprint).Where(t => t.Length > 0).Distinct())
            {
                context.Out.WriteLine($"  certificate with thumbprint {thumbprint}");
            }

            return endpoints.Count == 0 ? ExitCodes.DoesNotHold : ExitCodes.Done;
        }
        catch (OpcUaConnectException failure)
        {
            throw CommandFailure.Failed(failure.Message, failure);
        }
    }
}
