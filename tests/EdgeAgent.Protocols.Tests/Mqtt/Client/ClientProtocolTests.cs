using System.Text;
using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Mqtt.Client;
using EdgeAgent.Protocols.Mqtt.Packets;
using EdgeAgent.TestKit;

namespace EdgeAgent.Protocols.Tests.Mqtt.Client;

public sealed class ClientProtocolTests
{
    [Fact]
    public async Task The_window_is_the_lesser_of_ours_and_the_brokers_Receive_Maximum()
    {
        await using var client = new ClientUnderTest();
        ScriptedBroker.Link link = await client.ConnectAsync(new MqttProperties { ReceiveMaximum = 3 });
        Task<MqttPublishResult>[] publishes = [.. Enumerable.Range(0, 10).Select(i => client.Client.PublishAsync("t", new byte[] { (byte)i }).AsTask())];
        var sent = new List<PublishPacket>();
        for (int i = 0; i < 3; i++)
        {
            sent.Add(await link.ReadPublishAsync());
        }
        Assert.Equal((3, 7), (client.Client.Statistics.InFlight, client.Client.Statistics.Waiting));
        for (int i = 0; i < 10; i++)
        {
            await link.SendAck(MqttPacketType.PubAck, sent[i].PacketId);
            Assert.True((await publishes[i]).IsAcknowledged);
            if (sent.Count < 10)
            {
                sent.Add(await link.ReadPublishAsync());
            }
        }
        Assert.Equal(Enumerable.Range(0, 10).Select(i => (byte)i), sent.Select(p => p.Payload.Span[0]));
    }

    [Fact]
    public async Task Refusals_and_limits_of_the_broker_come_back_as_results()
    {
        await using var client = new ClientUnderTest();
        ScriptedBroker.Link link = await client.ConnectAsync(new MqttProperties { PacketSizeBytesMax = 100, MaximumQos = MqttQos.AtLeastOnce, RetainAvailable = false });
        Assert.Equal(MqttPublishStatus.TooLarge, (await client.Client.PublishAsync("t", new byte[200])).Status);
        Assert.Equal(new MqttPublishResult(MqttPublishStatus.Refused, MqttReason.QosNotSupported), await client.Client.PublishAsync("t", default, MqttQos.ExactlyOnce));
        Assert.Equal(new MqttPublishResult(MqttPublishStatus.Refused, MqttReason.RetainNotSupported), await client.Client.PublishAsync("t", default, retain: true));
        Task<MqttPublishResult> refused = client.Client.PublishAsync("t", default).AsTask();
        await link.SendAck(MqttPacketType.PubAck, (await link.ReadPublishAsync()).PacketId, MqttReason.NotAuthorized);
        Assert.Equal(new MqttPublishResult(MqttPublishStatus.Refused, MqttReason.NotAuthorized), await refused);
        await Assert.ThrowsAsync<ArgumentException>(async () => await client.Client.PublishAsync("a/#", default));
    }

    [Fact]
    public async Task A_cancelled_publish_frees_its_caller_and_later_ones_go_on()
    {
        await using var client = new ClientUnderTest(o => o with { InFlightMax = 1 });
        ScriptedBroker.Link link = await client.ConnectAsync();
        using var first = new CancellationTokenSource();
        using var second = new CancellationTokenSource();
        Task<MqttPublishResult> inFlight = client.Client.PublishAsync("1", default, cancellationToken: first.Token).AsTask();
        Task<MqttPublishResult> waiting = client.Client.PublishAsync("2", default, cancellationToken: second.Token).AsTask();
        Task<MqttPublishResult> last = client.Client.PublishAsync("3", default).AsTask();
        await second.CancelAsync();
        await first.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => inFlight);
        await Assert.ThrowsAsync<OperationCanceledException>(() => waiting);
        PublishPacket one = await link.ReadPublishAsync();
        await link.SendAck(MqttPacketType.PubAck, one.PacketId);
        PublishPacket three = await link.ReadPublishAsync();
        Assert.Equal("3", Encoding.UTF8.GetString(three.Topic.Span));
        await link.SendAck(MqttPacketType.PubAck, three.PacketId);
        Assert.True((await last).IsAcknowledged);
        Assert.Equal(0, client.Client.Statistics.InFlight);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [InlineData(true, false)]
    public async Task QoS_2_goes_on_over_a_reconnect_when_the_session_was_kept(bool received, bool sessionPresent)
    {
        await using var client = new ClientUnderTest(o => o with { CleanStart = false });
        ScriptedBroker.Link link = await client.ConnectAsync();
        Task<MqttPublishResult> publish = client.Client.PublishAsync("t", "x"u8.ToArray(), MqttQos.ExactlyOnce).AsTask();
        Task<MqttPublishResult> lost = client.Client.PublishAsync("t", "y"u8.ToArray()).AsTask();
        PublishPacket first = await link.ReadPublishAsync();
        await link.ReadPublishAsync();
        if (received)
        {
            await link.SendAck(MqttPacketType.PubRec, first.PacketId);
            await link.ReadAckAsync(MqttPacketType.PubRel);
        }
        link.Drop();
        Assert.Equal(MqttPublishStatus.ConnectionLost, (await lost).Status);
        link = await client.ReconnectAsync(sessionPresent);
        if (!sessionPresent)
        {
            Assert.Equal(MqttPublishStatus.ConnectionLost, (await publish).Status);
            return;
        }
        if (!received)
        {
            PublishPacket again = await link.ReadPublishAsync();
            Assert.Equal((first.PacketId, true), (again.PacketId, again.Dup));
            await link.SendAck(MqttPacketType.PubRec, first.PacketId);
        }
        Assert.Equal(first.PacketId, (await link.ReadAckAsync(MqttPacketType.PubRel)).PacketId);
        await link.SendAck(MqttPacketType.PubComp, first.PacketId);
        Assert.True((await publish).IsAcknowledged);
    }

    [Fact]
    public async Task The_acknowledgement_goes_out_after_the_handler_and_in_order()
    {
        var gates = new Queue<TaskCompletionSource>([new(), new()]);
        TaskCompletionSource[] all = [.. gates];
        await using var client = new ClientUnderTest(handler: (_, _) => new ValueTask(gates.Dequeue().Task));
        ScriptedBroker.Link link = await client.ConnectAsync();
        await link.SendPublish("t", [1], MqttQos.AtLeastOnce, 11);
        await link.SendPublish("t", [2], MqttQos.AtLeastOnce, 12);
        Task<AckPacket> ack = link.ReadAckAsync(MqttPacketType.PubAck);
        Assert.False(ack.IsCompleted);
        all[0].SetResult();
        Assert.Equal(11, (await ack).PacketId);
        all[1].SetResult();
        Assert.Equal(12, (await link.ReadAckAsync(MqttPacketType.PubAck)).PacketId);
    }

    [Fact]
    public async Task A_QoS_2_message_is_handled_once_even_when_it_comes_again_after_a_reconnect()
    {
        int handled = 0;
        await using var client = new ClientUnderTest(o => o with { CleanStart = false }, (_, _) =>
        {
            Interlocked.Increment(ref handled);
            return default;
        });
        ScriptedBroker.Link link = await client.ConnectAsync();
        await link.SendPublish("t", [1], MqttQos.ExactlyOnce, 5);
        await link.ReadAckAsync(MqttPacketType.PubRec);
        link.Drop();
        link = await client.ReconnectAsync(sessionPresent: true);
        await link.SendPublish("t", [1], MqttQos.ExactlyOnce, 5, dup: true);
        await link.ReadAckAsync(MqttPacketType.PubRec);
        await link.SendAck(MqttPacketType.PubRel, 5);
        Assert.Equal(MqttReason.Success, (await link.ReadAckAsync(MqttPacketType.PubComp)).Reason);
        Assert.Equal(1, handled);
        await link.SendPublish("t", [2], MqttQos.ExactlyOnce, 5);
        await link.ReadAckAsync(MqttPacketType.PubRec);
        Assert.Equal(2, handled);
    }

    [Fact]
    public async Task A_busy_handler_stops_reading_when_the_inbox_is_full()
    {
        var gate = new TaskCompletionSource();
        int handled = 0;
        await using var client = new ClientUnderTest(o => o with { InboxSizeBytesMax = 10_000 }, async (_, _) =>
        {
            await gate.Task;
            Interlocked.Increment(ref handled);
        });
        ScriptedBroker.Link link = await client.ConnectAsync();
        Task sending = Task.Run(async () =>
        {
            for (int i = 0; i < 2000; i++)
            {
                await link.SendPublish("t", new byte[1000], MqttQos.AtMostOnce, 0);
            }
        });
        await Eventually.TrueAsync(() => client.Client.Statistics.MessagesReceived > 5, "the inbox fills");
        // Inbox, receive buffer and pipe hold some; the rest stays with the broker.
        Assert.NotSame(sending, await Task.WhenAny(sending, Task.Delay(200)));
        Assert.InRange(client.Client.Statistics.MessagesReceived, 5, 30);
        gate.SetResult();
        await Eventually.TrueAsync(() => Volatile.Read(ref handled) == 2000, "all are handled");
    }

    [Fact]
    public async Task A_session_taken_over_is_reported_and_the_client_backs_off()
    {
        await using var client = new ClientUnderTest();
        ScriptedBroker.Link link = await client.ConnectAsync();
        await link.Send(t => new DisconnectPacket(MqttPacketType.Disconnect, MqttReason.SessionTakenOver).Write(t, MqttVersion.V5));
        MqttConnectionLoss loss = await client.LossAsync();
        Assert.True(loss.SuspectedTakeover);
        Assert.Contains("\"me\"", loss.Text);
        long start = client.Time.GetTimestamp();
        await client.ReconnectAsync();
        // 500 ms, four steps doubled, half of it fixed, and no random part here.
        Assert.InRange(client.Time.GetElapsedTime(start).TotalSeconds, 4, 5);
    }

    [Fact]
    public async Task Being_thrown_out_without_a_word_again_and_again_is_taken_for_a_second_client()
    {
        await using var client = new ClientUnderTest(o => o with { Version = MqttVersion.V311 });
        ScriptedBroker.Link link = await client.ConnectAsync();
        for (int i = 0; i < 3; i++)
        {
            link.Drop();
            link = await client.ReconnectAsync();
        }
        await Eventually.TrueAsync(() => client.Losses.Count == 3, "three losses");
        Assert.Equal([false, false, true], client.Losses.Select(l => l.SuspectedTakeover));
        Assert.Contains("another client may be using our client id", client.Losses[2].Text);
    }

    [Theory]
    [InlineData("F0 00", "packet type")]
    [InlineData("30 04 0000 00 21", "topic name")]
    [InlineData("40 02 0000", "identifier is zero")]
    [InlineData("10 00", "packet type")]
    [InlineData("30 FFFFFF7F", "larger than the limit")]
    public async Task A_broker_that_breaks_the_rules_is_left_with_a_reason(string hex, string words)
    {
        await using var client = new ClientUnderTest();
        ScriptedBroker.Link link = await client.ConnectAsync();
        await link.Send(t => t.Raw(Hex.Bytes(hex)));
        MqttConnectionLoss loss = await client.LossAsync();
        Assert.Equal(MqttLossCause.ProtocolError, loss.Cause);
        Assert.Equal(MqttPacketType.Disconnect, (await link.ReadAsync()).Type);
        Assert.Contains(words, loss.Text);
    }

    [Fact]
    public async Task Subscriptions_are_renewed_after_a_reconnect_and_refusals_throw()
    {
        await using var client = new ClientUnderTest();
        ScriptedBroker.Link link = await client.ConnectAsync();
        Task subscribing = client.Client.SubscribeAsync([new("a/#"), new("b")]).AsTask();
        SubscribePacket packet = SubscribePacket.Read((await link.ReadAsync()).Body, MqttVersion.V5, MqttDecodeLimits.Default, out _)!;
        await link.Send(t => new SubAckPacket { Type = MqttPacketType.SubAck, PacketId = packet.PacketId, Reasons = [MqttReason.GrantedQos1, MqttReason.NotAuthorized] }.Write(t, MqttVersion.V5));
        MqttSubscribeException refused = await Assert.ThrowsAsync<MqttSubscribeException>(() => subscribing);
        Assert.Contains("\"b\"", refused.Message);
        link.Drop();
        link = await client.ReconnectAsync();
        packet = SubscribePacket.Read((await link.ReadAsync()).Body, MqttVersion.V5, MqttDecodeLimits.Default, out _)!;
        Assert.Equal(["a/#"], packet.Subscriptions.Select(s => s.Filter));
    }

    [Fact]
    public async Task Disconnecting_says_goodbye()
    {
        await using var client = new ClientUnderTest();
        ScriptedBroker.Link link = await client.ConnectAsync();
        await client.Client.DisconnectAsync().AsTask().WaitAsync(ScriptedBroker.Limits.Hang);
        (MqttPacketType type, _, byte[] body) = await link.ReadAsync();
        Assert.Equal((MqttPacketType.Disconnect, 0), (type, body.Length));
        Assert.Equal(MqttPublishStatus.ConnectionLost, (await client.Client.PublishAsync("t", default)).Status);
    }
}
