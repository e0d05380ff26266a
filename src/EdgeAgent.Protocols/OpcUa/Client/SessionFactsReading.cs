using EdgeAgent.Protocols.OpcUa.Services.Attributes;

namespace EdgeAgent.Protocols.OpcUa.Client;

/// <summary>Asks a server for its namespaces and its limits; node ids from the published NodeIds.csv.</summary>
internal static class SessionFactsReading
{
    private static readonly ReadTarget[] s_targets =
    [
        Value(2255),  // Server_NamespaceArray
        Value(11705), // OperationLimits_MaxNodesPerRead
        Value(12165), // OperationLimits_MaxNodesPerHistoryReadData
        Value(11710), // OperationLimits_MaxNodesPerBrowse
        Value(11712), // OperationLimits_MaxNodesPerTranslateBrowsePathsToNodeIds
        Value(11714), // OperationLimits_MaxMonitoredItemsPerCall
        Value(2735),  // ServerCapabilities_MaxBrowseContinuationPoints
    ];

    /// <summary>What a server does not tell is as if it had no limit; small ones have none of these nodes.</summary>
    /// <returns>Null when the namespaces could not be read; then the status says why.</returns>
    public static async Task<(SessionFacts? Facts, StatusCode Status)> ReadAsync(UaConnection connection, TimeSpan timeout, CancellationToken cancellation)
    {
        var values = new DataValue[s_targets.Length];
        var exchange = new ReadExchange();
        exchange.Prepare(s_targets, 0, values, TimestampsToReturn.Neither, 0);
        StatusCode status = await connection.CallAsync(exchange, timeout, cancellation).ConfigureAwait(false);
        // A server that takes fewer than these at once is asked one by one.
        for (int i = 0; i < values.Length && status.Value == StatusCodes.BadTooManyOperations; i++)
        {
            exchange.Prepare(s_targets, i, values.AsMemory(i, 1), TimestampsToReturn.Neither, 0);
            StatusCode single = await connection.CallAsync(exchange, timeout, cancellation).ConfigureAwait(false);
            status = i == values.Length - 1 || single.IsBad ? single : status;
        }
        if (status.IsBad || values[0].Status.IsBad)
        {
            return (null, status.IsBad ? status : values[0].Status);
        }
        string?[] namespaces = values[0].Value.Elements as string?[] ?? [];
        return (new SessionFacts(namespaces, new OpcUaOperationLimits(
            Limit(values[1]), Limit(values[2]), Limit(values[3]), Limit(values[4]), Limit(values[5]), Limit(values[6]))), StatusCodes.Good);
    }

    private static ReadTarget Value(uint id) => new(new NodeId(id), ReadTarget.ValueAttribute);

    private static uint Limit(in DataValue value) => !value.Status.IsBad && value.Value is { Type: BuiltInType.UInt32 or BuiltInType.UInt16, IsArray: false } ? (uint)value.Value.Bits : 0;
}
