using System.Buffers.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services;

/// <summary>Names messages by the number of their encoding.</summary>
internal static class ServiceNames
{
    /// <summary>Encodings of node ids with a namespace of one byte and a number of two (part 6, 5.2.2.9); all services have such.</summary>
    private const byte FourByteNodeId = 1;

    /// <param name="message">From its node id on.</param>
    public static string Of(ReadOnlySpan<byte> message) =>
        message.Length < 4 || message[0] != FourByteNodeId || message[1] != 0 ? "unknown message" : Of(BinaryPrimitives.ReadUInt16LittleEndian(message[2..]));

    private static string Of(uint number) => number switch
    {
        ServiceIds.ServiceFault => nameof(ServiceIds.ServiceFault),
        ServiceIds.FindServersRequest => nameof(ServiceIds.FindServersRequest),
        ServiceIds.FindServersResponse => nameof(ServiceIds.FindServersResponse),
        ServiceIds.GetEndpointsRequest => nameof(ServiceIds.GetEndpointsRequest),
        ServiceIds.GetEndpointsResponse => nameof(ServiceIds.GetEndpointsResponse),
        ServiceIds.OpenSecureChannelRequest => nameof(ServiceIds.OpenSecureChannelRequest),
        ServiceIds.OpenSecureChannelResponse => nameof(ServiceIds.OpenSecureChannelResponse),
        ServiceIds.CloseSecureChannelRequest => nameof(ServiceIds.CloseSecureChannelRequest),
        ServiceIds.CreateSessionRequest => nameof(ServiceIds.CreateSessionRequest),
        ServiceIds.CreateSessionResponse => nameof(ServiceIds.CreateSessionResponse),
        ServiceIds.ActivateSessionRequest => nameof(ServiceIds.ActivateSessionRequest),
        ServiceIds.ActivateSessionResponse => nameof(ServiceIds.ActivateSessionResponse),
        ServiceIds.CloseSessionRequest => nameof(ServiceIds.CloseSessionRequest),
        ServiceIds.CloseSessionResponse => nameof(ServiceIds.CloseSessionResponse),
        ServiceIds.BrowseRequest => nameof(ServiceIds.BrowseRequest),
        ServiceIds.BrowseResponse => nameof(ServiceIds.BrowseResponse),
        ServiceIds.BrowseNextRequest => nameof(ServiceIds.BrowseNextRequest),
        ServiceIds.BrowseNextResponse => nameof(ServiceIds.BrowseNextResponse),
        ServiceIds.TranslateBrowsePathsToNodeIdsRequest => nameof(ServiceIds.TranslateBrowsePathsToNodeIdsRequest),
        ServiceIds.TranslateBrowsePathsToNodeIdsResponse => nameof(ServiceIds.TranslateBrowsePathsToNodeIdsResponse),
        ServiceIds.ReadRequest => nameof(ServiceIds.ReadRequest),
        ServiceIds.ReadResponse => nameof(ServiceIds.ReadResponse),
        ServiceIds.HistoryReadRequest => nameof(ServiceIds.HistoryReadRequest),
        ServiceIds.HistoryReadResponse => nameof(ServiceIds.HistoryReadResponse),
        ServiceIds.CreateMonitoredItemsRequest => nameof(ServiceIds.CreateMonitoredItemsRequest),
        ServiceIds.CreateMonitoredItemsResponse => nameof(ServiceIds.CreateMonitoredItemsResponse),
        ServiceIds.ModifyMonitoredItemsRequest => nameof(ServiceIds.ModifyMonitoredItemsRequest),
        ServiceIds.ModifyMonitoredItemsResponse => nameof(ServiceIds.ModifyMonitoredItemsResponse),
        ServiceIds.DeleteMonitoredItemsRequest => nameof(ServiceIds.DeleteMonitoredItemsRequest),
        ServiceIds.DeleteMonitoredItemsResponse => nameof(ServiceIds.DeleteMonitoredItemsResponse),
        ServiceIds.CreateSubscriptionRequest => nameof(ServiceIds.CreateSubscriptionRequest),
        ServiceIds.CreateSubscriptionResponse => nameof(ServiceIds.CreateSubscriptionResponse),
        ServiceIds.ModifySubscriptionRequest => nameof(ServiceIds.ModifySubscriptionRequest),
        ServiceIds.ModifySubscriptionResponse => nameof(ServiceIds.ModifySubscriptionResponse),
        ServiceIds.SetPublishingModeRequest => nameof(ServiceIds.SetPublishingModeRequest),
        ServiceIds.SetPublishingModeResponse => nameof(ServiceIds.SetPublishingModeResponse),
        ServiceIds.PublishRequest => nameof(ServiceIds.PublishRequest),
        ServiceIds.PublishResponse => nameof(ServiceIds.PublishResponse),
        ServiceIds.RepublishRequest => nameof(ServiceIds.RepublishRequest),
        ServiceIds.RepublishResponse => nameof(ServiceIds.RepublishResponse),
        ServiceIds.TransferSubscriptionsRequest => nameof(ServiceIds.TransferSubscriptionsRequest),
        ServiceIds.TransferSubscriptionsResponse => nameof(ServiceIds.TransferSubscriptionsResponse),
        ServiceIds.DeleteSubscriptionsRequest => nameof(ServiceIds.DeleteSubscriptionsRequest),
        ServiceIds.DeleteSubscriptionsResponse => nameof(ServiceIds.DeleteSubscriptionsResponse),
        _ => "unknown message",
    };
}
