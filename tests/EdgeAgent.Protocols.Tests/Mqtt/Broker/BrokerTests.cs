using System.IO.Pipelines;
using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Mqtt.Broker;
using EdgeAgent.Protocols.Mqtt.Packets;
using EdgeAgent.TestKit;

namespace EdgeAgent.Protocols.Tests.Mqtt.Broker;

public sealed class BrokerTests
{
    private static readonly MqttProperties Kept = new() { SessionExpirySeconds = 600 };

    [Fact]
    public async Task A_client_away_loses_only_what_exceeds_its_queue_and_that_is_counted()
    {
        await using var broker = new BrokerUnderTest(new MqttBrokerOptions { QueueMessagesMax = 3 });
        RawClient sleeper = broker.Open();
        await sleeper.ConnectAsync("sleeper", false, Kept);
        await sleeper.SubscribeAsync(new MqttSubscription("t"));
        await sleeper.DropAsync();
        RawClient publisher = broker.Open();
        await publisher.ConnectAsync("publisher");
        for (int i = 1; i <= 5; i++)
        {
            await publisher.PublishAsync("t", $"{i}", id: (ushort)i);
            await publisher.ReadAckAsync(MqttPacketType.PubAck);
        }
        Assert.Equal(2, broker.Broker.Statistics.MessagesDroppedFull);
        RawClient back = broker.Open();
        Assert.True((await back.ConnectAsync("sleeper", false, Kept)).SessionPresent);
        Assert.Equal(["3", "4", "5"], [await back.ReadPayloadAsync(), await back.ReadPayloadAsync(), await back.ReadPayloadAsync()]);
    }

    [Fact]
    public async Task A_slow_subscriber_holds_its_publishers_back_and_loses_nothing()
    {
        await using var broker = new BrokerUnderTest(new MqttBrokerOptions { QueueMessagesMax = 20, InFlightMax = 5 });
        RawClient slow = broker.Open();
        await slow.ConnectAsync("slow");
        await slow.SubscribeAsync(new MqttSubscription("t"));
        RawClient publisher = broker.Open();
        await publisher.ConnectAsync("publisher");
        int acknowledged = 0;
        Task acks = Task.Run(async () =>
        {
            for (; acknowledged < 60; acknowledged++)
            {
                await publisher.ReadAckAsync(MqttPacketType.PubAck);
            }
        });
        for (int i = 1; i <= 60; i++)
        {
            await publisher.PublishAsync("t", $"{i}", id: (ushort)i);
        }
        await Eventually.TrueAsync(() => broker.Broker.Statistics.PublishersHeldBack > 40, "publishers are held back");
        Assert.InRange(Volatile.Read(ref acknowledged), 0, 20);
        for (int i = 1; i <= 60; i++)
        {
            Assert.Equal($"{i}", await slow.ReadPayloadAsync());
        }
        await acks.WaitAsync(TimeSpan.FromSeconds(60));
        MqttBrokerStatistics statistics = broker.Broker.Statistics;
        Assert.Equal((0, 0, 0), (statistics.MessagesDroppedFull, statistics.MessagesDroppedQos0, statistics.QueuedMessages));
    }

    [Fact]
    public async Task Publishers_are_let_go_when_the_slow_subscriber_dies()
    {
        await using var broker = new BrokerUnderTest(new MqttBrokerOptions { QueueMessagesMax = 4, InFlightMax = 1 });
        RawClient slow = broker.Open();
        await slow.ConnectAsync("slow", keepAliveSeconds: 10);
        await slow.SubscribeAsync(new MqttSubscription("t"));
        RawClient publisher = broker.Open();
        await publisher.ConnectAsync("publisher");
        for (int i = 1; i <= 10; i++)
        {
            await publisher.PublishAsync("t", $"{i}", id: (ushort)i);
        }
        await publisher.SendAsync(PingPacket.WriteRequest);
        while ((await publisher.ReadAsync()).Type != MqttPacketType.PingResp)
        {
        }
        Assert.True(broker.Broker.Statistics.PublishersHeldBack > 5);
        broker.Time.Advance(TimeSpan.FromSeconds(16));
        for (long held = broker.Broker.Statistics.PublishersHeldBack; held > 0; held--)
        {
            await publisher.ReadAckAsync(MqttPacketType.PubAck);
        }
    }

    [Fact]
    public async Task QoS_2_passes_once_although_the_publisher_repeats_itself()
    {
        await using var broker = new BrokerUnderTest();
        RawClient subscriber = broker.Open();
        await subscriber.ConnectAsync("s");
        await subscriber.SubscribeAsync(new MqttSubscription("t", MqttQos.ExactlyOnce));
        RawClient publisher = broker.Open();
        await publisher.ConnectAsync("p");
        await publisher.PublishAsync("t", "x", MqttQos.ExactlyOnce, 7);
        await publisher.ReadAckAsync(MqttPacketType.PubRec);
        await publisher.PublishAsync("t", "x", MqttQos.ExactlyOnce, 7);
        await publisher.ReadAckAsync(MqttPacketType.PubRec);
        await publisher.AckAsync(MqttPacketType.PubRel, 7);
        Assert.Equal(MqttReason.Success, (await publisher.ReadAckAsync(MqttPacketType.PubComp)).Reason);
        await publisher.AckAsync(MqttPacketType.PubRel, 7);
        Assert.Equal(MqttReason.PacketIdentifierNotFound, (await publisher.ReadAckAsync(MqttPacketType.PubComp)).Reason);

        PublishPacket got = await subscriber.ReadPublishAsync();
        await subscriber.AckAsync(MqttPacketType.PubRec, got.PacketId);
        await subscriber.ReadAckAsync(MqttPacketType.PubRel);
        await subscriber.AckAsync(MqttPacketType.PubComp, got.PacketId);
        await subscriber.PingAsync();
    }

    [Fact]
    public async Task What_was_on_its_way_comes_again_after_a_reconnect()
    {
        await using var broker = new BrokerUnderTest();
        RawClient first = broker.Open();
        await first.ConnectAsync("s", false, Kept);
        await first.SubscribeAsync(new MqttSubscription("t", MqttQos.ExactlyOnce));
        RawClient publisher = broker.Open();
        await publisher.ConnectAsync("p");
        await publisher.PublishAsync("t", "one", MqttQos.AtLeastOnce, 1);
        await publisher.PublishAsync("t", "two", MqttQos.ExactlyOnce, 2);
        PublishPacket one = await first.ReadPublishAsync();
        PublishPacket two = await first.ReadPublishAsync();
        await first.AckAsync(MqttPacketType.PubRec, two.PacketId);
        await first.ReadAckAsync(MqttPacketType.PubRel);
        await first.DropAsync();
        RawClient again = broker.Open();
        await again.ConnectAsync("s", false, Kept);
        PublishPacket repeated = await again.ReadPublishAsync();
        Assert.Equal((one.PacketId, true), (repeated.PacketId, repeated.Dup));
        Assert.Equal(two.PacketId, (await again.ReadAckAsync(MqttPacketType.PubRel)).PacketId);
    }

    [Fact]
    public async Task A_delayed_will_waits_and_is_void_when_the_client_comes_back()
    {
        await using var broker = new BrokerUnderTest();
        RawClient watcher = broker.Open();
        await watcher.ConnectAsync("w");
        await watcher.SubscribeAsync(new MqttSubscription("state/#"));
        var will = new MqttWill("state/a", "gone"u8.ToArray(), DelaySeconds: 30);
        RawClient first = broker.Open();
        await first.ConnectAsync("a", false, Kept, will);
        await first.DropAsync();
        broker.Time.Advance(TimeSpan.FromSeconds(20));
        RawClient second = broker.Open();
        await second.ConnectAsync("a", false, Kept, will);
        broker.Time.Advance(TimeSpan.FromSeconds(60));
        await watcher.PingAsync();
        await second.DropAsync();
        broker.Time.Advance(TimeSpan.FromSeconds(29));
        await watcher.PingAsync();
        broker.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("gone", await watcher.ReadPayloadAsync());
    }

    [Fact]
    public async Task A_session_ends_after_its_expiry_and_a_silent_client_after_its_keep_alive()
    {
        await using var broker = new BrokerUnderTest();
        RawClient client = broker.Open();
        await client.ConnectAsync("c", false, new MqttProperties { SessionExpirySeconds = 60 }, keepAliveSeconds: 10);
        broker.Time.Advance(TimeSpan.FromSeconds(14));
        await client.PingAsync();
        broker.Time.Advance(TimeSpan.FromSeconds(16));
        Assert.Equal(MqttReason.KeepAliveTimeout, await client.ReadDisconnectAsync());
        await client.Served.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(1, broker.Broker.Statistics.Sessions);
        broker.Time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(0, broker.Broker.Statistics.Sessions);
    }

    [Fact]
    public async Task A_connection_that_takes_nothing_is_given_up_although_another_took_its_session_over()
    {
        await using var b = new BrokerUnderTest();
        RawClient stuck = b.Open();
        await stuck.ConnectAsync("a");
        await stuck.SubscribeAsync(new MqttSubscription("t"));
        RawClient publisher = b.Open();
        await publisher.ConnectAsync("b");
        for (int i = 0; i < 5; i++)
        {
            await publisher.PublishAsync("t", new string('x', 100_000), MqttQos.AtMostOnce);
        }
        await publisher.PingAsync();

        RawClient next = b.Open();
        await next.ConnectAsync("a");
        Assert.False(stuck.Served.IsCompleted);
        b.Time.Advance(TimeSpan.FromSeconds(3));
        await stuck.Served.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(2, b.Broker.Statistics.Connections);
    }

    [Fact]
    public async Task A_transport_that_fails_while_it_is_closed_leaves_no_session_behind()
    {
        await using var broker = new MqttBroker(new MqttBrokerOptions(), new MqttUserList([], allowAnonymous: true), new FakeTimeProvider());
        var toBroker = new Pipe();
        var toClient = new Pipe();
        Task served = broker.AcceptConnectionAsync(new FailingPipe(toBroker.Reader, new FailingWriter(toClient.Writer)), new MqttPeer("test"));
        var client = new RawClient(toClient.Reader, toBroker.Writer, MqttVersion.V5);
        await client.ConnectAsync("a");
        Assert.Equal(1, broker.Statistics.Sessions);

        client.Drop();
        await served.WaitAsync(TimeSpan.FromSeconds(60)).ContinueWith(_ => { }, TaskScheduler.Default);
        Assert.True(served.IsCompleted);
        Assert.Equal(0, broker.Statistics.Sessions);
    }

    [Fact]
    public async Task A_filter_of_very_many_levels_is_refused()
    {
        await using var b = new BrokerUnderTest();
        RawClient client = b.Open();
        await client.ConnectAsync("a");
        string deep = string.Join('/', Enumerable.Repeat("+", MqttTopic.LevelsMax));
        Assert.Equal(
            [MqttReason.Success, MqttReason.TopicFilterInvalid],
            await client.SubscribeAsync(new MqttSubscription(deep, MqttQos.AtMostOnce), new MqttSubscription(deep + "/+", MqttQos.AtMostOnce)));
        await client.PublishAsync(deep.Replace('+', 'x'), "found", MqttQos.AtMostOnce);
        Assert.Equal("found", await client.ReadPayloadAsync());
    }

    [Fact]
    public async Task Who_asks_for_retained_messages_again_and_again_and_takes_none_is_sent_away()
    {
        await using var b = new BrokerUnderTest(new MqttBrokerOptions { RetainedMessagesMax = 50, QueueMessagesMax = 20, InFlightMax = 1 });
        RawClient publisher = b.Open();
        await publisher.ConnectAsync("p");
        for (int i = 0; i < 50; i++)
        {
            await publisher.PublishAsync($"r/{i}", "x", id: (ushort)(i + 1), retain: true);
            await publisher.ReadAckAsync(MqttPacketType.PubAck);
        }
        RawClient greedy = b.Open();
        await greedy.ConnectAsync("g");
        for (int i = 0; i < 10; i++)
        {
            await greedy.SendAsync(t => new SubscribePacket { PacketId = 1, Subscriptions = [new MqttSubscription("#", MqttQos.AtLeastOnce)] }.Write(t, MqttVersion.V5));
        }

        MqttReason? told = null;
        while (told is null)
        {
            (MqttPacketType type, _, byte[] body) = await greedy.ReadAsync();
            told = type == MqttPacketType.Disconnect ? DisconnectPacket.Read(type, body, MqttVersion.V5, MqttDecodeLimits.Default, out _)!.Reason : null;
        }
        Assert.Equal(MqttReason.QuotaExceeded, told);
    }

    [Fact]
    public async Task A_second_connection_takes_the_session_over()
    {
        await using var broker = new BrokerUnderTest();
        RawClient first = broker.Open();
        await first.ConnectAsync("twin", false, Kept);
        await first.SubscribeAsync(new MqttSubscription("t"));
        RawClient second = broker.Open();
        Assert.True((await second.ConnectAsync("twin", false, Kept)).SessionPresent);
        Assert.Equal(MqttReason.SessionTakenOver, await first.ReadDisconnectAsync());
        await second.PublishAsync("t", "x");
        Assert.Equal("x", await second.ReadPayloadAsync());
    }

    [Fact]
    public async Task Shared_messages_of_a_dead_member_go_to_those_alive()
    {
        await using var broker = new BrokerUnderTest(new MqttBrokerOptions { InFlightMax = 2 });
        RawClient dead = broker.Open();
        await dead.ConnectAsync("dead", false, Kept);
        await dead.SubscribeAsync(new MqttSubscription("$share/g/t"));
        RawClient publisher = broker.Open();
        await publisher.ConnectAsync("p");
        for (int i = 1; i <= 6; i++)
        {
            await publisher.PublishAsync("t", $"{i}", id: (ushort)i);
            await publisher.ReadAckAsync(MqttPacketType.PubAck);
        }
        await dead.ReadPublishAsync();
        await dead.DropAsync();
        RawClient alive = broker.Open();
        await alive.ConnectAsync("alive");
        await alive.SubscribeAsync(new MqttSubscription("$share/g/t"));
        var got = new List<string>();
        for (int i = 0; i < 6; i++)
        {
            got.Add(await alive.ReadPayloadAsync());
        }
        Assert.Equal(["1", "2", "3", "4", "5", "6"], got);
    }

    [Fact]
    public async Task Message_expiry_counts_down_and_drops()
    {
        await using var broker = new BrokerUnderTest();
        RawClient sleeper = broker.Open();
        await sleeper.ConnectAsync("s", false, Kept);
        await sleeper.SubscribeAsync(new MqttSubscription("t"));
        await sleeper.DropAsync();
        RawClient publisher = broker.Open();
        await publisher.ConnectAsync("p");
        await publisher.PublishAsync("t", "short", id: 1, properties: new MqttProperties { MessageExpirySeconds = 5 });
        await publisher.PublishAsync("t", "long", id: 2, properties: new MqttProperties { MessageExpirySeconds = 50 });
        await publisher.ReadAckAsync(MqttPacketType.PubAck);
        await publisher.ReadAckAsync(MqttPacketType.PubAck);
        broker.Time.Advance(TimeSpan.FromSeconds(10));
        RawClient back = broker.Open();
        await back.ConnectAsync("s", false, Kept);
        PublishPacket packet = await back.ReadPublishAsync();
        MqttProperties properties = MqttProperties.Parse(packet.Properties, MqttPacketType.Publish, MqttDecodeLimits.Default, out _)!;
        Assert.Equal(40u, properties.MessageExpirySeconds);
        Assert.Equal(1, broker.Broker.Statistics.MessagesDroppedExpired);
    }

    [Fact]
    public async Task Limits_hold()
    {
        await using var broker = new BrokerUnderTest(new MqttBrokerOptions { ConnectionsMax = 2, PacketSizeBytesMax = 1000, ReceiveMaximum = 2, SubscriptionsPerSessionMax = 2 });
        RawClient client = broker.Open();
        ConnAckPacket answer = await client.ConnectAsync("a");
        Assert.Equal((1000u, (ushort)2), (answer.Properties!.PacketSizeBytesMax, answer.Properties.ReceiveMaximum));
        await client.SubscribeAsync(new MqttSubscription("1"), new MqttSubscription("2"));
        Assert.Equal([MqttReason.QuotaExceeded], await client.SubscribeAsync(new MqttSubscription("3")));
        RawClient greedy = broker.Open();
        await greedy.ConnectAsync("b");
        for (ushort id = 1; id <= 3; id++)
        {
            await greedy.PublishAsync("t", "x", MqttQos.ExactlyOnce, id);
        }
        await greedy.ReadAckAsync(MqttPacketType.PubRec);
        await greedy.ReadAckAsync(MqttPacketType.PubRec);
        Assert.Equal(MqttReason.ReceiveMaximumExceeded, await greedy.ReadDisconnectAsync());
        await client.PublishAsync("t", new string('x', 2000));
        Assert.Equal(MqttReason.PacketTooLarge, await client.ReadDisconnectAsync());
        await greedy.Served;
        await client.Served;
        RawClient[] three = [broker.Open(), broker.Open(), broker.Open()];
        Assert.Equal(MqttReason.ServerBusy, (await three[2].ConnectAsync("c")).Reason);
    }

    [Theory]
    [InlineData("10 00 0004 4D515454 05 02 0000 00 0001 61", "30 06 0001 61 01 FF 00")]
    [InlineData("10 00 0004 4D515454 05 02 0000 00 0001 61", "10 0E 0004 4D515454 05 02 0000 00 0001 61")]
    [InlineData("10 00 0004 4D515454 05 02 0000 00 0001 61", "82 05 0001 00 0000")]
    [InlineData("10 00 0004 4D515454 05 02 0000 00 0001 61", "36 05 0001 61 0001")]
    public async Task Broken_packets_end_the_connection_and_nothing_else(string connect, string bad)
    {
        await using var broker = new BrokerUnderTest();
        RawClient bystander = broker.Open();
        await bystander.ConnectAsync("bystander");
        RawClient client = broker.Open();
        byte[] greeting = Hex.Bytes(connect);
        greeting[1] = (byte)(greeting.Length - 2);
        await client.SendAsync(t => t.Raw(greeting));
        Assert.Equal(MqttPacketType.ConnAck, (await client.ReadAsync()).Type);
        await client.SendAsync(t => t.Raw(Hex.Bytes(bad)));
        Assert.True((await client.ReadDisconnectAsync()).IsFailure());
        await client.Served.WaitAsync(TimeSpan.FromSeconds(60));
        await bystander.PingAsync();
    }

    [Fact]
    public async Task What_never_says_CONNECT_is_closed_after_its_deadline()
    {
        await using var broker = new BrokerUnderTest();
        RawClient silent = broker.Open();
        await broker.Time.WaitForTimersAsync(2);
        broker.Time.Advance(TimeSpan.FromSeconds(11));
        await silent.Served.WaitAsync(TimeSpan.FromSeconds(60));
        RawClient wrong = broker.Open();
        await wrong.SendAsync(t => t.Raw("GET / HTTP/1.1\r\n"u8));
        await wrong.Served.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Passwords_are_checked_and_rules_hold()
    {
        MqttUser user = new("gw", MqttPasswordHash.Create("secret"u8), ["site/%c/#"], ["site/%c/ack"]);
        await using var broker = new BrokerUnderTest(authenticator: new MqttUserList([user], allowAnonymous: false));
        Assert.Equal(MqttReason.BadUserNameOrPassword, (await broker.Open().ConnectAsync("a", user: "gw", password: "wrong")).Reason);
        Assert.Equal(MqttReason.BadUserNameOrPassword, (await broker.Open().ConnectAsync("a", user: "nobody", password: "secret")).Reason);
        Assert.Equal(MqttReason.NotAuthorized, (await broker.Open().ConnectAsync("a")).Reason);
        RawClient client = broker.Open();
        Assert.Equal(MqttReason.Success, (await client.ConnectAsync("a", user: "gw", password: "secret")).Reason);
        Assert.Equal([MqttReason.GrantedQos1, MqttReason.NotAuthorized, MqttReason.NotAuthorized],
            await client.SubscribeAsync(new MqttSubscription("site/a/ack"), new MqttSubscription("site/b/ack"), new MqttSubscription("#")));
        await client.PublishAsync("site/b/batch", "x");
        Assert.Equal(MqttReason.NotAuthorized, (await client.ReadAckAsync(MqttPacketType.PubAck)).Reason);
        await client.PublishAsync("site/a/batch", "x");
        Assert.Equal(MqttReason.NoMatchingSubscribers, (await client.ReadAckAsync(MqttPacketType.PubAck)).Reason);
        Assert.Equal(3, broker.Broker.Statistics.LoginsRefused);
    }

    [Fact]
    public async Task Overlapping_filters_deliver_once_with_the_highest_QoS()
    {
        await using var broker = new BrokerUnderTest();
        RawClient client = broker.Open();
        await client.ConnectAsync("c");
        await client.SubscribeAsync(new MqttSubscription("a/#", MqttQos.AtMostOnce), new MqttSubscription("a/b"), new MqttSubscription("+/b", MqttQos.ExactlyOnce) { NoLocal = true });
        RawClient publisher = broker.Open();
        await publisher.ConnectAsync("p");
        await publisher.PublishAsync("a/b", "x");
        Assert.Equal(MqttQos.AtLeastOnce, (await client.ReadPublishAsync()).Qos);
        await client.PingAsync();
    }

    private sealed record FailingPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    private sealed class FailingWriter(PipeWriter inner) : PipeWriter
    {
        public override void Advance(int bytes) => inner.Advance(bytes);

        public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => inner.FlushAsync(cancellationToken);

        public override void CancelPendingFlush() => inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => throw new IOException("the transport broke while it was closed");
    }
}
