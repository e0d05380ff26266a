using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Client;
using EdgeAgent.Protocols.OpcUa.Services;
using EdgeAgent.Protocols.OpcUa.Services.Attributes;
using EdgeAgent.Protocols.OpcUa.Transport;
using EdgeAgent.TestKit;

namespace EdgeAgent.Protocols.Tests.OpcUa.Client;

public sealed class ConnectionTests
{
    [Fact]
    public async Task A_session_is_made_used_and_closed()
    {
        await using ClientUnderTest test = await new ClientUnderTest().ConnectedAsync();
        Assert.Equal(OpcUaClientState.Connected, test.Client.State);
        Assert.Equal(["http://opcfoundation.org/UA/", "urn:server"], test.Client.NamespaceArray);
        Assert.Equal(StatusCodes.Good, (await test.ReadAsync()).Value);
        await test.Client.DisconnectAsync();
        Assert.Empty(test.Server.Sessions);
        Assert.Equal(OpcUaClientState.Disconnected, test.Client.State);
        Assert.Equal(StatusCodes.BadNotConnected, (await test.ReadAsync()).Value);
        Assert.Single(test.Server.Connections);
    }

    [Fact]
    public async Task Bytes_may_come_one_by_one()
    {
        var test = new ClientUnderTest();
        test.Server.PieceBytesMax = 1;
        await using (await test.ConnectedAsync())
        {
            Assert.Equal(StatusCodes.Good, (await test.ReadAsync()).Value);
        }
    }

    [Fact]
    public async Task The_channel_is_renewed_at_three_quarters_and_answers_under_the_old_keys_still_count()
    {
        await using ClientUnderTest test = await new ClientUnderTest().ConnectedAsync();
        test.Time.Advance(TimeSpan.FromSeconds(90));
        await test.ReadAsync();
        Assert.Equal(0, test.Server.Last.Renewals);
        // Asked under the old keys, answered when the new ones are there.
        test.Server.Swallowed.Add(ServiceIds.ReadRequest);
        var exchange = new ReadExchange();
        var values = new DataValue[2];
        exchange.Prepare(ClientUnderTest.Targets, 0, values, TimestampsToReturn.Neither, 0);
        ValueTask<StatusCode> waiting = test.Channel.CallAsync(exchange, Timeout.InfiniteTimeSpan, default);
        (uint id, uint handle) = test.Server.Last.Unanswered;
        test.Server.Swallowed.Clear();
        await test.PassUntilAsync(() => test.Client.Statistics.Renewals == 1, TimeSpan.FromSeconds(10));
        Assert.Equal(1, test.Server.Last.Renewals);
        Assert.InRange(test.Time.GetElapsedTime(0), TimeSpan.FromSeconds(750), TimeSpan.FromDays(1000));
        test.Server.Last.AnswerRead(id, handle, 2);
        Assert.Equal(StatusCodes.Good, (await waiting).Value);
        Assert.Equal(StatusCodes.Good, (await test.ReadAsync()).Value);
        await test.PassUntilAsync(() => test.Client.Statistics.Renewals == 2, TimeSpan.FromSeconds(10));
        Assert.Equal(1, test.Client.ConnectionNumber);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task When_the_channel_is_not_renewed_the_session_goes_on_over_another(bool isRefused)
    {
        await using ClientUnderTest test = await new ClientUnderTest().ConnectedAsync();
        if (isRefused)
        {
            test.Server.RenewalResult = StatusCodes.BadTcpInternalError;
        }
        else
        {
            test.Server.Swallowed.Add(ServiceIds.OpenSecureChannelRequest);
        }
        await test.PassUntilAsync(() => test.Client.ConnectionNumber == 2, TimeSpan.FromSeconds(10));
        Assert.Equal(1, test.Client.SessionNumber);
        Assert.Equal(1, test.Server.SessionsCreated);
    }

    [Fact]
    public async Task A_request_without_an_answer_times_out_and_its_late_answer_harms_nobody()
    {
        await using ClientUnderTest test = await new ClientUnderTest().ConnectedAsync();
        test.Server.Swallowed.Add(ServiceIds.ReadRequest);
        Task<StatusCode> waiting = test.ReadAsync();
        test.Time.Advance(TimeSpan.FromMilliseconds(9_999));
        Assert.False(waiting.IsCompleted);
        test.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(StatusCodes.BadTimeout, (await waiting).Value);
        test.Server.Swallowed.Clear();
        test.Server.Last.AnswerRead(test.Server.Last.Unanswered.RequestId, 0, 2);
        Assert.Equal(StatusCodes.Good, (await test.ReadAsync()).Value);
        Assert.Equal((1, 1), (test.Client.Statistics.Timeouts, test.Client.Statistics.LateResponses));
        Assert.Equal(1, test.Client.ConnectionNumber);
    }

    [Fact]
    public async Task A_request_may_be_given_up()
    {
        await using ClientUnderTest test = await new ClientUnderTest().ConnectedAsync();
        test.Server.Swallowed.Add(ServiceIds.ReadRequest);
        using var cancellation = new CancellationTokenSource();
        var values = new DataValue[2];
        ValueTask<StatusCode> waiting = test.Client.ReadAsync(ClientUnderTest.Targets, values, cancellation: cancellation.Token);
        await cancellation.CancelAsync();
        Assert.Equal(StatusCodes.BadRequestCancelledByClient, (await waiting).Value);
        test.Server.Last.AnswerRead(test.Server.Last.Unanswered.RequestId, 0, 2);
        test.Server.Swallowed.Clear();
        Assert.Equal(StatusCodes.Good, (await test.ReadAsync()).Value);
        Assert.Equal(1, test.Client.Statistics.LateResponses);
    }

    [Fact]
    public async Task A_quiet_server_is_asked_for_a_sign_of_life_and_a_silent_one_is_left()
    {
        await using ClientUnderTest test = await new ClientUnderTest().ConnectedAsync();
        int reads = 0;
        test.Server.Asked = service => reads += service == ServiceIds.ReadRequest ? 1 : 0;
        await test.PassUntilAsync(() => reads == 3, TimeSpan.FromSeconds(50));
        Assert.Equal(1, test.Client.ConnectionNumber);

        test.Server.IsSilent = true;
        Task<StatusCode> waiting = test.ReadAsync();
        test.Time.Advance(TimeSpan.FromSeconds(100));
        Assert.Equal(StatusCodes.BadTimeout, (await waiting).Value);
        Assert.Equal(OpcUaClientState.Connected, test.Client.State);
        await test.PassUntilAsync(() => test.Client.State == OpcUaClientState.Reconnecting, TimeSpan.FromSeconds(10), 15);
        Assert.Contains("sign of life", test.Client.LastProblem, StringComparison.Ordinal);
        test.Server.IsSilent = false;
        await test.PassUntilAsync(() => test.Client.State == OpcUaClientState.Connected, TimeSpan.FromSeconds(10));
        Assert.Equal(1, test.Client.SessionNumber);
    }

    [Fact]
    public async Task What_cannot_be_answered_costs_its_own_request()
    {
        await using ClientUnderTest test = await new ClientUnderTest().ConnectedAsync();
        test.Server.Swallowed.Add(ServiceIds.ReadRequest);
        Task<StatusCode> aborted = test.ReadAsync();
        uint id = test.Server.Last.Unanswered.RequestId;
        var chunk = new UaBuffer();
        test.Server.Last.Channel.WriteAbort(chunk, id, new ErrorMessage(StatusCodes.BadOutOfMemory, "too much"));
        test.Server.Last.Link.ToClient(chunk.Written.ToArray());
        Assert.Equal(StatusCodes.BadOutOfMemory, (await aborted).Value);

        Task<StatusCode> malformed = test.Client.ReadAsync([ClientUnderTest.Targets[0]], new DataValue[1]).AsTask();
        test.Server.Last.Send(test.Server.Last.Unanswered.RequestId, target => new ResponseHeader(default, 1, StatusCodes.Good).Write(target, ServiceIds.ReadResponse));
        Assert.Equal(StatusCodes.BadDecodingError, (await malformed).Value);

        test.Server.Swallowed.Clear();
        Assert.Equal(StatusCodes.Good, (await test.ReadAsync()).Value);
        Assert.Equal(1, test.Client.ConnectionNumber);
    }

    [Fact]
    public async Task A_wrong_sequence_number_ends_the_connection()
    {
        await using ClientUnderTest test = await new ClientUnderTest().ConnectedAsync();
        var lost = new UaBuffer();
        test.Server.Last.Channel.Write(lost, UaTcpMessageType.Message, 99, [1]);
        test.Server.Last.Send(98, target => target.WriteByte(1));
        await test.PassUntilAsync(() => test.Client.ConnectionNumber == 2, TimeSpan.FromSeconds(1));
        Assert.Equal(1, test.Client.SessionNumber);
    }

    [Fact]
    public async Task Who_asks_too_much_at_once_is_told_so()
    {
        await using ClientUnderTest test = await new ClientUnderTest().ConnectedAsync();
        test.Server.Swallowed.Add(ServiceIds.ReadRequest);
        Task<StatusCode>[] calls = [.. Enumerable.Range(0, UaConnection.OutstandingCallsMax).Select(_ => test.Client.ReadAsync(ClientUnderTest.Targets, new DataValue[2]).AsTask())];
        Assert.Equal(StatusCodes.BadResourceUnavailable, (await test.ReadAsync()).Value);
        await test.Client.DisconnectAsync();
        Assert.All(await Task.WhenAll(calls), status => Assert.Equal(StatusCodes.BadConnectionClosed, status.Value));
    }

    [Fact]
    public async Task What_is_asked_while_responses_are_taken_goes_out_together()
    {
        await using ClientUnderTest test = await new ClientUnderTest().ConnectedAsync();
        var chain = new FollowUps(test.Channel);
        int before = test.Server.Last.Link.Sends;
        test.Server.Swallowed.Add(ServiceIds.ReadRequest);
        Task<StatusCode> running = chain.RunAsync();
        test.Server.Swallowed.Clear();
        test.Server.Last.AnswerRead(test.Server.Last.Unanswered.RequestId, 0, 2);
        Assert.Equal(StatusCodes.Good, (await running).Value);
        Assert.Equal(2, test.Server.Last.Link.Sends - before);
    }

    /// <summary>A read whose answer leads to three more at once.</summary>
    private sealed class FollowUps(IUaServiceChannel channel)
    {
        public async Task<StatusCode> RunAsync()
        {
            await channel.CallAsync(new InlineRead(), TimeSpan.FromSeconds(5), default);
            ValueTask<StatusCode>[] more = [.. Enumerable.Range(0, 3).Select(_ => channel.CallAsync(new InlineRead(), TimeSpan.FromSeconds(5), default))];
            StatusCode last = default;
            foreach (ValueTask<StatusCode> call in more)
            {
                last = await call;
            }
            return last;
        }
    }

    private sealed class InlineRead : IUaExchange
    {
        private readonly DataValue[] _values = new DataValue[2];

        public bool ContinuesOnEventLoop => true;

        public void WriteRequest(UaBuffer target, in RequestHeader header) => new ReadRequest(header, 0, TimestampsToReturn.Neither, ClientUnderTest.Targets).Write(target);

        public StatusCode ReadResponse(ReadOnlySpan<byte> message)
        {
            UaFault fault = EdgeAgent.Protocols.OpcUa.Services.Attributes.ReadResponse.TryRead(message, _values, out ResponseHeader header);
            return header.Result.IsBad ? header.Result : fault.ToStatus();
        }
    }
}
