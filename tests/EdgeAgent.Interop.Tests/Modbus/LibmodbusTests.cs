using EdgeAgent.Protocols.Modbus;
using EdgeAgent.Protocols.Modbus.Client;
using EdgeAgent.TestKit;

namespace EdgeAgent.Interop.Tests.Modbus;

/// <summary>Our client against libmodbus servers.</summary>
public sealed class LibmodbusTests
{
    [PartnerTheory("libmodbus")]
    [InlineData(1, false)]
    [InlineData(16, false)]
    [InlineData(16, true)]
    public async Task Everything_reads_right(int inFlight, bool coalesce)
    {
        var port = FreePort.Tcp();
        await using var server = await LibmodbusServer.StartAsync("tcp", $"{port}");
        await using var client = NewClient(ModbusTransport.Tcp("127.0.0.1", port), inFlight, coalesce);
        await client.ConnectAsync(CancellationToken.None);

        await client.AssertEverythingAsync(1);
        await client.AssertPipelinesAsync(1, callers: 16, each: 200);

        // libmodbus does not know function 43: a refusal, and nothing else.
        Assert.Null(await client.ReadIdentityAsync(1, CancellationToken.None));
        await client.AssertReadsAsync(1, ModbusFunction.ReadHoldingRegisters, 0, 125);
        Assert.Equal(0, client.Statistics.UnexpectedFrames);
    }

    [PartnerFact("libmodbus")]
    public async Task A_server_that_stops_and_comes_back_is_read_again()
    {
        var port = FreePort.Tcp();
        await using var client = NewClient(ModbusTransport.Tcp("127.0.0.1", port));
        for (var life = 0; life < 5; life++)
        {
            await using var server = await LibmodbusServer.StartAsync("tcp", $"{port}");
            await client.ConnectAsync(CancellationToken.None);
            await client.AssertReadsAsync(1, ModbusFunction.ReadInputRegisters, 100, 100);
            server.Kill();
            await Eventually.TrueAsync(() => !client.IsConnected, "the client notices");
        }
    }

    /// <summary>socat is the serial server: TCP on our side, a pseudo-terminal on libmodbus' side.</summary>
    [PartnerFact("libmodbus", "socat")]
    public async Task Rtu_through_a_serial_server()
    {
        using var directory = new TempDirectory();
        var tty = directory.File("tty");
        var port = FreePort.Tcp();
        await using var serialServer = PartnerProcess.Start("socat", ["-d", "-d", $"tcp-listen:{port},bind=127.0.0.1,reuseaddr", $"pty,link={tty},raw,echo=0,wait-slave"]);
        await serialServer.WaitForLineAsync("listening on");
        await using var client = NewClient(ModbusTransport.RtuOverTcp("127.0.0.1", port));
        await client.ConnectAsync(CancellationToken.None);
        await Eventually.TrueAsync(() => File.Exists(tty), "the terminal exists");
        await using var server = await LibmodbusServer.StartAsync("rtu", tty, "9");

        await client.AssertEverythingAsync(9);

        Assert.Equal(0, client.Statistics.Timeouts);
    }

    private static ModbusClient NewClient(ModbusTransport transport, int inFlight = 1, bool coalesce = false) => new(
        new ModbusClientOptions { Transport = transport, MaxInFlight = inFlight, CoalesceRequests = coalesce, ResponseTimeoutMs = 30_000 },
        TimeProvider.System);
}
