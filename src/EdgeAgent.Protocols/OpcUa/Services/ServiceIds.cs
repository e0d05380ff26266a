namespace EdgeAgent.Protocols.OpcUa.Services;

/// <summary>The numbers of the binary encodings of messages and structures, from the published NodeIds.csv; all in namespace 0.</summary>
internal static class ServiceIds
{
    public const uint AnonymousIdentityToken = 321;
    public const uint ServiceFault = 397;
    public const uint FindServersRequest = 422;
    public const uint FindServersResponse = 425;
    public const uint GetEndpointsRequest = 428;
    public const uint GetEndpointsResponse = 431;
    public const uint OpenSecureChannelRequest = 446;
    public const uint OpenSecureChannelResponse = 449;
    public const uint CloseSecureChannelRequest = 452;
    public const uint CreateSessionRequest = 461;
    public const uint CreateSessionResponse = 464;
    public const uint ActivateSessionRequest = 467;
    public const uint ActivateSessionResponse = 470;
    public const uint CloseSessionRequest = 473;
    public const uint CloseSessionResponse = 476;
    public const uint BrowseRequest = 527;
    public const uint BrowseResponse = 530;
    public const uint BrowseNextRequest = 533;
    public const uint BrowseNextResponse = 536;
    public const uint ReadRequest = 631;
    public const uint ReadResponse = 634;
}
