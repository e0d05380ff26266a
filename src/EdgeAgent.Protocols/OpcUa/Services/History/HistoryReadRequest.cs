using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Services.Attributes;

namespace EdgeAgent.Protocols.OpcUa.Services.History;

/// <summary>Reads the stored values of nodes (OPC 10000-4 §5.11.3).</summary>
/// <param name="Details">Null, in a request that was received, stands for details of another kind.</param>
/// <param name="ReleasesPoints">Gives the continuation points back instead of reading on.</param>
internal readonly record struct HistoryReadRequest(
    RequestHeader Header, RawHistoryDetails? Details, TimestampsToReturn Timestamps, bool ReleasesPoints, IReadOnlyList<HistoryReadTarget> Targets)
{
    public void Write(UaBuffer target)
    {
        Header.Write(target, ServiceIds.HistoryReadRequest);
        Details.GetValueOrDefault().Write(target);
        target.WriteInt32((int)Timestamps);
        target.WriteBoolean(ReleasesPoints);
        target.WriteEach(Targets, static (b, item) => item.Write(b));
    }

    public static UaFault TryRead(ReadOnlySpan<byte> message, out HistoryReadRequest request)
    {
        var reader = new UaReader(message, UaDecodeLimits.Default);
        request = new HistoryReadRequest(
            RequestHeader.Read(ref reader, ServiceIds.HistoryReadRequest), RawHistoryDetails.Read(ref reader), (TimestampsToReturn)reader.ReadInt32(),
            reader.ReadBoolean(), reader.ReadEach(HistoryReadTarget.BytesMin, static (ref UaReader r) => HistoryReadTarget.Read(ref r)) ?? []);
        return reader.End();
    }
}
