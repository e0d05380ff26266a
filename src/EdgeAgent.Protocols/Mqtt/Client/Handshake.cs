using System.Text;
using EdgeAgent.Protocols.Mqtt.Packets;

namespace EdgeAgent.Protocols.Mqtt.Client;

/// <summary>From an address to a CONNACK, within one deadline.</summary>
internal sealed class Handshake(MqttClientOptions options, string clientId, IMqttTransport transport, TimeProvider time)
{
    private string _stage = "";

    /// <summary>What a successful handshake leaves: the stream, the bytes read behind CONNACK, and the answer.</summary>
    internal sealed record Opened(Stream Stream, ReceiveBuffer Buffer, ConnAckPacket Answer);

    /// <summary>Connects, or throws <see cref="MqttConnectException"/> that tells which step failed and how.</summary>
    public async Task<Opened> ConnectAsync(MqttBrokerAddress broker, CancellationToken stopping)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMilliseconds(options.ConnectTimeoutMs), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, deadline.Token);
        Stream? stream = null;
        try
        {
            _stage = broker.UseTls ? "connecting (TCP and TLS)" : "connecting (TCP)";
            stream = await transport.ConnectAsync(broker, either.Token).ConfigureAwait(false);
            _stage = "waiting for CONNACK";
            Opened opened = await GreetAsync(broker, stream, either.Token).ConfigureAwait(false);
            stream = null;
            return opened;
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !stopping.IsCancellationRequested)
        {
            throw new MqttConnectException($"{broker}: no answer within {options.ConnectTimeoutMs} ms while {_stage}; "
                + "check the address and port, firewalls, and whether the broker is alive");
        }
        catch (Exception failure) when (failure is not (MqttConnectException or OperationCanceledException))
        {
            string hint = stream != null && !broker.UseTls ? "; the broker may expect TLS on this port" : "";
            throw new MqttConnectException($"{broker}: {_stage} failed: {failure.Message}{hint}", inner: failure);
        }
        finally
        {
            if (stream != null)
            {
                await stream.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private async Task<Opened> GreetAsync(MqttBrokerAddress broker, Stream stream, CancellationToken cancellationToken)
    {
        var request = new PacketBuffer();
        Request().Write(request);
        await stream.WriteAsync(request.Written, cancellationToken).ConfigureAwait(false);
        var buffer = new ReceiveBuffer();
        while (true)
        {
            bool header = PacketFrame.TryRead(buffer.UnreadSpan, options.Version, options.PacketSizeBytesMax, out PacketFrame frame, out MqttFault fault);
            if (fault != MqttFault.None || header && frame.Type != MqttPacketType.ConnAck)
            {
                throw new MqttConnectException($"{broker}: what answers there does not speak MQTT as it should: "
                    + (header ? $"{frame.Type} came instead of CONNACK" : fault.Describe()));
            }
            if (header && frame.Size <= buffer.UnreadSpan.Length)
            {
                return new Opened(stream, buffer, Judge(broker, frame, buffer));
            }
            int count = await stream.ReadAsync(buffer.Room(), cancellationToken).ConfigureAwait(false);
            if (count == 0)
            {
                throw new MqttConnectException($"{broker}: the broker closed the connection instead of answering CONNECT; "
                    + "it may not speak this protocol version, or expect TLS on this port");
            }
            buffer.Received(count);
        }
    }

    private ConnAckPacket Judge(MqttBrokerAddress broker, PacketFrame frame, ReceiveBuffer buffer)
    {
        ReadOnlyMemory<byte> body = buffer.Unread.Slice(frame.HeaderSize, frame.BodySize);
        var limits = new MqttDecodeLimits(options.PacketSizeBytesMax, 1024);
        ConnAckPacket answer = ConnAckPacket.Read(body, options.Version, limits, out MqttFault fault)
            ?? throw new MqttConnectException($"{broker}: the broker's CONNACK is malformed: {fault.Describe()}");
        if (answer.Reason != MqttReason.Success)
        {
            throw new MqttConnectException(LossText.Refused(broker, answer), answer.Reason);
        }
        if (answer.SessionPresent && options.CleanStart)
        {
            throw new MqttConnectException($"{broker}: the broker resumed a session although a clean start was asked for", MqttReason.ProtocolError);
        }
        buffer.Consume(frame.Size);
        return answer;
    }

    private ConnectPacket Request()
    {
        bool v5 = options.Version == MqttVersion.V5;
        MqttWill? last = options.WillSource?.Invoke() ?? options.Will;
        return new ConnectPacket
        {
            Version = options.Version,
            ClientId = clientId,
            CleanStart = options.CleanStart,
            KeepAliveSeconds = options.KeepAliveSeconds,
            User = options.User,
            Password = options.Password is { } password ? Encoding.UTF8.GetBytes(password) : default(ReadOnlyMemory<byte>?),
            Will = last,
            WillProperties = v5 && last is { DelaySeconds: > 0 } will ? new MqttProperties { WillDelaySeconds = will.DelaySeconds } : null,
            Properties = !v5 ? null : new MqttProperties
            {
                SessionExpirySeconds = options.CleanStart ? null : options.SessionExpirySeconds,
                ReceiveMaximum = options.ReceiveMaximum,
                PacketSizeBytesMax = (uint)options.PacketSizeBytesMax,
            },
        };
    }
}
