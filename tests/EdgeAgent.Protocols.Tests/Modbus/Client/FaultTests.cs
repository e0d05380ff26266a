using EdgeAgent.Protocols.Modbus;
using EdgeAgent.Protocols.Modbus.Client;
using EdgeAgent.Protocols.Modbus.Server;
using EdgeAgent.TestKit;

namespace EdgeAgent.Protocols.Tests.Modbus.Client;

public sealed class FaultTests
{
    [Theory]
    [InlineData(ModbusFraming.Mbap, ModbusFaultKind.WrongUnit, ModbusStatus.BadFrame)]
    [InlineData(ModbusFraming.Mbap, ModbusFaultKind.WrongFunction, ModbusStatus.BadFrame)]
    [InlineData(ModbusFraming.Mbap, ModbusFaultKind.ShortData, ModbusStatus.BadFrame)]
    [InlineData(ModbusFraming.Mbap, ModbusFaultKind.WrongTransaction, ModbusStatus.Timeout)]
    [InlineData(ModbusFraming.Mbap, ModbusFaultKind.Silent, ModbusStatus.Timeout)]
    [InlineData(ModbusFraming.Rtu, ModbusFaultKind.WrongUnit, ModbusStatus.Timeout)]
    [InlineData(ModbusFraming.Rtu, ModbusFaultKind.WrongFunction, ModbusStatus.Timeout)]
    [InlineData(ModbusFraming.Rtu, ModbusFaultKind.ShortData, ModbusStatus.Timeout)]
    [InlineData(ModbusFraming.Rtu, ModbusFaultKind.BadChecksum, ModbusStatus.BadFrame)]
    [InlineData(ModbusFraming.Ascii, ModbusFaultKind.WrongUnit, ModbusStatus.Timeout)]
    [InlineData(ModbusFraming.Ascii, ModbusFaultKind.ShortData, ModbusStatus.Timeout)]
    [InlineData(ModbusFraming.Ascii, ModbusFaultKind.BadChecksum, ModbusStatus.BadFrame)]
    public async Task An_answer_that_does_not_match_is_none(ModbusFraming framing, ModbusFaultKind kind, ModbusStatus status)
    {
        var time = new FakeTimeProvider();
        await using var device = new SimulatedDevice(framing);
        var client = await device.ConnectAsync(time, o => o with { ResponseTimeoutMs = 1000 });
        device.Server.Faults.Set(SimulatedDevice.Unit, new ModbusFault(kind));

        var asked = client.AskAsync(Asking.Registers(0, 10));
        if (status == ModbusStatus.Timeout)
        {
            if (kind != ModbusFaultKind.Silent)
            {
                // The wrong answer has come and gone before the time is up.
                await Eventually.TrueAsync(() => client.Statistics is { UnexpectedFrames: > 0 } or { DiscardedBytes: > 0 }, "the wrong answer is discarded");
            }

            Assert.False(asked.IsCompleted);
            time.Advance(TimeSpan.FromMilliseconds(1100));
        }

        Assert.Equal(status, (await asked).Status);
        device.Server.Faults.Clear(SimulatedDevice.Unit);
        await client.AssertRightAsync(Asking.Registers(50, 10));
        Assert.Equal(1, device.Server.AcceptedCount);
    }

    /// <summary>A client without any setting still gives up; elsewhere it waits for ever unless told not to.</summary>
    [Fact]
    public async Task A_silent_device_times_out_by_default()
    {
        var time = new FakeTimeProvider();
        await using var device = new SimulatedDevice();
        var client = await device.ConnectAsync(time, o => new ModbusClientOptions { Transport = o.Transport });
        device.Server.Faults.Set(SimulatedDevice.Unit, new ModbusFault(ModbusFaultKind.Silent));

        var asked = client.AskAsync(Asking.Registers(0, 10));
        Assert.False(asked.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(ModbusStatus.Timeout, (await asked).Status);
    }

    [Theory]
    [InlineData(ModbusFraming.Mbap, ModbusFaultKind.Garbage)]
    [InlineData(ModbusFraming.Mbap, ModbusFaultKind.Duplicate)]
    [InlineData(ModbusFraming.Mbap, ModbusFaultKind.SlowBytes)]
    [InlineData(ModbusFraming.Rtu, ModbusFaultKind.Garbage)]
    [InlineData(ModbusFraming.Rtu, ModbusFaultKind.Echo)]
    [InlineData(ModbusFraming.Rtu, ModbusFaultKind.Duplicate)]
    [InlineData(ModbusFraming.Rtu, ModbusFaultKind.SlowBytes)]
    [InlineData(ModbusFraming.Ascii, ModbusFaultKind.Garbage)]
    [InlineData(ModbusFraming.Ascii, ModbusFaultKind.Echo)]
    [InlineData(ModbusFraming.Ascii, ModbusFaultKind.SlowBytes)]
    public async Task The_answer_is_found_among_bytes_that_are_none(ModbusFraming framing, ModbusFaultKind kind)
    {
        await using var device = new SimulatedDevice(framing);
        var client = await device.ConnectAsync();
        device.Server.Faults.Set(SimulatedDevice.Unit, new ModbusFault(kind));
        for (var i = 0; i < 50; i++)
        {
            await client.AssertRightAsync(Asking.Registers(0x0A00 + i, 5));
            await client.AssertRightAsync(new ModbusReadRequest(SimulatedDevice.Unit, ModbusFunction.ReadCoils, (ushort)i, 40));
        }

        Assert.Equal(1, device.Server.AcceptedCount);
    }

    [Theory]
    [InlineData(ModbusFaultKind.Cut)]
    [InlineData(ModbusFaultKind.CutInside)]
    public async Task A_cut_ends_requests_as_disconnected_and_the_client_can_connect_again(ModbusFaultKind kind)
    {
        await using var device = new SimulatedDevice();
        var client = await device.ConnectAsync(adjust: o => o with { MaxInFlight = 4 });
        device.Server.Faults.Set(SimulatedDevice.Unit, new ModbusFault(kind));

        var results = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => client.AskAsync(Asking.Registers(i, 10))));

        Assert.All(results, r => Assert.Equal(ModbusStatus.Disconnected, r.Status));
        Assert.False(client.IsConnected);
        Assert.NotNull(client.DisconnectReason);
        Assert.Equal(ModbusStatus.Disconnected, (await client.AskAsync(Asking.Registers(0, 1))).Status);
        device.Server.Faults.Clear(SimulatedDevice.Unit);
        await client.ConnectAsync(CancellationToken.None);
        Assert.True(client.IsConnected);
        await client.AssertRightAsync(Asking.Registers(50, 10));
    }

    [Fact]
    public async Task A_corrupted_length_field_costs_its_own_request_and_not_the_connection()
    {
        var time = new FakeTimeProvider();
        await using var device = new SimulatedDevice();
        await using var proxy = new TcpProxy(device.Server.Port);
        var spoil = true;
        proxy.Edit = (bytes, direction) =>
        {
            var edited = bytes.ToArray();
            if (direction == ProxyDirection.ToClient && spoil)
            {
                spoil = false;
                edited[5] += 100;
            }

            return edited;
        };
        var client = await device.ConnectAsync(time, o => o with { Transport = device.TransportTo(proxy.Port), ResponseTimeoutMs = 1000 });

        var asked = client.AskAsync(Asking.Registers(0, 10));
        await Eventually.TrueAsync(() => client.Statistics.BytesReceived > 0, "the damaged answer arrives");
        time.Advance(TimeSpan.FromMilliseconds(1100));

        Assert.Equal(ModbusStatus.Timeout, (await asked).Status);
        for (var i = 0; i < 100; i++)
        {
            await client.AssertRightAsync(Asking.Registers(i, 10));
        }

        Assert.Equal(1, proxy.Accepted);
    }

    [Fact]
    public async Task A_refused_connection_says_where_and_why()
    {
        var port = FreePort.Tcp();
        await using var client = new ModbusClient(new ModbusClientOptions { Transport = ModbusTransport.Tcp("127.0.0.1", port) }, TimeProvider.System);

        var failure = await Assert.ThrowsAsync<ModbusConnectException>(async () => await client.ConnectAsync(CancellationToken.None));

        Assert.Contains($"127.0.0.1:{port}", failure.Message);
        Assert.Contains("ConnectionRefused", failure.Message);
        Assert.Equal(ModbusStatus.Disconnected, (await client.AskAsync(Asking.Registers(0, 1))).Status);
    }

    [Fact]
    public async Task A_trace_that_throws_ends_its_connection_and_no_other()
    {
        await using var device = new SimulatedDevice();
        var client = await device.ConnectAsync();
        var other = await device.ConnectAsync();
        client.Trace = new BrokenTrace();

        Assert.Equal(ModbusStatus.Disconnected, (await client.AskAsync(Asking.Registers(0, 1))).Status);
        await Eventually.TrueAsync(() => device.Server.ConnectionCount == 1, "the server sees the connection end");

        await other.AssertRightAsync(Asking.Registers(0, 10));
        client.Trace = null;
        await client.ConnectAsync(CancellationToken.None);
        await client.AssertRightAsync(Asking.Registers(0, 10));
    }

    private sealed class BrokenTrace : IModbusTrace
    {
        public void Sent(byte unitId, ReadOnlySpan<byte> frame)
        {
        }

        public void Received(ReadOnlySpan<byte> bytes) => throw new InvalidOperationException("the trace is broken");
    }
}
