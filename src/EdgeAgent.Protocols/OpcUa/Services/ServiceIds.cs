namespace EdgeAgent.Protocols.OpcUa.Services;

/// <summary>The numbers of the binary encodings of service messages, from the published NodeIds.csv; all in namespace 0.</summary>
internal static class ServiceIds
{
    public const uint ServiceFault = 397;
    public const uint OpenSecureChannelRequest = 446;
    public const uint OpenSecureChannelResponse = 449;
    public const uint CloseSecureChannelRequest = 452;
}
