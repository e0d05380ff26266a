using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.MonitoredItems;

/// <summary>New parameters for an item (OPC 10000-4 §5.13.3).</summary>
internal readonly record struct MonitoredItemChange(uint ItemId, MonitoringParameters Parameters)
{
    public const int BytesMin = 4 + MonitoringParameters.BytesMin;

    public void Write(UaBuffer target)
    {
        target.WriteUInt32(ItemId);
        Parameters.Write(target);
    }

    public static MonitoredItemChange Read(ref UaReader reader) => new(reader.ReadUInt32(), MonitoringParameters.Read(ref reader));
}
