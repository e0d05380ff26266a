using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.Views;

/// <summary>Asks for the references of nodes, in the whole address space (OPC 10000-4 §5.8.2).</summary>
/// <param name="ReferencesPerNodeMax">After so many a continuation point is given; 0 leaves it to the server.</param>
internal readonly record struct BrowseRequest(RequestHeader Header, uint ReferencesPerNodeMax, IReadOnlyList<BrowseTarget> Targets)
{
    public void Write(UaBuffer target)
    {
        Header.Write(target, ServiceIds.BrowseRequest);
        target.WriteNodeId(default); // no view
        target.WriteDateTime(default);
        target.WriteUInt32(0);
        target.WriteUInt32(ReferencesPerNodeMax);
        target.WriteEach(Targets, static (b, item) => item.Write(b));
    }

    public static UaFault TryRead(ReadOnlySpan<byte> message, out BrowseRequest request)
    {
        var reader = new UaReader(message, UaDecodeLimits.Default);
        RequestHeader header = RequestHeader.Read(ref reader, ServiceIds.BrowseRequest);
        reader.ReadNodeId();
        reader.ReadDateTime();
        reader.ReadUInt32();
        request = new BrowseRequest(
            header, reader.ReadUInt32(), reader.ReadEach(BrowseTarget.BytesMin, static (ref UaReader r) => BrowseTarget.Read(ref r)) ?? []);
        return reader.End();
    }
}
