using System.Net;
using System.Net.Sockets;
using System.Text;
using EdgeAgent.Collector.LastFrames;
using EdgeAgent.TestKit;

namespace EdgeAgent.Collector.Tests.Drivers.Frames;

/// <summary>What is seen of a device whose framing is configured wrong: the very case for which one looks at frames.</summary>
public sealed class FramesShownTests
{
    [Fact]
    public async Task With_another_end_of_line_all_that_came_is_shown_as_no_whole_frame()
    {
        await using Line line = await Line.OpenAsync("""{"end":"\\r\\n"}""", """{"pattern":"(?<v>[0-9.]+)"}""", "v");
        await line.SendAsync("ST,+ 21.5 kg\n");
        WireFrame half = await line.SeesAsync(frame => frame.Meaning == "no whole frame yet" && frame.Bytes == 13);
        Assert.Equal("ST,+ 21.5 kg\u240A", half.Text);

        await line.SendAsync("\r\n");
        WireFrame whole = await line.SeesAsync(frame => frame.Meaning is null);
        Assert.Equal("ST,+ 21.5 kg\u240A\n\u240D\u240A", whole.Text);
        Assert.DoesNotContain(line.Frames, frame => frame.Meaning == "no whole frame yet");
    }

    [Fact]
    public async Task With_another_start_what_is_passed_over_is_shown()
    {
        await using Line line = await Line.OpenAsync("""{"start":"\\x02","length":4}""", "{}", "@1");
        await line.SendAsync("\u0006\u0007\u0008");
        await line.SeesAsync(frame => frame.Meaning!.StartsWith("no frame", StringComparison.Ordinal) && Convert.ToHexString(frame.Start.Span) == "060708");
        await line.SendAsync("\u0009\u0002\u0001\u0001\u0003");
        await line.SeesAsync(frame => frame is { Meaning: null, Bytes: 5 or 4 });
    }

    /// <summary>A device that dials nobody: the agent connects to it.</summary>
    private sealed class Line : IAsyncDisposable
    {
        private readonly TcpListener _server = new(IPAddress.Loopback, 0);
        private DriverAgent _agent = null!;
        private TcpClient _device = null!;

        public IReadOnlyList<WireFrame> Frames => _agent.Device("d").ReadFrames!();

        public static async Task<Line> OpenAsync(string framing, string device, string address)
        {
            var line = new Line();
            line._server.Start();
            line._agent = await new DriverAgent(
                "frames-tcp", $$"""{"host":"127.0.0.1","port":{{((IPEndPoint)line._server.LocalEndpoint).Port}},"framing":{{framing}} }""",
                DriverAgent.Device("d", device, DriverAgent.Tag("v", address, address == "v" ? null : Core.Configuration.TagType.UInt16))).StartAsync();
            line._device = await line._server.AcceptTcpClientAsync().WaitAsync(TimeSpan.FromSeconds(60));
            return line;
        }

        public async Task SendAsync(string text) => await _device.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text));

        public async Task<WireFrame> SeesAsync(Func<WireFrame, bool> wanted)
        {
            await _agent.UntilAsync(_ => Frames.Any(wanted), "the frame is shown");
            return Frames.First(wanted);
        }

        public async ValueTask DisposeAsync()
        {
            _device.Dispose();
            await _agent.DisposeAsync();
            _server.Dispose();
        }
    }
}
