using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Services.Attributes;

namespace EdgeAgent.Protocols.OpcUa.Services.MonitoredItems;

/// <summary>An item to monitor (OPC 10000-4 §5.13.2).</summary>
internal readonly record struct MonitoredItemCreation(ReadTarget Target, MonitoringMode Mode, MonitoringParameters Parameters)
{
    public const int BytesMin = ReadTarget.BytesMin + 4 + MonitoringParameters.BytesMin;

    public void Write(UaBuffer target)
    {
        Target.Write(target);
        target.WriteInt32((int)Mode);
        Parameters.Write(target);
    }

    public static MonitoredItemCreation Read(ref UaReader reader) =>
        new(ReadTarget.Read(ref reader), (MonitoringMode)reader.ReadInt32(), MonitoringParameters.Read(ref reader));
}
