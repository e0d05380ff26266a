using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.MonitoredItems;

/// <summary>What became of an item to monitor (OPC 10000-4 §5.13.2).</summary>
internal readonly record struct MonitoredItemCreationResult(StatusCode Status, uint ItemId, double RevisedSamplingIntervalMs, uint RevisedQueueSize)
{
    public const int BytesMin = 23;

    public void Write(UaBuffer target)
    {
        target.WriteStatusCode(Status);
        target.WriteUInt32(ItemId);
        target.WriteDouble(RevisedSamplingIntervalMs);
        target.WriteUInt32(RevisedQueueSize);
        target.WriteExtensionObject(null);
    }

    public static MonitoredItemCreationResult Read(ref UaReader reader)
    {
        var result = new MonitoredItemCreationResult(reader.ReadStatusCode(), reader.ReadUInt32(), reader.ReadDouble(), reader.ReadUInt32());
        reader.ReadExtension(out _, out _, out _); // only filters of events have a result
        return result;
    }
}
