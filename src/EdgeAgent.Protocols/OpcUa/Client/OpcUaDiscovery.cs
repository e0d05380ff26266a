using System.Security.Cryptography;
using EdgeAgent.Protocols.OpcUa.Services.Discovery;

namespace EdgeAgent.Protocols.OpcUa.Client;

/// <summary>A server that an address knows of (FindServers, OPC 10000-4 §5.4.2).</summary>
/// <param name="Urls">Where it says that it can be reached; host names may mean something in its own network only.</param>
public sealed record DiscoveredServer(string Name, string ApplicationUri, string ProductUri, IReadOnlyList<string> Urls);

/// <summary>A way to connect that a server offers (GetEndpoints, OPC 10000-4 §5.4.4).</summary>
/// <param name="PolicyUri">Of the security policy, also of one that this client does not know.</param>
/// <param name="Users">How users may prove who they are.</param>
/// <param name="CertificateThumbprint">The server certificate's, as OPC UA and `edgeagent trust` write it (SHA-1, 40 digits); empty without one.</param>
public sealed record OfferedEndpoint(string Url, string Mode, string PolicyUri, IReadOnlyList<string> Users, string CertificateThumbprint);

/// <summary>Asks an address who serves there and how, without a session and without security: what it says is a hint and proves nothing.</summary>
public static class OpcUaDiscovery
{
    private static readonly TimeSpan s_leaving = TimeSpan.FromSeconds(1);

    /// <exception cref="OpcUaConnectException">Nobody answered as an OPC UA server does.</exception>
    public static async Task<(IReadOnlyList<DiscoveredServer> Servers, IReadOnlyList<OfferedEndpoint> Endpoints)> AskAsync(
        OpcUaAddress address, TimeSpan limit, TimeProvider? time = null, CancellationToken cancellation = default)
    {
        time ??= TimeProvider.System;
        using var deadline = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        var timing = new ConnectionTiming(limit, limit, TimeSpan.FromHours(1));
        try
        {
            var opening = new ChannelOpening(ChannelTerms.Open(address), SocketUaLinkSource.Instance, timing, time);
            var connection = new UaConnection(await opening.OpenAsync(either.Token).ConfigureAwait(false), timing, time, new ConnectionCounters(), new CallPool());
            connection.Start();
            try
            {
                FindServersResponse servers = await CallAsync(
                    connection, address, new RareExchange<FindServersResponse>(
                        (target, header) => new FindServersRequest(header, address.Url, null, null).Write(target), FindServersResponse.TryRead, static r => r.Header),
                    timing, either.Token).ConfigureAwait(false);
                GetEndpointsResponse endpoints = await CallAsync(
                    connection, address, new RareExchange<GetEndpointsResponse>(
                        (target, header) => new GetEndpointsRequest(header, address.Url, null, null).Write(target), GetEndpointsResponse.TryRead, static r => r.Header),
                    timing, either.Token).ConfigureAwait(false);
                return ([.. (servers.Servers ?? []).Select(ToServer)], [.. (endpoints.Endpoints ?? []).Select(ToEndpoint)]);
            }
            finally
            {
                await connection.LeaveAsync(s_leaving).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new OpcUaConnectException($"{address}: no answer within {limit.TotalMilliseconds} ms; {ConnectAdvice.For(StatusCodes.BadTimeout)}", StatusCodes.BadTimeout);
        }
    }

    private static async Task<TResponse> CallAsync<TResponse>(
        UaConnection connection, OpcUaAddress address, RareExchange<TResponse> exchange, ConnectionTiming timing, CancellationToken cancellation)
        where TResponse : class
    {
        StatusCode status = await connection.CallAsync(exchange, timing.Request, cancellation).ConfigureAwait(false);
        return status.IsBad
            ? throw new OpcUaConnectException($"{address}: asking who serves there failed: {status}; {ConnectAdvice.For(status)}", status)
            : exchange.Response!;
    }

    private static DiscoveredServer ToServer(ApplicationDescription server) =>
        new(server.Name.Text ?? "", server.ApplicationUri ?? "", server.ProductUri ?? "", [.. (server.DiscoveryUrls ?? []).OfType<string>()]);

    private static OfferedEndpoint ToEndpoint(EndpointDescription endpoint) => new(
        endpoint.EndpointUrl ?? "", endpoint.Mode.ToString(), endpoint.SecurityPolicyUri ?? "",
        [.. (endpoint.UserTokens ?? []).Select(t => t.Type.ToString()).Distinct()],
        endpoint.ServerCertificate is { Length: > 0 } certificate ? Convert.ToHexString(SHA1.HashData(certificate)) : "");
}
