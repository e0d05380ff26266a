using EdgeAgent.Protocols.Modbus;
using EdgeAgent.Protocols.Modbus.Client;
using EdgeAgent.TestKit;

namespace EdgeAgent.Interop.Tests.Modbus;

/// <summary>Our client against pymodbus servers.</summary>
public sealed class PymodbusTests
{
    [PartnerTheory("pymodbus")]
    [InlineData("mbap", 1)]
    [InlineData("mbap", 8)]
    [InlineData("rtu", 1)]
    [InlineData("ascii", 1)]
    [InlineData("udp", 1)]
    public async Task Everything_reads_right(string way, int inFlight)
    {
        var port = FreePort.Tcp();
        await using var server = await StartAsync(port, way);
        await using var client = NewClient(way, port, inFlight);
        await client.ConnectAsync(CancellationToken.None);

        foreach (byte unit in new byte[] { 1, 2, 247 })
        {
            await client.AssertEverythingAsync(unit);
        }

        await client.AssertPipelinesAsync(2, callers: 8, each: 50);
        Assert.Equal(0, client.Statistics.UnexpectedFrames);
        Assert.Equal(0, client.Statistics.DiscardedBytes);
    }

    [PartnerTheory("pymodbus")]
    [InlineData("mbap")]
    [InlineData("rtu")]
    public async Task The_identity_comes_in_parts(string way)
    {
        var port = FreePort.Tcp();
        await using var server = await StartAsync(port, way);
        await using var client = NewClient(way, port);
        await client.ConnectAsync(CancellationToken.None);

        var identity = await client.ReadIdentityAsync(1, CancellationToken.None);

        Assert.Equal("pymodbus", identity!.VendorName);
        Assert.Equal("PM", identity.ProductCode);
        Assert.Equal("3.0", identity.Revision);
        Assert.StartsWith("interop partner", identity.ProductName);
        Assert.StartsWith("model mmm", identity.ModelName);
    }

    [PartnerFact("pymodbus")]
    public async Task A_server_that_stops_and_comes_back_is_read_again()
    {
        var port = FreePort.Tcp();
        await using var client = NewClient("mbap", port);
        for (var life = 0; life < 3; life++)
        {
            await using var server = await StartAsync(port, "mbap");
            await client.ConnectAsync(CancellationToken.None);
            await client.AssertReadsAsync(1, ModbusFunction.ReadHoldingRegisters, 100, 100);
            server.Kill();
            await Eventually.TrueAsync(() => !client.IsConnected, "the client notices");
            Assert.Equal(
                ModbusStatus.Disconnected,
                (await client.ReadAsync(new ModbusReadRequest(1, ModbusFunction.ReadHoldingRegisters, 0, 1), new byte[2], CancellationToken.None)).Status);
            await Assert.ThrowsAsync<ModbusConnectException>(async () => await client.ConnectAsync(CancellationToken.None));
        }
    }

    [PartnerFact("pymodbus")]
    public async Task A_server_that_freezes_times_out_and_its_late_answers_are_discarded()
    {
        var port = FreePort.Tcp();
        await using var server = await StartAsync(port, "mbap");
        await using var client = NewClient("mbap", port, timeoutMs: 1500);
        await client.ConnectAsync(CancellationToken.None);
        server.Freeze();
        for (var i = 0; i < 3; i++)
        {
            var result = await client.ReadAsync(new ModbusReadRequest(1, ModbusFunction.ReadHoldingRegisters, (ushort)i, 10), new byte[20], CancellationToken.None);
            Assert.Equal(ModbusStatus.Timeout, result.Status);
        }

        server.Thaw();
        await Eventually.TrueAsync(() => client.Statistics.LateReplies == 3, "the late answers come");
        await client.AssertReadsAsync(1, ModbusFunction.ReadHoldingRegisters, 100, 10);
        Assert.Equal(1, client.Statistics.Connects);
    }

    private static async Task<PartnerProcess> StartAsync(int port, string way)
    {
        string[] arguments =
        [
            RepositoryRoot.Combine("tests", "partners", "pymodbus_server.py"), "--port", $"{port}", "--units", "1,2,247",
            .. way == "udp" ? (string[])["--udp"] : ["--framing", way],
        ];
        var server = PartnerProcess.Start(Partners.Python, arguments);
        await server.WaitForLineAsync("listening");
        return server;
    }

    private static ModbusClient NewClient(string way, int port, int inFlight = 1, int timeoutMs = 30_000) => new(
        new ModbusClientOptions
        {
            Transport = way switch
            {
                "rtu" => ModbusTransport.RtuOverTcp("127.0.0.1", port),
                "ascii" => ModbusTransport.AsciiOverTcp("127.0.0.1", port),
                "udp" => ModbusTransport.Udp("127.0.0.1", port),
                _ => ModbusTransport.Tcp("127.0.0.1", port),
            },
            MaxInFlight = inFlight,
            ResponseTimeoutMs = timeoutMs,
        },
        TimeProvider.System);
}
