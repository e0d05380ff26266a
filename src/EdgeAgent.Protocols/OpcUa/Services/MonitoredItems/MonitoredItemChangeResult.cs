using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.MonitoredItems;

/// <summary>What became of an item's new parameters (OPC 10000-4 §5.13.3).</summary>
internal readonly record struct MonitoredItemChangeResult(StatusCode Status, double RevisedSamplingIntervalMs, uint RevisedQueueSize)
{
    public const int BytesMin = 19;

    public void Write(UaBuffer target)
    {
        target.WriteStatusCode(Status);
        target.WriteDouble(RevisedSamplingIntervalMs);
        target.WriteUInt32(RevisedQueueSize);
        target.WriteExtensionObject(null);
    }

    public static MonitoredItemChangeResult Read(ref UaReader reader)
    {
        var result = new MonitoredItemChangeResult(reader.ReadStatusCode(), reader.ReadDouble(), reader.ReadUInt32());
        reader.ReadExtension(out _, out _, out _);
        return result;
    }
}
