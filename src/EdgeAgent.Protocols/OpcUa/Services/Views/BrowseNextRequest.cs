using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.Views;

/// <summary>Asks for further references, or gives continuation points back (OPC 10000-4 §5.8.3).</summary>
internal readonly record struct BrowseNextRequest(RequestHeader Header, bool ReleasesPoints, IReadOnlyList<byte[]?> ContinuationPoints)
{
    public void Write(UaBuffer target)
    {
        Header.Write(target, ServiceIds.BrowseNextRequest);
        target.WriteBoolean(ReleasesPoints);
        target.WriteEach(ContinuationPoints, static (b, point) => b.WriteByteString(point));
    }

    public static UaFault TryRead(ReadOnlySpan<byte> message, out BrowseNextRequest request)
    {
        var reader = new UaReader(message, UaDecodeLimits.Default);
        request = new BrowseNextRequest(
            RequestHeader.Read(ref reader, ServiceIds.BrowseNextRequest), reader.ReadBoolean(), reader.ReadEach(4, static (ref UaReader r) => r.ReadByteString()) ?? []);
        return reader.End();
    }
}
