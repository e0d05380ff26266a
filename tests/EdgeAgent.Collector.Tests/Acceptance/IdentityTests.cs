using System.Net;
using System.Net.Sockets;
using EdgeAgent.Collector.Acceptance;
using EdgeAgent.Collector.Agent;
using EdgeAgent.Collector.Tests.Drivers;
using EdgeAgent.Collector.Tests.Drivers.Http;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Protocols.Cjt188;
using EdgeAgent.Protocols.Cjt188.Server;
using EdgeAgent.Protocols.Dlt645;
using EdgeAgent.Protocols.Dlt645.Server;
using EdgeAgent.Protocols.Serial.Linux;
using EdgeAgent.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Collector.Tests.Acceptance;

/// <summary>Who a device says that it is, from the wire to the record of its acceptance.</summary>
public sealed class IdentityTests
{
    [Fact]
    public async Task A_meter_tells_its_number_asset_and_type()
    {
        using PseudoTerminal terminal = PseudoTerminal.Open(TimeProvider.System);
        Assert.True(MeterAddress.TryParse("000102030425", out MeterAddress address));
        var meter = new SimulatedMeter(address) { ReplyDelay = TimeSpan.FromMilliseconds(1) };
        meter.Set(0x00010000, () => 1206.42);
        meter.Set(0x04000402, () => [0x25, 0x04, 0x03, 0x02, 0x01, 0x00]);
        meter.Set(0x04000403, () => [.. "\0\0\0\0"u8, .. "7-SA"u8]);
        await using var line = new SimulatedMeterLine(terminal.Line, TimeProvider.System).Add(meter);
        line.Start();
        IReadOnlyDictionary<string, string> identity = await AcceptAsync(
            "dlt645", $$"""{"serial":{"port":"{{terminal.Port}}"},"pauseMs":1}""", """{"address":"000102030425"}""", "00010000");
        Assert.Equal(["address=000102030425", "asset number=AS-7", "meter number=000102030425"], Texts(identity));
    }

    [Fact]
    public async Task A_water_meter_that_is_alone_tells_its_address()
    {
        using PseudoTerminal terminal = PseudoTerminal.Open(TimeProvider.System);
        Assert.True(Cjt188Address.TryParse("12345678", out Cjt188Address address));
        await using var meter = new SimulatedCjt188Meter(new Cjt188Meter(0x10, address), terminal.Line, TimeProvider.System)
        {
            ReplyDelay = TimeSpan.FromMilliseconds(1), Data = Convert.FromHexString("674523012C" + "000000002C" + "00000001012620" + "0000"),
        };
        meter.Start();
        IReadOnlyDictionary<string, string> identity = await AcceptAsync(
            "cjt188", $$"""{"serial":{"port":"{{terminal.Port}}"},"pauseMs":1}""", """{"address":"12345678"}""", "volume");
        Assert.Equal(["address=00000012345678", "meter type=10"], Texts(identity));
    }

    [Fact]
    public async Task A_controller_tells_the_name_of_its_cpu()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task serving = Task.Run(async () =>
        {
            using TcpClient client = await listener.AcceptTcpClientAsync();
            NetworkStream stream = client.GetStream();
            byte[] request = new byte[21];
            while (await stream.ReadAtLeastAsync(request.AsMemory(0, 9), 9, throwOnEndOfStream: false) == 9)
            {
                await stream.ReadExactlyAsync(request.AsMemory(9, request[7]));
                byte[] body = request[12] == 0x01 ? [0, 0, .. "Q03UDVCPU       "u8, 0x66, 0x03] : [0, 0, 0x92, 0x10];
                await stream.WriteAsync((byte[])[0xD0, 0, 0, 0xFF, 0xFF, 3, 0, (byte)body.Length, 0, .. body]);
            }
        });
        IReadOnlyDictionary<string, string> identity = await AcceptAsync(
            "melsec", $$"""{"host":"127.0.0.1","port":{{((IPEndPoint)listener.LocalEndpoint).Port}}}""", "{}", "D0");
        Assert.Equal(["cpu model code=0366H", "cpu model=Q03UDVCPU"], Texts(identity));
        await serving.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_machine_behind_an_agent_tells_its_maker_and_number()
    {
        const string header = """<Header instanceId="1" version="1.7" nextSequence="2"/>""";
        await using var server = new ScriptedHttpServer
        {
            Answer = target => ScriptedHttpServer.Ok(target.StartsWith("/probe", StringComparison.Ordinal)
                ? $"""<MTConnectDevices>{header}<Devices><Device id="d" name="VMC" uuid="u-77"><Description manufacturer="SIM" model="VMC-850" serialNumber="S-5">mill</Description><DataItems><DataItem id="x1" type="POSITION" category="SAMPLE"/></DataItems></Device></Devices></MTConnectDevices>"""
                : $"""<MTConnectStreams>{header}<Streams><DeviceStream name="VMC" uuid="u-77"><ComponentStream component="Device" componentId="d"><Samples><Position dataItemId="x1" sequence="1" timestamp="2025-01-01T00:00:00Z">1</Position></Samples></ComponentStream></DeviceStream></Streams></MTConnectStreams>"""),
        };
        IReadOnlyDictionary<string, string> identity = await AcceptAsync("mtconnect", $$"""{"url":"{{server.Url}}"}""", "{}", "x1");
        Assert.Equal(["manufacturer=SIM", "model=VMC-850", "name=VMC", "serial number=S-5", "uuid=u-77"], Texts(identity));
        IReadOnlyDictionary<string, string> sampled = await AcceptAsync("mtconnect", $$"""{"url":"{{server.Url}}","mode":"sample"}""", "{}", "x1");
        Assert.Equal(identity, sampled);
    }

    [Fact]
    public async Task A_server_of_json_has_nothing_to_tell_of_itself()
    {
        await using var server = new ScriptedHttpServer { Answer = _ => ScriptedHttpServer.Ok("""{"v":1}""") };
        Assert.Empty(await AcceptAsync("http-json", $$"""{"url":"{{server.Url}}"}""", """{"requests":[{"path":"live"}]}""", "$.v"));
    }

    private static IEnumerable<string> Texts(IReadOnlyDictionary<string, string> identity) => identity.Select(field => $"{field.Key}={field.Value}").Order(StringComparer.Ordinal);

    private static async Task<IReadOnlyDictionary<string, string>> AcceptAsync(string driver, string settings, string device, string address)
    {
        using var directory = new TempDirectory();
        var agent = new AgentConfig
        {
            Id = "gw",
            DataDirectory = directory.Path,
            ScanClasses = new Dictionary<string, ScanClassConfig> { [ScanClassConfig.DefaultName] = new() { IntervalMs = 100 } },
            Publishers = [],
            Endpoints = [new EndpointConfig { Name = "e", Driver = driver, Settings = DriverAgent.Json(settings), Devices = [DriverAgent.Device("d", device, DriverAgent.Tag("t", address))] }],
        };
        AcceptanceRecord record = await AcceptanceTest.RunAsync(
            "site", agent, new AgentServices { Loggers = NullLoggerFactory.Instance }, "d", new AcceptanceOptions { Count = 1 }, CancellationToken.None);
        Assert.Equal(1, record.Tags[0].Good);
        return record.Identity;
    }
}
