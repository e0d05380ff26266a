using EdgeAgent.Protocols.Modbus;
using EdgeAgent.Protocols.Modbus.Server;
using EdgeAgent.TestKit;

namespace EdgeAgent.Protocols.Tests.Modbus.Client;

/// <summary>A late answer must not answer another request, not now and not ever after, and must not cost the connection.</summary>
public sealed class LateReplyTests
{
    [Theory]
    [InlineData(ModbusFraming.Mbap, ModbusFaultKind.Late)]
    [InlineData(ModbusFraming.Mbap, ModbusFaultKind.Stall)]
    [InlineData(ModbusFraming.Rtu, ModbusFaultKind.Stall)]
    [InlineData(ModbusFraming.Ascii, ModbusFaultKind.Stall)]
    public async Task One_reply_comes_1200_ms_late_and_the_next_10000_are_right(ModbusFraming framing, ModbusFaultKind kind)
    {
        var time = new FakeTimeProvider();
        await using var device = new SimulatedDevice(framing, time);
        var client = await device.ConnectAsync(time, o => o with { ResponseTimeoutMs = 1000 });
        await client.AssertRightAsync(Asking.Registers(0, 10));
        device.SpoilNext(new ModbusFault(kind, DelayMs: 1200));

        var late = client.AskAsync(Asking.Registers(100, 10));
        await time.WaitForTimersAsync(2); // the client's deadline and the server's delay
        time.Advance(TimeSpan.FromMilliseconds(1100));
        Assert.Equal(ModbusStatus.Timeout, (await late).Status);

        // Same unit, function and count as the one that is owed: only the addresses differ.
        var next = client.AssertRightAsync(Asking.Registers(200, 10));
        time.Advance(TimeSpan.FromMilliseconds(150));
        await next;
        for (var i = 0; i < 10_000; i++)
        {
            await client.AssertRightAsync(Asking.Registers(i, 10));
        }

        Assert.Equal(1, device.Server.AcceptedCount);
        Assert.Equal(1, client.Statistics.Timeouts);
        Assert.Equal(1, client.Statistics.LateReplies);
    }

    [Fact]
    public async Task A_late_reply_is_known_even_after_the_transaction_ids_came_round()
    {
        var time = new FakeTimeProvider();
        await using var device = new SimulatedDevice(ModbusFraming.Mbap, time);
        var client = await device.ConnectAsync(time, o => o with { ResponseTimeoutMs = 1000 });
        device.SpoilNext(new ModbusFault(ModbusFaultKind.Late, DelayMs: 1200));
        var late = client.AskAsync(Asking.Registers(100, 1));
        await time.WaitForTimersAsync(2);
        time.Advance(TimeSpan.FromMilliseconds(1100));
        Assert.Equal(ModbusStatus.Timeout, (await late).Status);

        var data = new byte[2];
        for (var i = 0; i < 0x1_0000 + 10; i++)
        {
            Assert.True((await client.AskAsync(Asking.Registers(3, 1), data)).IsOk);
        }

        time.Advance(TimeSpan.FromMilliseconds(200));
        await client.AssertRightAsync(Asking.Registers(5, 1));
        Assert.Equal(1, client.Statistics.LateReplies);
        Assert.Equal(0, client.Statistics.UnexpectedFrames);
    }

    [Theory]
    [InlineData(ModbusFraming.Rtu)]
    [InlineData(ModbusFraming.Ascii)]
    public async Task A_reply_that_never_comes_costs_one_probe_and_no_more(ModbusFraming framing)
    {
        var time = new FakeTimeProvider();
        await using var device = new SimulatedDevice(framing, time);
        var client = await device.ConnectAsync(time, o => o with { ResponseTimeoutMs = 1000 });
        device.Server.Faults.Set(SimulatedDevice.Unit, new ModbusFault(ModbusFaultKind.Silent));
        for (var i = 0; i < 40; i++)
        {
            var silent = client.AskAsync(Asking.Registers(100, 1 + (i % 3)));
            time.Advance(TimeSpan.FromMilliseconds(1100));
            Assert.Equal(ModbusStatus.Timeout, (await silent).Status);
        }

        device.Server.Faults.Clear(SimulatedDevice.Unit);
        var before = client.Statistics.Requests;
        await client.AssertRightAsync(Asking.Registers(100, 2));
        await client.AssertRightAsync(Asking.Registers(100, 1));
        Assert.Equal(3, client.Statistics.Requests - before);
    }

    [Fact]
    public async Task A_silent_unit_does_not_hold_up_its_neighbours_on_the_line()
    {
        var time = new FakeTimeProvider();
        await using var device = new SimulatedDevice(ModbusFraming.Rtu, time);
        var client = await device.ConnectAsync(time, o => o with { ResponseTimeoutMs = 1000 });
        var dead = client.AskAsync(Asking.Registers(0, 10, unit: 99));
        time.Advance(TimeSpan.FromMilliseconds(1100));
        Assert.Equal(ModbusStatus.Timeout, (await dead).Status);

        var before = client.Statistics.Requests;
        await client.AssertRightAsync(Asking.Registers(0, 10));
        Assert.Equal(1, client.Statistics.Requests - before);
    }

    [Fact]
    public async Task A_late_refusal_does_not_refuse_another_request()
    {
        var time = new FakeTimeProvider();
        await using var device = new SimulatedDevice(ModbusFraming.Rtu, time);
        var client = await device.ConnectAsync(time, o => o with { ResponseTimeoutMs = 1000 });
        device.Server.Units[SimulatedDevice.Unit] = new LimitedSource(device.Bank, holdingRegisters: 500);
        device.SpoilNext(new ModbusFault(ModbusFaultKind.Stall, DelayMs: 1200));
        var late = client.AskAsync(Asking.Registers(1000, 10));
        await time.WaitForTimersAsync(2);
        time.Advance(TimeSpan.FromMilliseconds(1100));
        Assert.Equal(ModbusStatus.Timeout, (await late).Status);

        // The probe reads inside the same illegal range, so both it and the late answer are refusals, and only time can tell them apart.
        var next = client.AssertRightAsync(Asking.Registers(20, 10));
        time.Advance(TimeSpan.FromMilliseconds(150));
        await Eventually.TrueAsync(() => client.Statistics.LateReplies == 2, "both refusals arrive");
        time.Advance(TimeSpan.FromMilliseconds(1100));
        await next;
        Assert.Equal(new ModbusResult(ModbusStatus.Exception, 2), await client.AskAsync(Asking.Registers(1000, 10)));
    }

    private sealed class LimitedSource(RegisterBank bank, int holdingRegisters) : IModbusDataSource
    {
        public ModbusDeviceIdentity? Identity => null;

        public ModbusExceptionCode ReadBits(ModbusFunction function, ushort address, ushort count, Span<byte> packed) =>
            bank.ReadBits(function, address, count, packed);

        public ModbusExceptionCode ReadRegisters(ModbusFunction function, ushort address, Span<byte> destination) =>
            address + (destination.Length / 2) > holdingRegisters
                ? ModbusExceptionCode.IllegalDataAddress
                : bank.ReadRegisters(function, address, destination);
    }
}
