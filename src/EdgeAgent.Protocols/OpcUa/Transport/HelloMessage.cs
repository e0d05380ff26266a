using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Transport;

/// <summary>What a client says first: its buffers and limits, and the endpoint it wants (OPC 10000-6 §7.1.2.3).</summary>
internal readonly record struct HelloMessage(UaTcpLimits Limits, string? EndpointUrl, uint ProtocolVersion = 0)
{
    // The specification's limit for the URL.
    private static readonly UaDecodeLimits s_limits = new(StringBytesMax: 4096);

    public void Write(UaBuffer target)
    {
        int start = target.Length;
        target.Reserve(UaTcpFrame.HeaderBytes);
        target.WriteUInt32(ProtocolVersion);
        Limits.Write(target);
        target.WriteString(EndpointUrl);
        UaTcpFrame.Write(target.Span[start..], UaTcpMessageType.Hello, ChunkKind.Final, target.Length - start);
    }

    public static bool TryRead(ReadOnlySpan<byte> message, out HelloMessage hello)
    {
        var reader = new UaReader(message[UaTcpFrame.HeaderBytes..], s_limits);
        uint version = reader.ReadUInt32();
        hello = new HelloMessage(UaTcpLimits.Read(ref reader), reader.ReadString(), version);
        return reader.End() == UaFault.None;
    }
}
