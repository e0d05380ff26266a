using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Services;

namespace EdgeAgent.Protocols.OpcUa;

/// <summary>Which changes of a monitored value a server reports (OPC 10000-4 §7.22.2).</summary>
/// <param name="Deadband">In the value's unit or in percent, by <paramref name="Kind"/>; smaller changes are not reported.</param>
public readonly record struct DataChangeFilter(DataChangeTrigger Trigger, DeadbandKind Kind = DeadbandKind.None, double Deadband = 0)
{
    internal static void Write(UaBuffer target, DataChangeFilter? filter)
    {
        if (filter is not { } wanted)
        {
            target.WriteExtensionObject(null);
            return;
        }
        int start = target.BeginExtension(new NodeId(ServiceIds.DataChangeFilter));
        target.WriteInt32((int)wanted.Trigger);
        target.WriteUInt32((uint)wanted.Kind);
        target.WriteDouble(wanted.Deadband);
        target.EndExtension(start);
    }

    /// <summary>Reads the filter of an item; <paramref name="isOther"/> says that there is one of another kind.</summary>
    internal static DataChangeFilter? Read(ref UaReader reader, out bool isOther)
    {
        NodeId type = reader.ReadExtension(out ExtensionEncoding encoding, out ReadOnlySpan<byte> body, out bool hasBody);
        isOther = !type.IsNull && (type != new NodeId(ServiceIds.DataChangeFilter) || encoding != ExtensionEncoding.Binary || !hasBody);
        if (type.IsNull || isOther)
        {
            return null;
        }
        var inner = new UaReader(body, UaDecodeLimits.Default);
        var filter = new DataChangeFilter((DataChangeTrigger)inner.ReadInt32(), (DeadbandKind)inner.ReadUInt32(), inner.ReadDouble());
        if (inner.End() != UaFault.None)
        {
            reader.Fail(inner.End());
        }
        return filter;
    }
}
