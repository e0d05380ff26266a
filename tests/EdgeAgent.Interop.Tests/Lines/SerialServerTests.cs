using EdgeAgent.Protocols.Dlt645;
using EdgeAgent.Protocols.Dlt645.Server;
using EdgeAgent.Protocols.Serial;
using EdgeAgent.Protocols.Serial.Linux;
using EdgeAgent.TestKit;

namespace EdgeAgent.Interop.Tests.Lines;

/// <summary>Meters behind a serial server, which is socat between TCP and their line.</summary>
public sealed class SerialServerTests
{
    [PartnerFact("socat")]
    public async Task Meters_are_read_through_a_serial_server_that_may_restart()
    {
        using var terminal = PseudoTerminal.Open(TimeProvider.System);
        Assert.True(MeterAddress.TryParse("000102030425", out var address));
        var meter = new SimulatedMeter(address);
        meter.Set(0x00010000, () => 1206.42);
        await using var line = new SimulatedMeterLine(terminal.Line, TimeProvider.System).Add(meter);
        line.Start();
        var port = FreePort.Tcp();
        using var client = new Dlt645Client(
            new Dlt645ClientOptions { Place = new TcpPlace("127.0.0.1", port), ResponseTimeoutMs = 2000 }, TimeProvider.System);
        var data = new byte[16];
        for (var life = 0; life < 2; life++)
        {
            await using var server = PartnerProcess.Start(
                "socat", ["-d", "-d", $"tcp-listen:{port},bind=127.0.0.1,reuseaddr", $"file:{terminal.Port},raw,echo=0"]);
            await server.WaitForLineAsync("listening on");
            await client.ConnectAsync(default);
            var result = await client.ReadAsync(Dlt645Version.V2007, address, 0x00010000, data, null, default);
            Assert.Equal(new Dlt645Result(ExchangeStatus.Ok, 4), result);
            Assert.Equal("42061200", Convert.ToHexString(data.AsSpan(0, 4)));
            server.Kill();
            await server.WaitForExitAsync();
            Assert.Equal(ExchangeStatus.Disconnected, (await client.ReadAsync(Dlt645Version.V2007, address, 0x00010000, data, null, default)).Status);
            await Assert.ThrowsAsync<LineOpenException>(async () => await client.ConnectAsync(default));
        }
    }
}
