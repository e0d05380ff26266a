using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.Views;

/// <summary>Asks which nodes browse paths lead to (OPC 10000-4 §5.9.4).</summary>
internal readonly record struct TranslateBrowsePathsRequest(RequestHeader Header, IReadOnlyList<BrowsePath> Paths)
{
    public void Write(UaBuffer target)
    {
        Header.Write(target, ServiceIds.TranslateBrowsePathsToNodeIdsRequest);
        target.WriteEach(Paths, static (b, item) => item.Write(b));
    }

    public static UaFault TryRead(ReadOnlySpan<byte> message, out TranslateBrowsePathsRequest request)
    {
        var reader = new UaReader(message, UaDecodeLimits.Default);
        request = new TranslateBrowsePathsRequest(
            RequestHeader.Read(ref reader, ServiceIds.TranslateBrowsePathsToNodeIdsRequest),
            reader.ReadEach(BrowsePath.BytesMin, static (ref UaReader r) => BrowsePath.Read(ref r)) ?? []);
        return reader.End();
    }
}
