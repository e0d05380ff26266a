using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.MonitoredItems;

/// <summary>How an item is sampled and queued (OPC 10000-4 §7.21).</summary>
/// <param name="ClientHandle">Comes back with every notification.</param>
/// <param name="SamplingIntervalMs">0 as fast as possible, -1 as the subscription publishes.</param>
/// <param name="HasOtherFilter">A request brought a filter of another kind, which a server that knows only data changes refuses.</param>
internal readonly record struct MonitoringParameters(
    uint ClientHandle, double SamplingIntervalMs, DataChangeFilter? Filter, uint QueueSize, bool DiscardsOldest, bool HasOtherFilter = false)
{
    public const int BytesMin = 20;

    public void Write(UaBuffer target)
    {
        target.WriteUInt32(ClientHandle);
        target.WriteDouble(SamplingIntervalMs);
        DataChangeFilter.Write(target, Filter);
        target.WriteUInt32(QueueSize);
        target.WriteBoolean(DiscardsOldest);
    }

    public static MonitoringParameters Read(ref UaReader reader)
    {
        uint handle = reader.ReadUInt32();
        double samplingMs = reader.ReadDouble();
        DataChangeFilter? filter = DataChangeFilter.Read(ref reader, out bool isOther);
        return new MonitoringParameters(handle, samplingMs, filter, reader.ReadUInt32(), reader.ReadBoolean(), isOther);
    }
}
