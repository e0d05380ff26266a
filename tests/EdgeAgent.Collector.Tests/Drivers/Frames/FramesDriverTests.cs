using System.Net;
using System.Net.Sockets;
using System.Text;
using EdgeAgent.Collector.Agent;
using EdgeAgent.Collector.Drivers;
using EdgeAgent.Collector.Drivers.Frames;
using EdgeAgent.Core.Configuration;
using EdgeAgent.TestKit;

namespace EdgeAgent.Collector.Tests.Drivers.Frames;

/// <summary>From the bytes of a device to what lies in the buffer.</summary>
public sealed class FramesDriverTests
{
    [Fact]
    public void The_sample_beside_the_driver_is_right()
    {
        (AppConfig? config, ConfigErrors errors) = ConfigFile.Load(RepositoryRoot.Combine("src", "EdgeAgent.Collector", "Drivers", "Frames", "sample.json"));
        Assert.Empty(errors);
        PlantCompiler.Check(config!.Agent!, DriverRegistry.CreateDefault(), errors);
        Assert.Empty(errors);
    }

    [Fact]
    public async Task A_scale_that_prints_lies_stalls_and_hangs_up()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        await using DriverAgent agent = await new DriverAgent(
            "frames-tcp",
            $$$"""{"host":"127.0.0.1","port":{{{((IPEndPoint)server.LocalEndpoint).Port}}},"encoding":"gbk","framing":{"end":"\\r\\n"}}""",
            DriverAgent.Device("scale", """{"pattern":"^(?<state>\\w+),(?<weight>[-+] *[0-9.]+) *kg(,(?<name>.*))?"}""",
                DriverAgent.Tag("weight", "weight"), DriverAgent.Tag("state", "state", TagType.String)))
        {
            IntervalMs = 300,
        }.StartAsync();
        using (TcpClient scale = await server.AcceptTcpClientAsync().WaitAsync(TimeSpan.FromSeconds(60)))
        {
            NetworkStream stream = scale.GetStream();
            await SendUntilAsync(stream, "ST,+ 12.5 kg,\u79E4\r\n", () => agent.Device("scale").Counts.Good >= 2);
            await SendUntilAsync(stream, "rubbish\r\n", () => agent.Device("scale").Counts.Bad >= 2 && agent.Device("scale").Problem is not null);
            long missed = agent.Device("scale").Counts.Missed;
            await agent.UntilAsync(_ => agent.Device("scale").Counts.Missed >= missed + 4, "silence is missed");
        }

        using TcpClient again = await server.AcceptTcpClientAsync().WaitAsync(TimeSpan.FromSeconds(60));
        await SendUntilAsync(again.GetStream(), "US,-0.5kg\r\n", () => agent.Device("scale").Online && agent.Device("scale").Problem is null);
        await agent.UntilMoreGoodAsync("scale", 0);

        List<(string Tag, string Value, long Ticks)> stored = await agent.StopAsync();
        Assert.Contains(("weight", "12.5"), stored.Select(item => (item.Tag, item.Value)));
        Assert.Contains(("weight", "-0.5"), stored.Select(item => (item.Tag, item.Value)));
        Assert.Contains(("weight", "BadDecodingError"), stored.Select(item => (item.Tag, item.Value)));
        Assert.Contains(("state", "ST"), stored.Select(item => (item.Tag, item.Value)));
    }

    [Fact]
    public async Task A_gauge_that_is_asked_with_a_checksum()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        await using DriverAgent agent = await new DriverAgent(
            "frames-tcp",
            $$$"""
            {"host":"127.0.0.1","port":{{{((IPEndPoint)server.LocalEndpoint).Port}}},
             "poll":{"command":"hex:680100","checksum":{"kind":"crc16modbus"},"intervalMs":50},
             "framing":{"start":"\\x68","lengthField":{"offset":1,"add":4},"checksum":{"kind":"crc16modbus"} } }
            """,
            DriverAgent.Device("gauge", "{}", new TagConfig { Name = "mm", Address = "@2", Type = TagType.Float32, Order = "DCBA" })).StartAsync();
        using TcpClient gauge = await server.AcceptTcpClientAsync().WaitAsync(TimeSpan.FromSeconds(60));
        NetworkStream stream = gauge.GetStream();
        byte[] command = new byte[5];
        byte[] answer = [0x68, 4, .. BitConverter.GetBytes(1.25f), 0, 0];
        new EdgeAgent.Protocols.Frames.Checksum(EdgeAgent.Protocols.Frames.ChecksumKind.Crc16Modbus, 0, true).Write(answer.AsSpan(0, 6), answer.AsSpan(6));
        for (int i = 0; i < 40; i++)
        {
            await stream.ReadExactlyAsync(command).AsTask().WaitAsync(TimeSpan.FromSeconds(60));
            Assert.Equal("680100F18C", Convert.ToHexString(command), ignoreCase: true);
            byte[] sent = [.. answer];
            sent[6] ^= (byte)(i == 20 ? 1 : 0);
            await stream.WriteAsync(sent);
        }

        await agent.UntilAsync(_ => agent.Device("gauge").Counts.Good >= 5, "good readings");
        List<(string Tag, string Value, long Ticks)> stored = await agent.StopAsync();

        // The last answer or two may lie in the socket still when the agent stops.
        Assert.InRange(stored.Count(item => item.Value == "1.25"), 37, 39);
        Assert.Equal(1, stored.Count(item => item.Value == "BadDecodingError"));
    }

    [Fact]
    public async Task Scanners_that_dial_in_are_told_apart()
    {
        int port = FreePort.Tcp();
        await using DriverAgent agent = await new DriverAgent(
            "frames-listen",
            $$$"""{"bind":"127.0.0.1","port":{{{port}}},"framing":{"start":"\\x02","end":"\\x03"}}""",
            DriverAgent.Device("one", """{"match":"^.S1"}""", DriverAgent.Tag("code1", "@3:4", TagType.String)),
            DriverAgent.Device("two", """{"match":"^.S2"}""", DriverAgent.Tag("code2", "@3:4", TagType.Int32))).StartAsync();
        await Eventually.PortOpenAsync(port);
        using var first = new TcpClient("127.0.0.1", port);
        using var second = new TcpClient("127.0.0.1", port);
        await SendUntilAsync(first.GetStream(), "\u0002S1AB12", () => true);
        await SendUntilAsync(second.GetStream(), "\u0002S20042\u0003", () => agent.Device("two").Counts.Good > 0);
        await SendUntilAsync(first.GetStream(), "\u0003\u0002S1AB12", () => agent.Device("one").Counts.Good > 0);
        List<(string Tag, string Value, long Ticks)> stored = await agent.StopAsync();
        Assert.Contains(("code1", "AB12"), stored.Select(item => (item.Tag, item.Value)));
        Assert.Contains(("code2", "42"), stored.Select(item => (item.Tag, item.Value)));
    }

    [Theory]
    [InlineData("""{"port":1,"host":"h","framing":{}}""", "{}", "x", "nothing tells where a frame ends")]
    [InlineData("""{"port":1,"host":"h","framing":{"end":"\\q"}}""", "{}", "@1", "cannot be read as bytes")]
    [InlineData("""{"port":1,"host":"h","framing":{"end":"\\n"}}""", """{"pattern":"(?=x)(?<a>1)"}""", "a", "lookaround")]
    [InlineData("""{"port":1,"host":"h","framing":{"end":"\\n"}}""", """{"pattern":"(?<a>1)"}""", "b", "no group 'b'")]
    [InlineData("""{"port":1,"host":"h","framing":{"end":"\\n"}}""", "{}", "@x", "is no place")]
    [InlineData("""{"framing":{"end":"\\n"}}""", "{}", "@1", "missing")]
    [InlineData("""{"port":1,"host":"h","encoding":"klingon","framing":{"end":"\\n"}}""", "{}", "@1", "no encoding")]
    public void Mistakes_are_told(string settings, string device, string address, string expected)
    {
        var errors = new ConfigErrors();
        var endpoint = new EndpointConfig
        {
            Name = "frames", Driver = "frames-tcp", Settings = DriverAgent.Json(settings),
            Devices = [DriverAgent.Device("d", device, DriverAgent.Tag("t", address))],
        };
        Assert.Null(FramesDriverFactory.Tcp.Compile(endpoint, ConfigPath.Root, errors));
        Assert.Contains(errors, error => (error.Problem + error.Expected).Contains(expected, StringComparison.Ordinal));
    }

    private static Task SendUntilAsync(NetworkStream stream, string text, Func<bool> condition) => Eventually.TrueAsync(
        async () =>
        {
            await stream.WriteAsync(CodePagesEncodingProvider.Instance.GetEncoding("gb18030")!.GetBytes(text));
            return condition();
        },
        text + " has its effect");
}
