using EdgeAgent.Protocols.Modbus;
using EdgeAgent.Protocols.Modbus.Client;
using EdgeAgent.Protocols.Serial;
using EdgeAgent.TestKit;

namespace EdgeAgent.Interop.Tests.Modbus;

/// <summary>Our client on a serial line to pymodbus: three units that answer and one that is dead.</summary>
public sealed class SerialPymodbusTests
{
    private const byte DeadUnit = 4;

    [PartnerTheory("pymodbus", "socat")]
    [InlineData("rtu", 9600)]
    [InlineData("rtu", 115_200)]
    [InlineData("ascii", 9600)]
    [InlineData("ascii", 115_200)]
    public async Task Four_units_on_a_line_one_of_them_dead(string framing, int baudRate)
    {
        using var directory = new TempDirectory();
        await using var cable = await CableAsync(directory);
        await using var devices = await DevicesAsync(directory.File("theirs"), framing, baudRate);
        await using var client = NewClient(directory.File("ours"), framing, baudRate, timeoutMs: 1000);
        await client.ConnectAsync(default);
        for (var round = 0; round < 2; round++)
        {
            foreach (byte unit in new byte[] { 1, 2, 3 })
            {
                await client.AssertReadsAsync(unit, ModbusFunction.ReadHoldingRegisters, 10 * unit, 20);
                await client.AssertReadsAsync(unit, ModbusFunction.ReadCoils, unit, 37);
            }

            var dead = await client.ReadAsync(new ModbusReadRequest(DeadUnit, ModbusFunction.ReadHoldingRegisters, 0, 1), new byte[2], default);
            Assert.Equal(ModbusStatus.Timeout, dead.Status);
        }

        // Many callers at once: each waits its turn, and nobody gets another's answer.
        await client.AssertPipelinesAsync(2, callers: 4, each: 5);
        Assert.Equal(2, client.Statistics.Timeouts);
        Assert.Equal(0, client.Statistics.BadFrames);
        Assert.True(client.Statistics.Busy > TimeSpan.FromMilliseconds(800), "both timeouts count as time of the line");
    }

    [PartnerTheory("pymodbus")]
    [InlineData("rtu")]
    [InlineData("ascii")]
    public async Task Noise_echo_and_answers_in_pieces_cost_nothing(string framing)
    {
        using var line = new MeddlingLine { Noise = framing == "rtu", Echo = true, Split = true };
        await using var devices = await DevicesAsync(line.DevicePort, framing, 115_200);
        await using var client = NewClient(line.Port, framing, 115_200, timeoutMs: 3000);
        await client.ConnectAsync(default);
        for (var i = 0; i < 40; i++)
        {
            await client.AssertReadsAsync((byte)(1 + (i % 3)), ModbusFunction.ReadHoldingRegisters, i * 3, 1 + (i % 9));
        }

        Assert.Equal(0, client.Statistics.Timeouts);
    }

    [PartnerTheory("pymodbus")]
    [InlineData("rtu")]
    [InlineData("ascii")]
    public async Task A_late_answer_never_answers_another_request(string framing)
    {
        using var line = new MeddlingLine { LateEvery = 5 };
        await using var devices = await DevicesAsync(line.DevicePort, framing, 115_200);
        await using var client = NewClient(line.Port, framing, 115_200, timeoutMs: 500);
        await client.ConnectAsync(default);
        var read = 0;
        for (var i = 0; i < 30; i++)
        {
            // The same unit, function and length each time: only the address tells the answers apart, and no answer names it.
            var request = new ModbusReadRequest(1, ModbusFunction.ReadHoldingRegisters, (ushort)(i * 10), 4);
            var data = new byte[8];
            var result = await client.ReadAsync(request, data, default);
            if (result.IsOk)
            {
                Assert.Equal(KnownValues.At(ModbusFunction.ReadHoldingRegisters, i * 10), (data[0] << 8) | data[1]);
                read++;
            }
            else
            {
                Assert.Equal(ModbusStatus.Timeout, result.Status);
            }
        }

        Assert.True(read >= 15, $"{read} of 30 read");
        Assert.True(client.Statistics.LateReplies > 0);
    }

    [PartnerFact("pymodbus", "socat")]
    public async Task An_adapter_pulled_under_load_and_plugged_again_is_read_again()
    {
        using var directory = new TempDirectory();
        await using var client = NewClient(directory.File("ours"), "rtu", 115_200, timeoutMs: 5000);
        for (var life = 0; life < 2; life++)
        {
            await using var cable = await CableAsync(directory);
            await using var devices = await DevicesAsync(directory.File("theirs"), "rtu", 115_200);
            await client.ConnectAsync(default);
            var load = Task.Run(async () =>
            {
                while (client.IsConnected)
                {
                    await client.ReadAsync(new ModbusReadRequest(1, ModbusFunction.ReadHoldingRegisters, 0, 10), new byte[20], default);
                }
            });
            await client.AssertReadsAsync(2, ModbusFunction.ReadInputRegisters, 5, 50);

            // The path stays, what it leads to is another terminal in the next life: as with an adapter addressed by its id.
            cable.Kill();
            await load.WaitAsync(TimeSpan.FromSeconds(60));
            Assert.Contains("adapter is gone", client.DisconnectReason, StringComparison.Ordinal);
            File.Delete(directory.File("ours"));
            var problem = await Assert.ThrowsAsync<ModbusConnectException>(async () => await client.ConnectAsync(default));
            Assert.Contains("there is no serial port", problem.Message, StringComparison.Ordinal);
        }
    }

    private static async Task<PartnerProcess> CableAsync(TempDirectory directory)
    {
        var cable = PartnerProcess.Start(
            "socat", [$"pty,raw,echo=0,link={directory.File("ours")}", $"pty,raw,echo=0,link={directory.File("theirs")}"]);
        await Eventually.TrueAsync(() => File.Exists(directory.File("ours")) && File.Exists(directory.File("theirs")), "both ends of the cable are there");
        return cable;
    }

    private static async Task<PartnerProcess> DevicesAsync(string port, string framing, int baudRate)
    {
        var server = PartnerProcess.Start(
            Partners.Python,
            [RepositoryRoot.Combine("tests", "partners", "pymodbus_server.py"), "--serial", port, "--baud", $"{baudRate}", "--framing", framing, "--units", "1,2,3"]);
        await server.WaitForLineAsync("listening");
        return server;
    }

    private static ModbusClient NewClient(string port, string framing, int baudRate, int timeoutMs) => new(
        new ModbusClientOptions
        {
            Transport = ModbusTransport.Serial(
                new SerialPlace(port, new SerialSettings { BaudRate = baudRate }), framing == "rtu" ? ModbusFraming.Rtu : ModbusFraming.Ascii),
            ResponseTimeoutMs = timeoutMs,
        },
        TimeProvider.System);
}
