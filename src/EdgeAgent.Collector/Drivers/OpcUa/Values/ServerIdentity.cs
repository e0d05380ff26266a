using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Client;
using EdgeAgent.Protocols.OpcUa.Services.Attributes;

namespace EdgeAgent.Collector.Drivers.OpcUa.Values;

/// <summary>Asks a server who made it: our own simulator says so, and its readings are marked as simulated.</summary>
internal static class ServerIdentity
{
    private const string Simulator = "EdgeAgent Simulator";

    // Server_ServerStatus_BuildInfo_ProductName
    private static readonly ReadTarget[] s_product = [new(new NodeId(2261), ReadTarget.ValueAttribute)];

    public static async ValueTask<bool> IsSimulatorAsync(OpcUaClient client, CancellationToken cancellation)
    {
        var value = new DataValue[1];
        StatusCode status = await client.ReadAsync(s_product, value, TimestampsToReturn.Neither, 0, cancellation).ConfigureAwait(false);
        return !status.IsBad && value[0].Value.AsText() == Simulator;
    }
}
