using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.History;

/// <summary>Asks for values as they were stored between two instants (ReadRawModifiedDetails of OPC 10000-11 §6.5.3).</summary>
/// <param name="IsReadModified">Asks for values that were changed later, with who changed them; we never do.</param>
/// <param name="ValuesPerNodeMax">0 for as many as the server gives.</param>
/// <param name="ReturnsBounds">Also the values before the start and behind the end.</param>
internal readonly record struct RawHistoryDetails(bool IsReadModified, DateTime Start, DateTime End, uint ValuesPerNodeMax, bool ReturnsBounds)
{
    public void Write(UaBuffer target)
    {
        int start = target.BeginExtension(new NodeId(ServiceIds.ReadRawModifiedDetails));
        target.WriteBoolean(IsReadModified);
        target.WriteDateTime(Start);
        target.WriteDateTime(End);
        target.WriteUInt32(ValuesPerNodeMax);
        target.WriteBoolean(ReturnsBounds);
        target.EndExtension(start);
    }

    /// <summary>Reads the details of a request; null when they are of another kind.</summary>
    public static RawHistoryDetails? Read(ref UaReader reader)
    {
        NodeId type = reader.ReadExtension(out ExtensionEncoding encoding, out ReadOnlySpan<byte> body, out bool hasBody);
        if (type != new NodeId(ServiceIds.ReadRawModifiedDetails) || encoding != ExtensionEncoding.Binary || !hasBody)
        {
            return null;
        }
        var inner = new UaReader(body, UaDecodeLimits.Default);
        var details = new RawHistoryDetails(
            inner.ReadBoolean(), inner.ReadDateTime(), inner.ReadDateTime(), inner.ReadUInt32(), inner.ReadBoolean());
        if (inner.End() != UaFault.None)
        {
            reader.Fail(inner.End());
        }
        return details;
    }
}
