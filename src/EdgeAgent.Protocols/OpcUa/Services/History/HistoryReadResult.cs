using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.History;

/// <summary>The stored values of one node, and a continuation point when there are more (OPC 10000-4 §5.11.3).</summary>
/// <param name="Values">Null when the result carries none, or data of another kind than raw values.</param>
public readonly record struct HistoryReadResult(StatusCode Status, byte[]? ContinuationPoint, DataValue[]? Values)
{
    internal const int BytesMin = 11;

    internal void Write(UaBuffer target)
    {
        target.WriteStatusCode(Status);
        target.WriteByteString(ContinuationPoint);
        if (Values is null)
        {
            target.WriteExtensionObject(null);
            return;
        }
        int start = target.BeginExtension(new NodeId(ServiceIds.HistoryData));
        target.WriteEach(Values, static (b, item) => b.WriteDataValue(item));
        target.EndExtension(start);
    }

    internal static HistoryReadResult Read(ref UaReader reader)
    {
        StatusCode status = reader.ReadStatusCode();
        byte[]? point = reader.ReadByteString();
        NodeId type = reader.ReadExtension(out ExtensionEncoding encoding, out ReadOnlySpan<byte> body, out bool hasBody);
        if (type != new NodeId(ServiceIds.HistoryData) || encoding != ExtensionEncoding.Binary || !hasBody)
        {
            return new HistoryReadResult(status, point, null);
        }
        var inner = new UaReader(body, UaDecodeLimits.Default);
        DataValue[]? values = inner.ReadEach(1, static (ref UaReader r) => r.ReadDataValue());
        if (inner.End() != UaFault.None)
        {
            reader.Fail(inner.End());
        }
        return new HistoryReadResult(status, point, values ?? []);
    }
}
