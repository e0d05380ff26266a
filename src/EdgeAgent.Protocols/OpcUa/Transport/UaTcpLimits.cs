using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Transport;

/// <summary>What one side of a connection can take; in each direction the receiver's word counts.</summary>
/// <param name="ReceiveBufferBytes">The largest chunk that this side takes.</param>
/// <param name="SendBufferBytes">The largest chunk that this side sends.</param>
/// <param name="MessageBytesMax">The largest message, all chunks together without their overhead, that this side takes; 0: any.</param>
/// <param name="ChunkCountMax">The most chunks of a message that this side takes; 0: any.</param>
internal readonly record struct UaTcpLimits(uint ReceiveBufferBytes, uint SendBufferBytes, uint MessageBytesMax, uint ChunkCountMax)
{
    /// <summary>The smallest buffer that the specification allows.</summary>
    public const uint BufferBytesMin = 8192;

    /// <summary>What this client offers: 64 KiB chunks, as most servers do, and messages of 16 MiB, some 100,000 values.</summary>
    public static readonly UaTcpLimits Default = new(65_536, 65_536, 16 * 1024 * 1024, 0);

    public void Write(UaBuffer target)
    {
        target.WriteUInt32(ReceiveBufferBytes);
        target.WriteUInt32(SendBufferBytes);
        target.WriteUInt32(MessageBytesMax);
        target.WriteUInt32(ChunkCountMax);
    }

    public static UaTcpLimits Read(ref UaReader reader) => new(reader.ReadUInt32(), reader.ReadUInt32(), reader.ReadUInt32(), reader.ReadUInt32());

    /// <summary>What a server acknowledges to these limits of a client: its buffers need not be larger than the client's.</summary>
    public UaTcpLimits AnswerTo(UaTcpLimits client) => this with
    {
        ReceiveBufferBytes = Math.Min(ReceiveBufferBytes, client.SendBufferBytes),
        SendBufferBytes = Math.Min(SendBufferBytes, client.ReceiveBufferBytes),
    };

    /// <summary>
    /// What holds on a connection, seen from this side: received is what we can take, sent is what the peer can. False when
    /// the peer's buffers are below the specification's minimum.
    /// </summary>
    public bool TryAgree(UaTcpLimits peer, out AgreedLimits agreed)
    {
        // A peer that acknowledges more than it was offered is held to the offer.
        agreed = new AgreedLimits(
            (int)Math.Min(Math.Min(SendBufferBytes, peer.ReceiveBufferBytes), int.MaxValue),
            (int)Math.Min(ReceiveBufferBytes, int.MaxValue),
            Capped(peer.MessageBytesMax),
            Capped(peer.ChunkCountMax),
            Capped(MessageBytesMax),
            Capped(ChunkCountMax));
        return peer.ReceiveBufferBytes >= BufferBytesMin && peer.SendBufferBytes >= BufferBytesMin;
    }

    private static int Capped(uint limit) => limit == 0 ? int.MaxValue : (int)Math.Min(limit, int.MaxValue);
}
