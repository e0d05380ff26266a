using EdgeAgent.Collector.Asking;
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

    // The other members of Server_ServerStatus_BuildInfo.
    private static readonly (string Name, uint Node)[] s_build =
        [("manufacturer", 2263), ("product", 2261), ("product uri", 2262), ("software version", 2264), ("build number", 2265)];

    /// <summary>What the server says of its own making; what it leaves empty is left out.</summary>
    public static async ValueTask<IReadOnlyList<KeyValuePair<string, string>>> ReadAsync(OpcUaClient client, CancellationToken cancellation)
    {
        var values = new DataValue[s_build.Length];
        ReadTarget[] targets = [.. s_build.Select(member => new ReadTarget(new NodeId(member.Node), ReadTarget.ValueAttribute))];
        StatusCode status = await client.ReadAsync(targets, values, TimestampsToReturn.Neither, 0, cancellation).ConfigureAwait(false);
        var fields = new IdentityFields();
        for (int i = 0; i < values.Length && !status.IsBad; i++)
        {
            fields.Add(s_build[i].Name, values[i].Value.AsText());
        }

        return fields;
    }

    public static async ValueTask<bool> IsSimulatorAsync(OpcUaClient client, CancellationToken cancellation)
    {
        var value = new DataValue[1];
        StatusCode status = await client.ReadAsync(s_product, value, TimestampsToReturn.Neither, 0, cancellation).ConfigureAwait(false);
        return !status.IsBad && value[0].Value.AsText() == Simulator;
    }
}
