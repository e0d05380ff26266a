using System.Net;
using System.Net.Sockets;
using EdgeAgent.Collector.Agent;
using EdgeAgent.Collector.Drivers;
using EdgeAgent.Collector.Drivers.Probe;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Collector.Tests.Drivers.Probe;

public sealed class ProbeTests
{
    private const string Tags = """{ "name": "online", "address": "online" }, { "name": "rtt", "address": "rtt" }""";

    [Fact]
    public void The_sample_beside_the_driver_is_right()
    {
        (AppConfig? config, ConfigErrors errors) = ConfigFile.Load(RepositoryRoot.Combine("src", "EdgeAgent.Collector", "Drivers", "Probe", "sample.json"));
        Assert.Empty(errors);
        PlantCompiler.Check(config!.Agent!, DriverRegistry.CreateDefault(), errors);
        Assert.Empty(errors);
    }

    [Theory]
    [InlineData("\"port\": 80", Tags, "host")]
    [InlineData("\"host\": \"h\"", Tags, "port")]
    [InlineData("\"host\": \"h\", \"method\": \"icmp\", \"port\": 1", Tags, "port")]
    [InlineData("\"host\": \"h\", \"port\": 1", """{ "name": "t", "address": "temperature" }""", "a probe knows nothing called 'temperature'")]
    public void What_is_wrong_is_named(string settings, string tags, string problem)
    {
        (_, ConfigErrors errors) = Compile(settings, tags);
        Assert.Contains(problem, Assert.Single(errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listening_port_is_online_and_a_closed_one_is_known_to_be_away_and_never_good()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await using IPolledEndpoint endpoint = Open($"\"host\": \"127.0.0.1\", \"port\": {port}");
        await endpoint.ConnectAsync(default);
        var batch = new ReadingBatch();
        Assert.Equal(ScanAnswer.Answered, (await endpoint.ScanAsync(new ScanRequest(0, 0), batch, default)).Answer);
        Assert.Equal((true, Quality.Good), (batch.Readings[0].AsBoolean, batch.Readings[0].Quality));
        Assert.Equal(ValueKind.Float64, batch.Readings[1].Kind);
        Assert.True(batch.Readings[1].AsFloat64 >= 0);

        listener.Stop();
        batch.Clear();
        ScanOutcome away = await endpoint.ScanAsync(new ScanRequest(0, 0), batch, default);
        Assert.Equal(ScanAnswer.Silent, away.Answer);
        Assert.Contains($"127.0.0.1:{port} refuses the connection", away.Problem, StringComparison.Ordinal);
        Assert.Equal((ValueKind.Boolean, false, true), (batch.Readings[0].Kind, batch.Readings[0].AsBoolean, batch.Readings[0].Quality.IsUncertain));
        Assert.Equal((ValueKind.None, Quality.BadNoCommunication), (batch.Readings[1].Kind, batch.Readings[1].Quality));
    }

    [Fact]
    public async Task An_address_that_swallows_everything_is_given_up_after_its_time()
    {
        // A listener whose queue is full answers no further connection.
        using var full = new Socket(SocketType.Stream, ProtocolType.Tcp);
        full.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        full.Listen(1);
        int port = ((IPEndPoint)full.LocalEndPoint!).Port;
        var waiting = new List<Socket>();
        for (int i = 0; i < 3; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            _ = socket.ConnectAsync(IPAddress.Loopback, port).ContinueWith(t => t.Exception, TaskScheduler.Default);
            waiting.Add(socket);
        }

        await using IPolledEndpoint endpoint = Open($"\"host\": \"127.0.0.1\", \"port\": {port}", timeoutMs: 100);
        await endpoint.ConnectAsync(default);
        var batch = new ReadingBatch();
        ScanOutcome away = await endpoint.ScanAsync(new ScanRequest(0, 0), batch, default);
        Assert.Equal((ScanAnswer.Silent, $"127.0.0.1:{port} does not answer"), (away.Answer, away.Problem));
        waiting.ForEach(s => s.Dispose());
    }

    [Fact]
    public async Task An_echo_of_the_own_machine_answers_or_says_why_not()
    {
        await using IPolledEndpoint endpoint = Open("\"host\": \"127.0.0.1\", \"method\": \"icmp\"");
        await endpoint.ConnectAsync(default);
        var batch = new ReadingBatch();
        ScanOutcome outcome = await endpoint.ScanAsync(new ScanRequest(0, 0), batch, default);
        Assert.Equal(2, batch.Count);
        // Containers may forbid ping sockets; then the text says so, and the readings are not good.
        Assert.Equal(outcome.Problem is null, batch.Readings[0].Quality.IsGood);
        Assert.True(outcome.Problem is null || outcome.Problem.StartsWith("127.0.0.1: no echo (", StringComparison.Ordinal), outcome.Problem);
    }

    private static IPolledEndpoint Open(string deviceSettings, int timeoutMs = 1000)
    {
        (IEndpointPlan? plan, ConfigErrors errors) = Compile(deviceSettings, Tags, timeoutMs);
        Assert.Empty(errors);
        ScanGroup[] groups = [new ScanGroup(0, 0, 1000, [0, 1])];
        return ((IPolledEndpointPlan)plan!).Open(new EndpointServices(groups, TimeProvider.System, NullLoggerFactory.Instance), null);
    }

    private static (IEndpointPlan? Plan, ConfigErrors Errors) Compile(string deviceSettings, string tags, int timeoutMs = 1000)
    {
        using var directory = new TempDirectory();
        File.WriteAllText(directory.File("c.json"), $$"""
            { "site": "s", "agent": { "id": "a", "publishers": [ { "name": "hub", "brokers": [ "mqtt://127.0.0.1:1" ] } ],
              "endpoints": [ { "name": "e", "driver": "probe", "settings": { "timeoutMs": {{timeoutMs}} }, "devices": [ { "name": "d", "settings": { {{deviceSettings}} }, "tags": [ {{tags}} ] } ] } ] } }
            """);
        (AppConfig? config, ConfigErrors errors) = ConfigFile.Load(directory.File("c.json"));
        Assert.Empty(errors);
        var found = new ConfigErrors();
        return (ProbeDriverFactory.Instance.Compile(config!.Agent!.Endpoints[0], ConfigPath.Root, found), found);
    }
}
