using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Services;

namespace EdgeAgent.Protocols.OpcUa.Server;

/// <summary>Finds who serves a request, checks its session, and sends what comes of it.</summary>
internal sealed class RequestDispatcher(ServerCore core)
{
    private static readonly Dictionary<uint, ServiceHandler> WithoutSession = new()
    {
        [ServiceIds.FindServersRequest] = DiscoveryServices.FindServers,
        [ServiceIds.GetEndpointsRequest] = DiscoveryServices.GetEndpoints,
        [ServiceIds.CreateSessionRequest] = SessionServices.Create,
        [ServiceIds.ActivateSessionRequest] = SessionServices.Activate,
    };

    private static readonly Dictionary<uint, ServiceHandler> WithSession = new()
    {
        [ServiceIds.CloseSessionRequest] = SessionServices.Close,
        [ServiceIds.ReadRequest] = AttributeServices.Read,
        [ServiceIds.BrowseRequest] = ViewServices.Browse,
        [ServiceIds.BrowseNextRequest] = ViewServices.BrowseNext,
        [ServiceIds.TranslateBrowsePathsToNodeIdsRequest] = BrowsePathServices.Translate,
        [ServiceIds.HistoryReadRequest] = HistoryServices.Read,
        [ServiceIds.CreateSubscriptionRequest] = SubscriptionServices.Create,
        [ServiceIds.ModifySubscriptionRequest] = SubscriptionServices.Modify,
        [ServiceIds.SetPublishingModeRequest] = SubscriptionServices.SetPublishingMode,
        [ServiceIds.DeleteSubscriptionsRequest] = SubscriptionServices.Delete,
        [ServiceIds.TransferSubscriptionsRequest] = SubscriptionServices.Transfer,
        [ServiceIds.PublishRequest] = PublishServices.Publish,
        [ServiceIds.RepublishRequest] = PublishServices.Republish,
        [ServiceIds.CreateMonitoredItemsRequest] = MonitoredItemServices.Create,
        [ServiceIds.ModifyMonitoredItemsRequest] = MonitoredItemServices.Modify,
        [ServiceIds.DeleteMonitoredItemsRequest] = MonitoredItemServices.Delete,
    };

    private readonly UaBuffer _response = new(64 * 1024);

    public void Handle(ServerConnection connection, uint requestId, ReadOnlySpan<byte> message)
    {
        var typeReader = new UaReader(message, UaDecodeLimits.Default);
        NodeId type = typeReader.ReadNodeId();
        var reader = new UaReader(message, UaDecodeLimits.Default);
        RequestHeader header = RequestHeader.Read(ref reader, type.Number);
        _response.Clear();
        StatusCode? status = reader.IsGood
            ? Serve(connection, requestId, type.Number, header, message)
            : reader.Fault.ToStatus();
        if (status is null)
        {
            return;
        }
        if (status.Value.IsBad)
        {
            _response.Clear();
            new ResponseHeader(core.UtcNow, header.RequestHandle, status.Value).Write(_response, ServiceIds.ServiceFault);
        }
        Reply(connection, requestId, header.RequestHandle);
    }

    private StatusCode? Serve(ServerConnection connection, uint requestId, uint service, RequestHeader header, ReadOnlySpan<byte> message)
    {
        var call = new ServiceCall
        {
            Core = core, Connection = connection, RequestId = requestId, Header = header, Message = message, Response = _response,
        };
        if (WithoutSession.TryGetValue(service, out ServiceHandler? handler))
        {
            return handler(call);
        }
        if (!WithSession.TryGetValue(service, out handler))
        {
            return StatusCodes.BadServiceUnsupported;
        }
        if (!core.Sessions.TryFind(header.AuthenticationToken, out ServerSession? session))
        {
            return StatusCodes.BadSessionIdInvalid;
        }
        if (session.Connection != connection)
        {
            return StatusCodes.BadSecureChannelIdInvalid;
        }
        session.LastHeardAt = core.Time.GetTimestamp();
        if (!session.IsActivated && service != ServiceIds.CloseSessionRequest)
        {
            core.Sessions.End(session, deletesSubscriptions: true);
            return StatusCodes.BadSessionNotActivated;
        }
        return handler(new ServiceCall
        {
            Core = core, Connection = connection, RequestId = requestId, Header = header, Message = message, Response = _response, Session = session,
        });
    }

    private void Reply(ServerConnection connection, uint requestId, uint requestHandle)
    {
        bool ignoresLimits = core.Faults.HugeResponseBytes > 0;
        int delayMs = core.Faults.AnswerDelayMs;
        if (delayMs <= 0)
        {
            connection.Send(requestId, requestHandle, _response.WrittenSpan, ignoresLimits);
            return;
        }
        byte[] late = _response.WrittenSpan.ToArray();
        _ = SendLaterAsync();

        async Task SendLaterAsync()
        {
            await Task.Delay(TimeSpan.FromMilliseconds(delayMs), core.Time).ConfigureAwait(false);
            lock (core.Gate)
            {
                connection.Send(requestId, requestHandle, late, ignoresLimits);
            }
        }
    }
}
