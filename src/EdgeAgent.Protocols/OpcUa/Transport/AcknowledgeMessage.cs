using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Transport;

/// <summary>A server's answer to Hello: its own buffers and limits (OPC 10000-6 §7.1.2.4).</summary>
internal readonly record struct AcknowledgeMessage(UaTcpLimits Limits, uint ProtocolVersion = 0)
{
    public void Write(UaBuffer target)
    {
        int start = target.Length;
        target.Reserve(UaTcpFrame.HeaderBytes);
        target.WriteUInt32(ProtocolVersion);
        Limits.Write(target);
        UaTcpFrame.Write(target.Span[start..], UaTcpMessageType.Acknowledge, ChunkKind.Final, target.Length - start);
    }

    public static bool TryRead(ReadOnlySpan<byte> message, out AcknowledgeMessage acknowledge)
    {
        var reader = new UaReader(message[UaTcpFrame.HeaderBytes..], UaDecodeLimits.Default);
        uint version = reader.ReadUInt32();
        acknowledge = new AcknowledgeMessage(UaTcpLimits.Read(ref reader), version);
        return reader.End() == UaFault.None;
    }
}
