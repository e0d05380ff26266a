using System.Globalization;
using System.Net.Sockets;
using System.Text;
using EdgeAgent.Collector.Agent;
using EdgeAgent.Collector.Drivers;
using EdgeAgent.Collector.Drivers.Hj212;
using EdgeAgent.Collector.LastFrames;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Protocols.Hj212;
using EdgeAgent.TestKit;

namespace EdgeAgent.Collector.Tests.Drivers.Hj212;

/// <summary>From the packets of loggers to what lies in the buffer.</summary>
public sealed class Hj212DriverTests
{
    private int _request;

    [Fact]
    public void The_sample_beside_the_driver_is_right()
    {
        (AppConfig? config, ConfigErrors errors) = ConfigFile.Load(
            RepositoryRoot.Combine("src", "EdgeAgent.Collector", "Drivers", "Hj212", "sample.json"), _ => "123456");
        Assert.Empty(errors);
        PlantCompiler.Check(config!.Agent!, DriverRegistry.CreateDefault(), errors);
        Assert.Empty(errors);
    }

    [Fact]
    public async Task Loggers_that_dial_in_answer_lie_stall_and_vanish()
    {
        int port = FreePort.Tcp();
        await using DriverAgent agent = await new DriverAgent(
            "hj212-listen",
            $$$"""{"bind":"127.0.0.1","port":{{{port}}}}""",
            DriverAgent.Device("stack", """{"mn":"STACK1","password":"123456"}""",
                DriverAgent.Tag("dust", "a34013-Rtd"), DriverAgent.Tag("SO2", "a21026-Rtd"), DriverAgent.Tag("SO2m", "2051:a21026-Avg")),
            DriverAgent.Device("water", """{"mn":"WATER1"}""", DriverAgent.Tag("COD", "w01018-Rtd"))).StartAsync();
        await Eventually.PortOpenAsync(port);
        using (var stack = new TcpClient("127.0.0.1", port))
        using (var water = new TcpClient("127.0.0.1", port))
        {
            // Two parts, the second without a time of its own; both are answered, and a repetition is answered and not taken.
            string request = NextRequest();
            string first = $"QN={request};ST=31;CN=2011;PW=123456;MN=STACK1;Flag=7;PNUM=2;PNO=1;CP=&&DataTime={Now()};a34013-Rtd=1.5,a34013-Flag=N&&";
            await ExchangeAsync(stack, first, request);
            await ExchangeAsync(stack, first, request);
            await ExchangeAsync(stack, $"QN={request};ST=31;CN=2011;PW=123456;MN=STACK1;Flag=7;PNUM=2;PNO=2;CP=&&a21026-Rtd=20.5,a21026-Flag=D&&", request);
            await ExchangeAsync(stack, $"QN={request = NextRequest()};ST=31;CN=2051;PW=123456;MN=STACK1;Flag=5;CP=&&DataTime={Now()};a21026-Avg=21.5,a21026-Flag=N&&", request);

            await SendAsync(water, $"QN={NextRequest()};ST=21;CN=2011;PW=9;MN=WATER1;Flag=4;CP=&&DataTime={Now()};w01018-Rtd=40,w01018-Flag=T&&");
            await SendAsync(water, $"QN={NextRequest()};ST=21;CN=2011;PW=9;MN=WATER1;Flag=4;CP=&&DataTime=20200101000000;w01018-Rtd=39&&");
            await SendAsync(water, $"QN={NextRequest()};ST=21;CN=2011;PW=9;MN=STRANGE;Flag=4;CP=&&DataTime={Now()};w01018-Rtd=41&&");
            await SendAsync(water, $"QN={NextRequest()};ST=21;CN=2011;PW=9;MN=STACK1;Flag=4;CP=&&DataTime={Now()};a34013-Rtd=999&&");
            byte[] broken = Hj212Frame.Write(Encoding.ASCII.GetBytes($"QN={NextRequest()};ST=21;CN=2011;PW=9;MN=WATER1;Flag=4;CP=&&w01018-Rtd=7&&"));
            broken[30] ^= 1;
            await water.GetStream().WriteAsync(broken);
            await agent.UntilAsync(snapshot => snapshot.Seen.Any(seen => seen.Device.Name == "STRANGE"), "the stranger is seen");
            await agent.UntilAsync(_ => agent.Device("stack").Problem?.Contains("password", StringComparison.Ordinal) == true, "the wrong password is told");
            await agent.UntilAsync(_ => agent.Device("water").Problem?.Contains("check", StringComparison.Ordinal) == true, "the wrong check is told");
            CheckFrames(agent);
            await agent.UntilAsync(_ => !agent.Device("water").Online && agent.Device("water").Counts.Missed > 10, "silence is missed");
        }

        using var again = new TcpClient("127.0.0.1", port);
        await SendAsync(again, $"QN={NextRequest()};ST=21;CN=2011;PW=9;MN=WATER1;Flag=4;CP=&&DataTime={Now()};w01018-Rtd=42&&");
        await agent.UntilAsync(_ => agent.Device("water").Counts.Good > 0, "the logger is back");

        List<(string Tag, string Value, long Ticks)> stored = await agent.StopAsync();
        string[] all = [.. stored.Select(item => $"{item.Tag}={item.Value}")];
        Assert.Single(all, "dust=1.5");
        Assert.Contains("SO2=BadDeviceFailure", all);
        Assert.Contains("SO2m=21.5", all);
        Assert.Contains("COD=UncertainEngineeringUnitsExceeded", all);
        Assert.Contains("COD=39", all);
        Assert.Contains("COD=BadDecodingError", all);
        Assert.Contains("COD=42", all);
        Assert.DoesNotContain("dust=999", all);
    }

    /// <summary>Packets, answers, what is broken and what a stranger sent, all of them without any password, the stranger's too.</summary>
    private static void CheckFrames(DriverAgent agent)
    {
        IReadOnlyList<WireFrame> stack = agent.Device("stack").ReadFrames!(), water = agent.Device("water").ReadFrames!();
        Assert.Equal(4, stack.Count(frame => frame.Sent && frame.Meaning == "data taken" && frame.Text!.Contains(";PW=******;", StringComparison.Ordinal)));
        Assert.Contains(stack, frame => !frame.Sent && frame.Text!.Contains(";PW=*;MN=STACK1;", StringComparison.Ordinal));
        Assert.Contains(stack, frame => !frame.Sent && frame.Meaning == "data of minutes");
        Assert.Contains(water, frame => frame.Meaning == "no packet: noise, a wrong length or check" && frame.Text!.Contains("MN=WATER1", StringComparison.Ordinal));
        Assert.Contains(water, frame => frame.Text!.Contains("MN=STRANGE", StringComparison.Ordinal));
        Assert.All([.. stack, .. water], frame => Assert.DoesNotMatch("PW=[0-9]", Encoding.ASCII.GetString(frame.Start.Span)));
        Assert.All(agent.Agent.Snapshot().Seen, seen => Assert.DoesNotMatch("PW=[0-9]", seen.Device.Example));
    }

    [Theory]
    [InlineData("""{}""", """{"mn":"M"}""", "a-Rtd", "missing")]
    [InlineData("""{"port":1}""", """{"mn":""}""", "a-Rtd", "is no MN")]
    [InlineData("""{"port":1}""", """{"mn":"M"}""", "x:a", "names no item")]
    [InlineData("""{"port":1,"bind":"nowhere"}""", """{"mn":"M"}""", "a-Rtd", "no IP address")]
    public void Mistakes_are_told(string settings, string device, string address, string expected)
    {
        var errors = new ConfigErrors();
        var endpoint = new EndpointConfig
        {
            Name = "loggers", Driver = "hj212-listen", Settings = DriverAgent.Json(settings),
            Devices = [DriverAgent.Device("d", device, DriverAgent.Tag("t", address))],
        };
        Assert.Null(Hj212DriverFactory.Listen.Compile(endpoint, ConfigPath.Root, errors));
        Assert.Contains(errors, error => error.Problem.Contains(expected, StringComparison.Ordinal));
    }

    private static string Now() => TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);

    private string NextRequest() => (20250101000000000 + ++_request).ToString(CultureInfo.InvariantCulture);

    private static ValueTask SendAsync(TcpClient client, string segment) => client.GetStream().WriteAsync(Hj212Frame.Write(Encoding.ASCII.GetBytes(segment)));

    private static async Task ExchangeAsync(TcpClient client, string segment, string request)
    {
        await SendAsync(client, segment);
        byte[] answer = new byte[1024];
        int length = await client.GetStream().ReadAsync(answer).AsTask().WaitAsync(TimeSpan.FromSeconds(60));
        string text = Encoding.ASCII.GetString(answer, 0, length);
        Assert.Contains($"QN={request};ST=91;CN=9014;PW=123456;MN=STACK1;Flag=4;CP=&&&&", text);
    }
}
