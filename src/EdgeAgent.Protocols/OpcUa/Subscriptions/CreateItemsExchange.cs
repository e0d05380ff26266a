using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Client;
using EdgeAgent.Protocols.OpcUa.Services;
using EdgeAgent.Protocols.OpcUa.Services.Attributes;
using EdgeAgent.Protocols.OpcUa.Services.MonitoredItems;

namespace EdgeAgent.Protocols.OpcUa.Subscriptions;

/// <summary>Makes some items of a subscription.</summary>
internal sealed class CreateItemsExchange(uint subscriptionId, IReadOnlyList<MonitoredItemCreation> items) : IUaExchange
{
    /// <summary>One for each item after a good call.</summary>
    public MonitoredItemCreationResult[] Results { get; private set; } = [];

    public void WriteRequest(UaBuffer target, in RequestHeader header) =>
        new CreateMonitoredItemsRequest(header, subscriptionId, TimestampsToReturn.Source, items).Write(target);

    public StatusCode ReadResponse(ReadOnlySpan<byte> message)
    {
        UaFault fault = CreateMonitoredItemsResponse.TryRead(message, out CreateMonitoredItemsResponse response);
        if (fault != UaFault.None || response.Header.Result.IsBad)
        {
            return fault != UaFault.None ? fault.ToStatus() : response.Header.Result;
        }
        Results = response.Results ?? [];
        return Results.Length == items.Count ? StatusCodes.Good : StatusCodes.BadUnknownResponse;
    }
}
