using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Services.Discovery;

namespace EdgeAgent.Protocols.OpcUa.Server;

/// <summary>FindServers and GetEndpoints (OPC 10000-4 §5.4), for anybody who asks.</summary>
internal static class DiscoveryServices
{
    public static StatusCode? FindServers(in ServiceCall call)
    {
        UaFault fault = FindServersRequest.TryRead(call.Message, out FindServersRequest request);
        if (fault != UaFault.None)
        {
            return fault.ToStatus();
        }
        ApplicationDescription server = ServerEndpoints.Describe(call.Core, ServerEndpoints.UrlFor(call.Core, request.EndpointUrl));
        bool isWanted = request.ServerUris is not { Length: > 0 } || Array.IndexOf(request.ServerUris, server.ApplicationUri) >= 0;
        new FindServersResponse(call.Answer(), isWanted ? [server] : []).Write(call.Response);
        return StatusCodes.Good;
    }

    public static StatusCode? GetEndpoints(in ServiceCall call)
    {
        UaFault fault = GetEndpointsRequest.TryRead(call.Message, out GetEndpointsRequest request);
        if (fault != UaFault.None)
        {
            return fault.ToStatus();
        }
        bool isWanted = request.ProfileUris is not { Length: > 0 } || Array.IndexOf(request.ProfileUris, ServerEndpoints.TransportProfile) >= 0;
        new GetEndpointsResponse(call.Answer(), isWanted ? ServerEndpoints.List(call.Core, request.EndpointUrl) : []).Write(call.Response);
        return StatusCodes.Good;
    }
}
