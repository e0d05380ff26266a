using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Server;

/// <summary>The structures of namespace 0 that a server gives as values.</summary>
internal static class StandardStructures
{
    /// <summary>The span of an analog value (OPC 10000-8 §5.6.2).</summary>
    public static ExtensionObject Range(double low, double high) => Encode(WellKnownNodes.RangeEncoding, body =>
    {
        body.WriteDouble(low);
        body.WriteDouble(high);
    });

    /// <summary>What is running, and since when (OPC 10000-5 §12.10).</summary>
    public static ExtensionObject ServerStatus(OpcUaServerOptions options, DateTime startedUtc, DateTime nowUtc) => Encode(WellKnownNodes.ServerStatusEncoding, body =>
    {
        body.WriteDateTime(startedUtc);
        body.WriteDateTime(nowUtc);
        body.WriteInt32(0); // running
        WriteBuildInfo(body, options, startedUtc);
        body.WriteUInt32(0);
        body.WriteLocalizedText(default);
    });

    /// <summary>Which product it is (OPC 10000-5 §12.4).</summary>
    public static ExtensionObject BuildInfo(OpcUaServerOptions options, DateTime startedUtc) =>
        Encode(WellKnownNodes.BuildInfoEncoding, body => WriteBuildInfo(body, options, startedUtc));

    private static void WriteBuildInfo(UaBuffer body, OpcUaServerOptions options, DateTime builtUtc)
    {
        body.WriteString(options.ApplicationUri);
        body.WriteString(options.ManufacturerName);
        body.WriteString(options.ProductName);
        body.WriteString(options.SoftwareVersion);
        body.WriteString(options.SoftwareVersion);
        body.WriteDateTime(builtUtc);
    }

    private static ExtensionObject Encode(uint encoding, Action<UaBuffer> write)
    {
        var body = new UaBuffer(128);
        write(body);
        return new ExtensionObject(new NodeId(encoding), ExtensionEncoding.Binary, body.Written.ToArray());
    }
}
