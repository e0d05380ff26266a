using System.Text;
using EdgeAgent.Broker;
using EdgeAgent.Collector.Agent;
using EdgeAgent.Collector.LastFrames;
using EdgeAgent.Commands;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Protocols.Mqtt.Client;
using EdgeAgent.Simulation.OpcUa;
using EdgeAgent.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Tests.EveryDriver;

/// <summary>A user's identity goes over the wire in the clear where a server wants it so; it must not be found among the last frames.</summary>
public sealed class SecretsInFramesTests : IDisposable
{
    private const string Name = "operator-77", Password = "geheim-4711";

    private readonly TempDirectory _directory = new();

    [Theory]
    [InlineData("poll", Password)]
    [InlineData("subscribe", Password)]
    [InlineData("poll", "wrong-" + Password)]
    public async Task Of_an_opc_ua_session_with_a_password_in_the_clear_only_names_status_and_sizes_are_kept(string mode, string password)
    {
        await using SimulatedOpcUaServer server = await SimulatedOpcUaServer.StartAsync(
            new SimulatedOpcUaConfig
            {
                Name = "plant", Listen = "127.0.0.1:0", Security = ["none"], Anonymous = false, Users = [new SimulatedUserConfig { Name = Name, Password = Password }],
                Machines = [new SimulatedOpcUaMachineConfig { Name = "press-1", Machine = "press", Seed = 3 }],
            },
            TimeProvider.System);
        string file = _directory.File("agent.json");
        await File.WriteAllTextAsync(file, $$"""
            { "site": "plant", "agent": { "id": "gw", "publishers": [ { "name": "hub", "brokers": [ "mqtt://127.0.0.1:1" ] } ],
              "endpoints": [ { "name": "e", "driver": "opc-ua",
                "settings": { "endpoints": [ "opc.tcp://127.0.0.1:{{server.Server.Port}}" ], "securityMode": "none", "user": "{{Name}}", "password": "{{password}}",
                  "allowPlainTextPassword": true, "monitoring": { "mode": "{{mode}}" } },
                "devices": [ { "name": "d", "tags": [ { "name": "v", "address": "nsu=urn:edgeagent:simulator:plant;s=press-1.Power" } ] } ] } ] } }
            """);
        TestReadResult read = await ReadAsync(file, read => password == Password ? read.Quality.IsGood : read.Frames.Any(frame => frame.Meaning!.StartsWith("ServiceFault", StringComparison.Ordinal)));

        Assert.Equal(password == Password, read.Quality.IsGood);
        Assert.Contains(read.Frames, frame => frame is { Sent: true, Bytes: > 50 } && frame.Meaning!.EndsWith(password == Password ? "Request" : "ActivateSessionRequest", StringComparison.Ordinal));
        Assert.Contains(read.Frames, frame => !frame.Sent && frame.Meaning!.EndsWith(password == Password ? "Response" : "ServiceFault: BadUserAccessDenied", StringComparison.Ordinal));
        Assert.All(read.Frames, frame => Assert.Equal((0, null), (frame.Start.Length, frame.Text)));
        Assert.DoesNotContain(read.Frames, frame => Shown(frame).Contains("geheim", StringComparison.Ordinal) || Shown(frame).Contains(Name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_a_connection_to_a_broker_with_a_password_only_messages_are_kept()
    {
        await using var broker = new EmbeddedBroker(
            new BrokerConfig { Listen = "127.0.0.1:0", AllowAnonymous = true, Users = [new BrokerUserConfig { Name = Name, Password = new Secret(Password), Subscribe = ["#"] }] },
            TimeProvider.System, NullLoggerFactory.Instance);
        await broker.StartAsync(default);
        int port = broker.EndPoints[0].Port;
        using var enough = new CancellationTokenSource();
        Task sending = SendAsync(port, enough.Token);
        string file = _directory.File("agent.json");
        await File.WriteAllTextAsync(file, $$"""
            { "site": "plant", "agent": { "id": "gw", "publishers": [ { "name": "hub", "brokers": [ "mqtt://127.0.0.1:1" ] } ],
              "endpoints": [ { "name": "e", "driver": "mqtt-in",
                "settings": { "brokers": [ "mqtt://127.0.0.1:{{port}}" ], "user": "{{Name}}", "password": "{{Password}}", "sources": [ { "topic": "s/{device}" } ] },
                "devices": [ { "name": "d", "settings": { "id": "d" }, "tags": [ { "name": "v", "address": "$.v" } ] } ] } ] } }
            """);
        TestReadResult read = await ReadAsync(file, read => read.Quality.IsGood);
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        await broker.StopAsync(default);

        Assert.True(read.Quality.IsGood, read.ToString());
        Assert.NotEmpty(read.Frames);
        Assert.All(read.Frames, frame => Assert.Equal((false, "s/d", "{\"v\":1}"), (frame.Sent, frame.Meaning, frame.Text)));
    }

    public void Dispose() => _directory.Dispose();

    /// <summary>Reads until it went as it should: a machine that is busy with other things may take longer than somebody waits at a screen.</summary>
    private static async Task<TestReadResult> ReadAsync(string file, Func<TestReadResult, bool> wanted)
    {
        TestReadResult? read = null;
        await Eventually.TrueAsync(
            async () =>
            {
                read = (await TestReader.ReadAsync(
                    ConfigReport.LoadOrFail(file).Config!.Agent!, new AgentServices { Loggers = NullLoggerFactory.Instance }, null, null, CancellationToken.None)).Single();
                return wanted(read);
            },
            "it is read", TimeSpan.FromSeconds(120));
        return read!;
    }

    private static async Task SendAsync(int port, CancellationToken enough)
    {
        await using var sensor = new MqttClient(new MqttClientOptions { Brokers = [new MqttBrokerAddress("127.0.0.1", port, UseTls: false)] }, TimeProvider.System);
        await sensor.StartAsync(enough);
        await sensor.WaitConnectedAsync(enough);
        while (true)
        {
            await sensor.PublishAsync("s/d", "{\"v\":1}"u8.ToArray(), cancellationToken: enough);
            await Task.Delay(TimeSpan.FromMilliseconds(50), enough);
        }
    }

    private static string Shown(WireFrame frame) => $"{frame.Meaning} {frame.Text} {Encoding.Latin1.GetString(frame.Start.Span)}";
}
