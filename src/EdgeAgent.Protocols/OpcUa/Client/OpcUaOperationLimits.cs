namespace EdgeAgent.Protocols.OpcUa.Client;

/// <summary>How much a server takes in one request, as it says itself (OPC 10000-5 §6.3.11); 0 where it names no limit.</summary>
public sealed record OpcUaOperationLimits(
    uint NodesPerRead = 0, uint NodesPerHistoryRead = 0, uint NodesPerBrowse = 0, uint NodesPerTranslate = 0, uint MonitoredItemsPerCall = 0, uint BrowseContinuationPoints = 0)
{
    public static readonly OpcUaOperationLimits None = new();
}
