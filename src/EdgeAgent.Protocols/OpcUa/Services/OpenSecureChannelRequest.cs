using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Security;

namespace EdgeAgent.Protocols.OpcUa.Services;

/// <summary>Asks for a channel, or for a new token of an open one (OPC 10000-4 §5.5.2).</summary>
internal readonly record struct OpenSecureChannelRequest(RequestHeader Header, bool IsRenewal, MessageSecurityMode Mode, byte[] ClientNonce, uint LifetimeMs)
{
    public void Write(UaBuffer target)
    {
        Header.Write(target, ServiceIds.OpenSecureChannelRequest);
        target.WriteUInt32(0); // the version of the protocol
        target.WriteInt32(IsRenewal ? 1 : 0);
        target.WriteInt32((int)Mode);
        target.WriteByteString(ClientNonce.Length == 0 ? null : ClientNonce);
        target.WriteUInt32(LifetimeMs);
    }

    public static UaFault TryRead(ReadOnlySpan<byte> message, out OpenSecureChannelRequest request)
    {
        var reader = new UaReader(message, UaDecodeLimits.Default);
        RequestHeader header = RequestHeader.Read(ref reader, ServiceIds.OpenSecureChannelRequest);
        reader.ReadUInt32();
        bool isRenewal = reader.ReadInt32() == 1;
        var mode = (MessageSecurityMode)reader.ReadInt32();
        request = new OpenSecureChannelRequest(header, isRenewal, mode, reader.ReadByteString() ?? [], reader.ReadUInt32());
        return reader.End();
    }
}
