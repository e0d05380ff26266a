using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.Discovery;

/// <summary>Who an application says it is (OPC 10000-4 §7.2).</summary>
internal sealed record ApplicationDescription(
    string? ApplicationUri, string? ProductUri, LocalizedText Name, ApplicationType Type, string? GatewayServerUri, string? DiscoveryProfileUri, string?[]? DiscoveryUrls)
{
    // Five texts, a mask and a number, and the length of the array.
    public const int BytesMin = 25;

    public void Write(UaBuffer target)
    {
        target.WriteString(ApplicationUri);
        target.WriteString(ProductUri);
        target.WriteLocalizedText(Name);
        target.WriteInt32((int)Type);
        target.WriteString(GatewayServerUri);
        target.WriteString(DiscoveryProfileUri);
        target.WriteEach(DiscoveryUrls, static (b, url) => b.WriteString(url));
    }

    public static ApplicationDescription Read(ref UaReader reader) => new(
        reader.ReadString(), reader.ReadString(), reader.ReadLocalizedText(), (ApplicationType)reader.ReadInt32(), reader.ReadString(), reader.ReadString(),
        reader.ReadEach(4, static (ref UaReader r) => r.ReadString()));
}
