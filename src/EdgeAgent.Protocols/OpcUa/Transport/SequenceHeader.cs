using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Transport;

/// <summary>The number of a chunk and the request it belongs to (OPC 10000-6 §6.7.2.4).</summary>
internal readonly record struct SequenceHeader(uint SequenceNumber, uint RequestId)
{
    public const int SizeBytes = 8;

    public void Write(UaBuffer target)
    {
        target.WriteUInt32(SequenceNumber);
        target.WriteUInt32(RequestId);
    }

    public static SequenceHeader Read(ref UaReader reader) => new(reader.ReadUInt32(), reader.ReadUInt32());
}
