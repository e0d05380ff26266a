using EdgeAgent.Protocols.Modbus;
using EdgeAgent.Protocols.Modbus.Server;
using EdgeAgent.TestKit;

namespace EdgeAgent.Protocols.Tests.Modbus.Client;

public sealed class PipeliningTests
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(4, false)]
    [InlineData(16, true)]
    [InlineData(256, true)]
    public async Task Many_callers_share_a_connection(int inFlightMax, bool coalesce)
    {
        await using var device = new SimulatedDevice();
        var client = await device.ConnectAsync(adjust: o => o with { MaxInFlight = inFlightMax, CoalesceRequests = coalesce });

        await Task.WhenAll(Enumerable.Range(0, 64).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                await client.AssertRightAsync(Asking.Registers((caller * 113) + i, 1 + ((caller + i) % 125)));
            }
        })));

        Assert.Equal(6400, client.Statistics.Replies);
        Assert.Equal(1, device.Server.AcceptedCount);
    }

    [Fact]
    public async Task No_more_than_the_limit_is_on_its_way_and_answers_may_come_in_any_order()
    {
        var time = new FakeTimeProvider();
        await using var device = new SimulatedDevice(serverTime: time);
        var client = await device.ConnectAsync(adjust: o => o with { MaxInFlight = 8 });
        device.Server.Faults.Plan = r => new ModbusFault(ModbusFaultKind.Late, DelayMs: 1000 - r.Address);

        var asked = Task.WhenAll(Enumerable.Range(0, 16).Select(i => client.AssertRightAsync(Asking.Registers(i * 10, 5))));
        for (var wave = 1; wave <= 2; wave++)
        {
            await time.WaitForTimersAsync(8);
            Assert.Equal(8 * wave, client.Statistics.Requests);
            time.Advance(TimeSpan.FromMilliseconds(1000)); // those asked last are answered first
        }

        await asked.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(16, client.Statistics.Replies);
    }

    [Fact]
    public async Task A_request_that_is_given_up_while_it_waits_for_its_turn_is_never_sent()
    {
        await using var device = new SimulatedDevice();
        var client = await device.ConnectAsync();
        device.Server.Faults.Set(SimulatedDevice.Unit, new ModbusFault(ModbusFaultKind.Silent));
        using var first = new CancellationTokenSource();
        using var second = new CancellationTokenSource();
        var onItsWay = client.ReadAsync(Asking.Registers(0, 1), new byte[2], first.Token).AsTask();
        var waiting = client.ReadAsync(Asking.Registers(1, 1), new byte[2], second.Token).AsTask();

        await second.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        device.Server.Faults.Clear(SimulatedDevice.Unit);
        await first.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => onItsWay);

        await client.AssertRightAsync(Asking.Registers(2, 1));
        Assert.Equal(2, client.Statistics.Requests);
    }

    [Fact]
    public async Task A_buffer_is_not_touched_after_its_request_was_cancelled()
    {
        var time = new FakeTimeProvider();
        await using var device = new SimulatedDevice(serverTime: time);
        var client = await device.ConnectAsync();
        device.Server.Faults.Plan = r => r.Address == 100 ? new ModbusFault(ModbusFaultKind.Late, DelayMs: 500) : default;
        using var cancellation = new CancellationTokenSource();
        var buffer = new byte[20];
        var asked = client.ReadAsync(Asking.Registers(100, 10), buffer, cancellation.Token).AsTask();
        await time.WaitForTimersAsync(1);

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        time.Advance(TimeSpan.FromMilliseconds(500));
        await Eventually.TrueAsync(() => client.Statistics.LateReplies == 1, "the late answer is discarded");

        Assert.All(buffer, b => Assert.Equal(0, b));
    }

    [Fact]
    public async Task A_request_that_modbus_does_not_allow_is_refused_before_it_is_sent()
    {
        await using var device = new SimulatedDevice();
        var client = await device.ConnectAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => client.AskAsync(Asking.Registers(0, 126)));
        await Assert.ThrowsAsync<ArgumentException>(() => client.AskAsync(Asking.Registers(0, 0)));
        await Assert.ThrowsAsync<ArgumentException>(() => client.AskAsync(Asking.Registers(65_535, 2)));
        await Assert.ThrowsAsync<ArgumentException>(async () => await client.AskAsync(Asking.Registers(0, 2), new byte[3]));
        Assert.Equal(0, client.Statistics.Requests);
    }

    [Fact]
    public async Task What_is_asked_and_given_up_while_answers_are_taken_ends_as_cancelled()
    {
        await using var device = new SimulatedDevice();
        var client = await device.ConnectAsync(adjust: o => o with { MaxInFlight = 4, CoalesceRequests = true });
        // No answer to the second request, so that it cannot win the race when it was sent at once.
        device.Server.Faults.Plan = r => r.Address == 1 ? new ModbusFault(ModbusFaultKind.Silent) : default;
        await Task.Run(async () =>
        {
            Assert.True((await client.AskAsync(Asking.Registers(0, 1), new byte[2]).ConfigureAwait(false)).IsOk);
            // Here we are on the receive loop, in the middle of its round; or on the caller's thread, when the answer was there before the await.
            using var cancellation = new CancellationTokenSource();
            var given = client.ReadAsync(Asking.Registers(1, 1), new byte[2], cancellation.Token).AsTask();
            cancellation.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        }).WaitAsync(TimeSpan.FromSeconds(60));

        await client.AssertRightAsync(Asking.Registers(2, 1));
        // What is given up within the round is never sent; from the caller's thread it was sent at once.
        Assert.InRange(client.Statistics.Requests, 2, 3);
    }

    [Fact]
    public async Task What_is_asked_just_before_the_end_of_the_connection_ends_as_disconnected()
    {
        await using var device = new SimulatedDevice();
        var client = await device.ConnectAsync(adjust: o => o with { MaxInFlight = 4, CoalesceRequests = true });
        // No answer to the second request, so that it cannot win the race when it was sent at once.
        device.Server.Faults.Plan = r => r.Address == 1 ? new ModbusFault(ModbusFaultKind.Silent) : default;
        await Task.Run(async () =>
        {
            Assert.True((await client.AskAsync(Asking.Registers(0, 1), new byte[2]).ConfigureAwait(false)).IsOk);
            var asked = client.AskAsync(Asking.Registers(1, 1), new byte[2]).AsTask();
            await client.DisconnectAsync().ConfigureAwait(false);
            Assert.Equal(ModbusStatus.Disconnected, (await asked.ConfigureAwait(false)).Status);
        }).WaitAsync(TimeSpan.FromSeconds(60));
    }
}
