using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Channels;
using EdgeAgent.Protocols.OpcUa.Security;
using EdgeAgent.Protocols.OpcUa.Transport;

namespace EdgeAgent.Protocols.Tests.OpcUa.Channels;

public sealed class SecureChannelTests
{
    public static TheoryData<string, MessageSecurityMode> Ways
    {
        get
        {
            var ways = new TheoryData<string, MessageSecurityMode> { { SecurityPolicy.None.Uri, MessageSecurityMode.None } };
            foreach (SecurityPolicy policy in SecurityPolicy.All.Where(policy => !policy.IsNone))
            {
                ways.Add(policy.Uri, MessageSecurityMode.Sign);
                ways.Add(policy.Uri, MessageSecurityMode.SignAndEncrypt);
            }
            return ways;
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Messages_of_every_size_pass_in_both_directions(string uri, MessageSecurityMode mode)
    {
        using ChannelPair pair = Pair(uri, mode).Opened();
        Assert.Equal(ChannelPair.ChannelId, pair.Client.ChannelId);
        int[] sizes = [0, 1, .. Enumerable.Range(8100, 80), 50_000];
        foreach (int size in sizes)
        {
            byte[] message = Enumerable.Range(0, size).Select(i => (byte)(i * 7)).ToArray();
            ChannelPair.Pass(pair.Client, pair.Server, message);
            ChannelPair.Pass(pair.Server, pair.Client, message);
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Chunks_fill_the_agreed_buffer_and_hide_what_must_be_hidden(string uri, MessageSecurityMode mode)
    {
        using ChannelPair pair = Pair(uri, mode).Opened();
        byte[] chunks = ChannelPair.Write(pair.Client, new byte[20_000]);
        Assert.Equal(FrameStatus.Complete, UaTcpFrame.Read(chunks, 8192, out UaTcpFrame first));
        Assert.InRange(first.SizeBytes, 8192 - SecurityPolicy.BlockBytes, 8192);
        Assert.Equal(ChunkKind.Intermediate, first.Chunk);
        bool isClear = chunks.AsSpan(100, 64).IndexOfAnyExcept((byte)0) < 0;
        Assert.Equal(mode != MessageSecurityMode.SignAndEncrypt, isClear);
    }

    [Theory]
    [InlineData(3072, 2048)]
    [InlineData(2048, 3072)]
    [InlineData(4096, 4096)]
    public void Keys_of_other_lengths_pad_with_two_bytes(int clientKeyBits, int serverKeyBits)
    {
        foreach (SecurityPolicy policy in SecurityPolicy.All.Where(policy => !policy.IsNone))
        {
            using var pair = new ChannelPair(policy, MessageSecurityMode.SignAndEncrypt, clientKeyBits, serverKeyBits);
            pair.Opened();
            ChannelPair.Pass(pair.Client, pair.Server, [1, 2, 3]);
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Tokens_overlap_when_they_are_renewed(string uri, MessageSecurityMode mode)
    {
        using ChannelPair pair = Pair(uri, mode).Opened();
        Assert.False(pair.Client.IsRenewalDue);
        pair.Time.Advance(ChannelPair.Lifetime * 0.75);
        Assert.True(pair.Client.IsRenewalDue);

        byte[] sentBefore = ChannelPair.Write(pair.Client, [1]);
        byte[] request = pair.Request();
        Assert.Equal(ChannelFault.None, ChannelPair.Read(pair.Server, sentBefore, out _));
        byte[] answer = pair.Answer(request);
        // The server has the new token but may not send with it before the client has.
        byte[] sentByServer = ChannelPair.Write(pair.Server, [2]);
        Assert.Equal(1u, TokenOf(sentByServer));
        Assert.Equal(ChannelFault.None, pair.Handshake.ReadResponse(answer));
        Assert.Equal(2u, pair.Client.TokenId);
        Assert.False(pair.Client.IsRenewalDue);
        Assert.Equal(ChannelFault.None, ChannelPair.Read(pair.Client, sentByServer, out _));
        byte[] late = ChannelPair.Write(pair.Server, [3]);
        Assert.Equal(ChannelFault.None, ChannelPair.Read(pair.Client, late, out _));

        ChannelPair.Pass(pair.Client, pair.Server, [4]);
        byte[] renewed = ChannelPair.Write(pair.Server, [5]);
        Assert.Equal(2u, TokenOf(renewed));
        Assert.Equal(ChannelFault.None, ChannelPair.Read(pair.Client, renewed, out _));
    }

    [Fact]
    public void A_server_may_answer_under_the_old_token_after_it_has_used_the_new_one_until_that_expires()
    {
        using ChannelPair pair = Pair(SecurityPolicy.None.Uri, MessageSecurityMode.None).Opened();
        pair.Time.Advance(ChannelPair.Lifetime * 0.75);
        byte[] answer = pair.Answer(pair.Request());
        Assert.Equal(ChannelFault.None, pair.Handshake.ReadResponse(answer));
        ChannelPair.Pass(pair.Client, pair.Server, [1]);
        ChannelPair.Pass(pair.Server, pair.Client, [2]);

        // A Publish request of before: some servers keep the token that it came under.
        byte[] old = ChannelPair.Write(pair.Server, [3]);
        old[12] = 1;
        Assert.Equal(ChannelFault.None, ChannelPair.Read(pair.Client, old, out _));
        pair.Time.Advance((ChannelPair.Lifetime * 0.5) + TimeSpan.FromSeconds(1));
        byte[] expired = ChannelPair.Write(pair.Server, [4]);
        expired[12] = 1;
        Assert.Equal(ChannelFault.TokenExpired, ChannelPair.Read(pair.Client, expired, out _));
    }

    [Fact]
    public void An_expired_token_is_accepted_a_quarter_longer_and_no_longer()
    {
        using ChannelPair pair = Pair(SecurityPolicy.Basic256Sha256.Uri, MessageSecurityMode.SignAndEncrypt).Opened();
        pair.Time.Advance(ChannelPair.Lifetime * 1.25);
        ChannelPair.Pass(pair.Server, pair.Client, [1]);
        pair.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(ChannelFault.TokenExpired, ChannelPair.Read(pair.Client, ChannelPair.Write(pair.Server, [1]), out _));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_repeated_or_missing_chunk_is_noticed(string uri, MessageSecurityMode mode)
    {
        using ChannelPair pair = Pair(uri, mode).Opened();
        byte[] first = ChannelPair.Write(pair.Server, [1]);
        Assert.Equal(ChannelFault.None, ChannelPair.Read(pair.Client, [.. first], out _));
        Assert.Equal(ChannelFault.SequenceNumberInvalid, ChannelPair.Read(pair.Client, [.. first], out _));
        ChannelPair.Write(pair.Server, [2]);
        Assert.Equal(ChannelFault.SequenceNumberInvalid, ChannelPair.Read(pair.Client, ChannelPair.Write(pair.Server, [3]), out _));
    }

    [Theory]
    [InlineData(MessageSecurityMode.Sign)]
    [InlineData(MessageSecurityMode.SignAndEncrypt)]
    public void One_changed_bit_is_always_noticed(MessageSecurityMode mode)
    {
        using ChannelPair pair = Pair(SecurityPolicy.Aes256Sha256RsaPss.Uri, mode).Opened();
        byte[] chunk = ChannelPair.Write(pair.Server, [1, 2, 3, 4, 5]);
        UaTcpFrame.Read(chunk, 8192, out UaTcpFrame frame);
        for (int bit = 0; bit < chunk.Length * 8; bit++)
        {
            byte[] changed = [.. chunk];
            changed[bit / 8] ^= (byte)(1 << bit % 8);
            Assert.NotEqual(ChannelFault.None, pair.Client.Read(frame, changed, out _));
        }
        Assert.Equal(ChannelFault.None, pair.Client.Read(frame, chunk, out _));
    }

    [Fact]
    public void A_chunk_cut_anywhere_is_refused()
    {
        using ChannelPair pair = Pair(SecurityPolicy.Aes128Sha256RsaOaep.Uri, MessageSecurityMode.SignAndEncrypt).Opened();
        byte[] chunk = ChannelPair.Write(pair.Server, new byte[100]);
        UaTcpFrame.Read(chunk, 8192, out UaTcpFrame frame);
        for (int cut = UaTcpFrame.HeaderBytes; cut < chunk.Length; cut++)
        {
            Assert.NotEqual(ChannelFault.None, pair.Client.Read(frame, chunk[..cut], out _));
        }
    }

    [Fact]
    public void What_the_peer_does_not_take_is_not_sent()
    {
        using ChannelPair pair = Pair(SecurityPolicy.None.Uri, MessageSecurityMode.None).Opened();
        var target = new UaBuffer();
        Assert.Equal(ChannelFault.MessageTooLarge, pair.Client.Write(target, UaTcpMessageType.Message, 1, new byte[100_001]));
        Assert.Equal(0, target.Length);
        ChannelPair.Pass(pair.Client, pair.Server, new byte[100_000]);
    }

    [Fact]
    public void An_abort_reaches_the_one_who_waits()
    {
        using ChannelPair pair = Pair(SecurityPolicy.Basic256Sha256.Uri, MessageSecurityMode.SignAndEncrypt).Opened();
        var target = new UaBuffer();
        pair.Server.WriteAbort(target, 9, new ErrorMessage(StatusCodes.BadResponseTooLarge, "too many values"));
        Assert.Equal(ChannelFault.None, ChannelPair.Read(pair.Client, target.Written.ToArray(), out AssemblyStatus status));
        Assert.Equal(AssemblyStatus.Aborted, status);
        Assert.Equal("too many values", pair.Client.Incoming.Abort.Reason);
    }

    private static ChannelPair Pair(string uri, MessageSecurityMode mode)
    {
        Assert.True(SecurityPolicy.TryFind(uri, out SecurityPolicy policy));
        return new ChannelPair(policy, mode);
    }

    private static uint TokenOf(byte[] chunk) => SymmetricChunk.TryReadHead(chunk, out _, out uint token) ? token : 0;
}
