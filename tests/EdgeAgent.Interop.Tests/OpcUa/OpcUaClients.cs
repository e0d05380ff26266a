using EdgeAgent.Protocols.OpcUa.Client;
using EdgeAgent.Protocols.OpcUa.Security;
using EdgeAgent.TestKit;

namespace EdgeAgent.Interop.Tests.OpcUa;

/// <summary>Options for tests: short times, and no security unless a test adds it.</summary>
internal static class OpcUaClients
{
    public static OpcUaAddress Address(string url) => OpcUaAddress.TryParse(url, out OpcUaAddress? address) ? address : throw new ArgumentException(url);

    public static OpcUaClientOptions Open(params string[] urls) => new()
    {
        Endpoints = [.. urls.Select(Address)],
        SecurityMode = MessageSecurityMode.None,
        ConnectTimeoutMs = 20_000,
        RequestTimeoutMs = 10_000,
        ReconnectDelayMsMin = 100,
        ReconnectDelayMsMax = 400,
    };

    /// <summary>Connected; to be disposed by the test.</summary>
    public static async Task<OpcUaClient> ConnectAsync(OpcUaClientOptions options)
    {
        var client = new OpcUaClient(options);
        await client.ConnectAsync();
        return client;
    }

    public static async Task<OpcUaClient> ConnectAsync(NodeOpcuaServer server) => await ConnectAsync(Open(server.Url));
}
