using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Transport;

/// <summary>The last message before a connection is closed, with the reason (OPC 10000-6 §7.1.2.5); an abort chunk has the same body.</summary>
internal readonly record struct ErrorMessage(StatusCode Error, string? Reason)
{
    // The specification's limit for the reason.
    private static readonly UaDecodeLimits s_limits = new(StringBytesMax: 4096);

    public void Write(UaBuffer target)
    {
        int start = target.Length;
        target.Reserve(UaTcpFrame.HeaderBytes);
        WriteBody(target);
        UaTcpFrame.Write(target.Span[start..], UaTcpMessageType.Error, ChunkKind.Final, target.Length - start);
    }

    public void WriteBody(UaBuffer target)
    {
        target.WriteStatusCode(Error);
        target.WriteString(Reason);
    }

    public static bool TryRead(ReadOnlySpan<byte> message, out ErrorMessage error) => TryReadBody(message[UaTcpFrame.HeaderBytes..], out error);

    public static bool TryReadBody(ReadOnlySpan<byte> body, out ErrorMessage error)
    {
        var reader = new UaReader(body, s_limits);
        error = new ErrorMessage(reader.ReadStatusCode(), reader.ReadString());
        return reader.End() == UaFault.None;
    }
}
