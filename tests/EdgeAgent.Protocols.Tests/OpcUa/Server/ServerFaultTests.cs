using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Channels;
using EdgeAgent.Protocols.OpcUa.Server;
using EdgeAgent.Protocols.OpcUa.Services.Attributes;
using EdgeAgent.Protocols.OpcUa.Services.Subscriptions;

namespace EdgeAgent.Protocols.Tests.OpcUa.Server;

/// <summary>Each fault does what it says, and nothing else.</summary>
public sealed class ServerFaultTests
{
    [Fact]
    public async Task Silent_subscriptions_leave_reading_alone_and_go_on_where_they_were()
    {
        await using var test = new ServerUnderTest();
        using RawUaClient client = test.Connect();
        uint id = client.Subscribe(publishingMs: 1_000);
        client.Monitor(id, test.Seconds, samplingMs: 1_000, queueSize: 100);
        client.Publish();
        test.Server.Faults.SilentSubscriptions = true;
        test.Time.Advance(TimeSpan.FromSeconds(5));
        client.Round();
        Assert.False(client.HasArrived);
        test.Server.Faults.SilentSubscriptions = false;
        test.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(7, client.ReceivePublished().Values.Count);
    }

    [Fact]
    public async Task Stuck_values_still_send_keep_alives()
    {
        await using var test = new ServerUnderTest();
        using RawUaClient client = test.Connect();
        uint id = client.Subscribe(publishingMs: 1_000, keepAlive: 2);
        client.Monitor(id, test.Seconds, samplingMs: 1_000, queueSize: 100);
        test.Server.Faults.StuckValues = true;
        client.Publish();
        client.Publish();
        test.Time.Advance(TimeSpan.FromSeconds(3));
        Assert.Single(client.ReceivePublished().Values); // the one from its creation
        Assert.True(client.ReceivePublished().IsKeepAlive);
    }

    [Fact]
    public async Task Dropped_connections_leave_the_session_for_another_one()
    {
        await using var test = new ServerUnderTest();
        using RawUaClient first = test.Connect();
        uint id = first.Subscribe(publishingMs: 1_000);
        first.Monitor(id, test.Seconds, samplingMs: 1_000, queueSize: 100);
        test.Server.CutConnections();
        first.WaitClosed();
        using RawUaClient second = RawUaClient.Open(test.Server.Port, test.Time);
        second.Token = first.Token;
        Assert.Equal(StatusCodes.Good, second.Activate().Value);
        test.Time.Advance(TimeSpan.FromSeconds(2));
        second.Send(target => PublishRequest.Write(target, second.Header, []));
        Assert.Equal(3, second.ReceivePublished().Values.Count);
    }

    [Fact]
    public async Task Skipped_sequence_numbers_are_seen_by_the_peer()
    {
        await using var test = new ServerUnderTest();
        using RawUaClient client = test.Connect();
        test.Server.SkipSequenceNumbers();
        client.Send(new ReadRequest(client.Header, 0, TimestampsToReturn.Neither, [new ReadTarget(test.Constant, 13)]).Write);
        Assert.Equal(ChannelFault.SequenceNumberInvalid, client.TryReceive(out _));
    }

    [Fact]
    public async Task An_expired_token_ends_the_connection_with_its_reason()
    {
        await using var test = new ServerUnderTest();
        using RawUaClient client = test.Connect();
        test.Server.ExpireTokens();
        client.Send(new ReadRequest(client.Header, 0, TimestampsToReturn.Neither, [new ReadTarget(test.Constant, 13)]).Write);
        Assert.Equal(StatusCodes.BadSecureChannelTokenUnknown, client.ReceiveError().Value);
        client.WaitClosed();
    }

    [Fact]
    public async Task A_restart_forgets_sessions_and_shifts_namespaces()
    {
        await using var test = new ServerUnderTest();
        using RawUaClient before = test.Connect();
        test.Server.Restart(extraNamespaces: 2);
        before.WaitClosed();
        using RawUaClient again = RawUaClient.Open(test.Server.Port, test.Time);
        again.Token = before.Token;
        Assert.Equal(StatusCodes.BadSessionIdInvalid, again.Activate().Value);
        using RawUaClient after = test.Connect();
        DataValue[] values = Read(after, new NodeId(2255), test.Constant, test.Constant.In(4));
        Assert.Equal(["http://opcfoundation.org/UA/", "urn:test", "urn:extra:0", "urn:extra:1", ServerUnderTest.Uri], values[0].Value.Elements!.Cast<string>());
        Assert.Equal(StatusCodes.BadNodeIdUnknown, values[1].Status.Value);
        Assert.Equal(42, values[2].Value.ToObject());
    }

    [Fact]
    public async Task Slow_answers_come_after_their_delay()
    {
        await using var test = new ServerUnderTest();
        using RawUaClient client = test.Connect();
        int timers = test.Time.ArmedTimers;
        test.Server.Faults.AnswerDelayMs = 700;
        client.Send(new ReadRequest(client.Header, 0, TimestampsToReturn.Neither, [new ReadTarget(test.Constant, 13)]).Write);
        await test.Time.WaitForTimersAsync(timers + 1);
        Assert.False(client.HasArrived);
        test.Time.Advance(TimeSpan.FromMilliseconds(700));
        Assert.Equal(StatusCodes.Good, RawUaClient.ResultOf(client.Receive()).Value);
    }

    [Fact]
    public async Task Refused_connections_are_closed_at_once()
    {
        await using var test = new ServerUnderTest();
        test.Server.Faults.RefusesConnections = true;
        Assert.ThrowsAny<Exception>(() => RawUaClient.Open(test.Server.Port, test.Time));
        test.Server.Faults.Clear();
        using RawUaClient client = test.Connect();
        client.Round();
    }

    [Fact]
    public async Task A_huge_value_is_sent_in_chunks_whatever_the_limits_say()
    {
        const int Size = 300_000;
        await using var test = new ServerUnderTest();
        using RawUaClient client = test.Connect();
        test.Server.Faults.HugeResponseBytes = Size;
        DataValue[] values = Read(client, test.Constant);
        Assert.Equal(Size, ((byte[])values[0].Value.ToObject()!).Length);
    }

    private static DataValue[] Read(RawUaClient client, params NodeId[] nodes) => ReadServerTests.Read(client, [.. nodes.Select(node => new ReadTarget(node, 13))]);
}
