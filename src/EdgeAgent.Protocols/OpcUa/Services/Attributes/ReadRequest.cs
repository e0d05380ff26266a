using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.Attributes;

/// <summary>Reads attributes of nodes (OPC 10000-4 §5.10.2).</summary>
/// <param name="AgeMsMax">How old a value may be; 0 asks the device.</param>
internal readonly record struct ReadRequest(RequestHeader Header, double AgeMsMax, TimestampsToReturn Timestamps, IReadOnlyList<ReadTarget> Targets)
{
    public void Write(UaBuffer target)
    {
        Header.Write(target, ServiceIds.ReadRequest);
        target.WriteDouble(AgeMsMax);
        target.WriteInt32((int)Timestamps);
        target.WriteEach(Targets, static (b, item) => item.Write(b));
    }

    public static UaFault TryRead(ReadOnlySpan<byte> message, out ReadRequest request)
    {
        var reader = new UaReader(message, UaDecodeLimits.Default);
        request = new ReadRequest(
            RequestHeader.Read(ref reader, ServiceIds.ReadRequest), reader.ReadDouble(), (TimestampsToReturn)reader.ReadInt32(),
            reader.ReadEach(ReadTarget.BytesMin, static (ref UaReader r) => ReadTarget.Read(ref r)) ?? []);
        return reader.End();
    }
}
