using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Channels;
using EdgeAgent.Protocols.OpcUa.Services;
using EdgeAgent.Protocols.OpcUa.Transport;

namespace EdgeAgent.Protocols.OpcUa.Client;

/// <summary>From an address to an open channel: TCP, Hello and Acknowledge, OpenSecureChannel (OPC 10000-6 §7.1.3).</summary>
internal sealed class ChannelOpening(ChannelTerms terms, IUaLinkSource links, ConnectionTiming timing, TimeProvider time)
{
    private readonly UaReceiveBuffer _buffer = new();
    private string _stage = "connecting (TCP)";

    /// <exception cref="OpcUaConnectException">A step failed.</exception>
    /// <exception cref="OperationCanceledException">The time for it is over, or nobody wants it any more; <see cref="Stage"/> says where it was.</exception>
    public async Task<OpenedChannel> OpenAsync(CancellationToken cancellation)
    {
        UaLink? link = null;
        SecureChannel? channel = null;
        try
        {
            link = await links.ConnectAsync(terms.Address, cancellation).ConfigureAwait(false);
            // A receive cannot be cancelled by itself.
            using CancellationTokenRegistration closing = cancellation.UnsafeRegister(static state => ((UaLink)state!).Close(), link);
            AgreedLimits limits = await GreetAsync(link).ConfigureAwait(false);
            channel = new SecureChannel(ChannelSide.Client, terms.Policy, terms.Mode, terms.Own, terms.Server, limits, time);
            var handshake = new ClientHandshake(channel);
            await HandshakeAsync(link, handshake, limits).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            var opened = new OpenedChannel(link, _buffer, channel, handshake, limits, LastRequestId: 1);
            (link, channel) = (null, null);
            return opened;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            throw failure as OpcUaConnectException ?? Failed(StatusCodes.BadCommunicationError, failure.Message, "check the address, firewalls and whether the server runs", failure);
        }
        finally
        {
            channel?.Dispose();
            link?.Close();
        }
    }

    /// <summary>What was being done.</summary>
    public string Stage => _stage;

    private async Task<AgreedLimits> GreetAsync(UaLink link)
    {
        _stage = "waiting for Acknowledge";
        var hello = new UaBuffer(256);
        new HelloMessage(UaTcpLimits.Default, terms.Address.Url).Write(hello);
        await SendAsync(link, hello).ConfigureAwait(false);
        int size = await ReceiveAsync(link, UaTcpMessageType.Acknowledge, (int)UaTcpLimits.BufferBytesMin).ConfigureAwait(false);
        if (!AcknowledgeMessage.TryRead(_buffer.Take(size), out AcknowledgeMessage acknowledge) || !UaTcpLimits.Default.TryAgree(acknowledge.Limits, out AgreedLimits limits))
        {
            throw Failed(StatusCodes.BadTcpInternalError, "its Acknowledge is malformed or offers buffers below 8192 bytes", "what listens there does not speak OPC UA as it should");
        }
        return limits;
    }

    private async Task HandshakeAsync(UaLink link, ClientHandshake handshake, AgreedLimits limits)
    {
        _stage = $"opening a channel ({terms.Policy}, {terms.Mode})";
        var request = new UaBuffer();
        handshake.WriteRequest(request, 1, new RequestHeader(default, time.GetUtcNow().UtcDateTime, 1, (uint)timing.Request.TotalMilliseconds), timing.ChannelLifetime);
        await SendAsync(link, request).ConfigureAwait(false);
        int size = await ReceiveAsync(link, UaTcpMessageType.OpenSecureChannel, limits.ReceiveChunkBytesMax).ConfigureAwait(false);
        ChannelFault fault = handshake.ReadResponse(_buffer.Take(size));
        if (fault == ChannelFault.OpenRefused)
        {
            throw Failed(handshake.Refusal, $"the server refused: {handshake.Refusal}", ConnectAdvice.For(handshake.Refusal));
        }
        if (fault != ChannelFault.None)
        {
            throw Failed(fault.ToStatus(), $"the server's answer was refused: {fault}", ConnectAdvice.For(fault.ToStatus()));
        }
    }

    private static async Task SendAsync(UaLink link, UaBuffer bytes)
    {
        for (ReadOnlyMemory<byte> rest = bytes.Written; rest.Length > 0;)
        {
            rest = rest[await link.SendAsync(rest).ConfigureAwait(false)..];
        }
    }

    /// <summary>The size of the next message, which lies in the buffer and has the expected type.</summary>
    private async Task<int> ReceiveAsync(UaLink link, UaTcpMessageType expected, int sizeBytesMax)
    {
        while (true)
        {
            FrameStatus status = UaTcpFrame.Read(_buffer.Unread, sizeBytesMax, out UaTcpFrame frame);
            if (status == FrameStatus.Complete)
            {
                Check(frame, expected);
                return frame.SizeBytes;
            }
            if (status != FrameStatus.Incomplete)
            {
                throw Failed(StatusCodes.BadTcpMessageTypeInvalid, "the answer is no OPC UA message", "another program may listen on this port");
            }
            int count = await link.ReceiveAsync(_buffer.Room(frame.SizeBytes)).ConfigureAwait(false);
            if (count == 0)
            {
                throw Failed(StatusCodes.BadConnectionClosed, "the server closed the connection without a reason",
                    terms.Policy.IsNone ? "another program may listen on this port" : "many servers do so with a client whose certificate they do not trust yet: look into the server's list of rejected certificates");
            }
            _buffer.Received(count);
        }
    }

    private void Check(UaTcpFrame frame, UaTcpMessageType expected)
    {
        if (frame.Type == UaTcpMessageType.Error && ErrorMessage.TryRead(_buffer.Unread[..frame.SizeBytes], out ErrorMessage error))
        {
            throw Failed(error.Error, $"the server refused: {error.Error} {error.Reason}".TrimEnd(), ConnectAdvice.For(error.Error));
        }
        if (frame.Type != expected)
        {
            throw Failed(StatusCodes.BadTcpMessageTypeInvalid, $"{frame.Type} came instead of {expected}", "what listens there does not speak OPC UA as it should");
        }
    }

    private OpcUaConnectException Failed(StatusCode status, string what, string advice, Exception? inner = null) =>
        new($"{terms.Address}: {_stage} failed: {what}; {advice}", status, inner);
}
