using System.Net;
using System.Net.Sockets;
using System.Text;
using EdgeAgent.Collector.Agent;
using EdgeAgent.Collector.Drivers;
using EdgeAgent.Collector.Drivers.Frames;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Serial;
using EdgeAgent.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

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
    [InlineData(0, "7.5")] // The device was sending already: "12" may have been cut off.
    [InlineData(150, "34.5 7.5")] // It was silent before, so this is a frame.
    public async Task The_rest_of_a_frame_that_began_before_the_line_was_opened_is_no_frame(int silentMs, string expected)
    {
        var time = new FakeTimeProvider();
        Assert.Equal(expected, await ReadAsync("\\r\\n", time, new ModelLine(() => time.Advance(TimeSpan.FromMilliseconds(silentMs)), "34.", "5\r\n", "7.5\r\n")));
    }

    [Fact]
    public async Task The_rest_of_a_frame_that_is_too_long_is_no_frame()
    {
        var time = new FakeTimeProvider();
        Assert.Equal("1 BadDecodingError 7.5", await ReadAsync("\\r\\n", time, new ModelLine(() => time.Advance(TimeSpan.FromSeconds(1)), "1\r\n", new string('2', 9), new string('3', 9), ".5\r\n", "7.5\r\n")));
    }

    [Fact]
    public void A_machine_that_is_held_up_for_a_second_loses_no_frame()
    {
        var errors = new ConfigErrors();
        var config = new EndpointConfig
        {
            Name = "frames", Driver = "frames-tcp", Settings = DriverAgent.Json("""{"host":"h","port":1,"framing":{"end":"\\n"} }"""),
            Devices = [DriverAgent.Device("d", """{"match":"S","pattern":"(?<v>[0-9.]+)"}""", DriverAgent.Tag("v", "v"))],
        };
        FrameDevice device = ((FramesPlan?)FramesDriverFactory.Tcp.Compile(config, ConfigPath.Root, errors))!.FrameDevices[0];
        Assert.All([device.Match!, device.Pattern!], pattern => Assert.True(pattern.MatchTimeout >= TimeSpan.FromSeconds(5)));
    }

    /// <summary>What is read of a serial line with frames of sixteen bytes at most.</summary>
    private static async Task<string> ReadAsync(string end, FakeTimeProvider time, ModelLine line)
    {
        var errors = new ConfigErrors();
        var config = new EndpointConfig
        {
            Name = "frames", Driver = "frames-serial", Settings = DriverAgent.Json($$$"""{"serial":{"port":"/dev/model"},"framing":{"end":"{{{end}}}","sizeMax":16} }"""),
            Devices = [DriverAgent.Device("d", """{"pattern":"(?<v>[0-9.]+)"}""", DriverAgent.Tag("v", "v"))],
        };
        var plan = (FramesPlan?)FramesDriverFactory.Serial.Compile(config, ConfigPath.Root, errors);
        Assert.Empty(errors);
        await using IPushedEndpoint endpoint = plan!.Open(new EndpointServices([new ScanGroup(0, 0, 1000, [0])], time, NullLoggerFactory.Instance), line);
        await endpoint.ConnectAsync(CancellationToken.None);
        var all = new List<string>();
        while (all is not [.., "7.5"])
        {
            var batch = new ReadingBatch();
            await endpoint.ReceiveAsync(batch, CancellationToken.None).AsTask().WaitAsync(TimeSpan.FromSeconds(60));
            all.AddRange(batch.Readings.ToArray().Select(reading => reading.Quality.IsGood ? FormattableString.Invariant($"{reading.ToDouble()}") : reading.Quality.ToString()));
        }

        return string.Join(' ', all);
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

    /// <summary>Brings piece after piece.</summary>
    private sealed class ModelLine(Action before, params string[] pieces) : ILine, ILineOpener
    {
        private readonly Queue<string> _pieces = new(pieces);

        public string Name => "model";

        public bool IsOpen => true;

        public ValueTask<ILine> OpenAsync(LinePlace place, CancellationToken cancellation) => ValueTask.FromResult<ILine>(this);

        public ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes, TimeSpan silence, CancellationToken cancellation) => ValueTask.FromResult(bytes.Length);

        public async ValueTask<int> ReceiveAsync(Memory<byte> buffer, TimeSpan timeout, CancellationToken cancellation)
        {
            if (!_pieces.TryDequeue(out string? piece))
            {
                await Task.Delay(Timeout.Infinite, cancellation);
            }

            before();
            return Encoding.ASCII.GetBytes(piece, buffer.Span);
        }

        public void DiscardInput()
        {
        }

        public void Close()
        {
        }

        public void Dispose()
        {
        }
    }
}
