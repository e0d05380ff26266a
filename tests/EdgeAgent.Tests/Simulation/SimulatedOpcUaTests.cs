using EdgeAgent.Core.Configuration;
using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Client;
using EdgeAgent.Protocols.OpcUa.Security;
using EdgeAgent.Protocols.OpcUa.Server;
using EdgeAgent.Protocols.OpcUa.Services.Attributes;
using EdgeAgent.Simulation;
using EdgeAgent.Simulation.OpcUa;
using EdgeAgent.TestKit;

namespace EdgeAgent.Tests.Simulation;

public sealed class SimulatedOpcUaTests
{
    private const uint ValueAttribute = 13;

    [Fact]
    public void A_file_with_errors_reports_them_all()
    {
        using TempDirectory directory = new();
        File.WriteAllText(directory.File("plant.json"), """
            { "opcUa": [ { "name": "a", "listen": "nowhere", "counters": -1, "counterIntervalMs": 1, "security": [ "none", "basic128" ], "anonymous": false,
                "machines": [ { "name": "m", "machine": "teapot" }, { "name": "m", "machine": "press" } ],
                "faults": [ { "kind": "gremlins", "afterMs": 0 }, { "kind": "restart", "afterMs": -1, "forMs": 5 } ] } ] }
            """);

        Assert.Null(SimulationFile.Load(directory.File("plant.json"), out ConfigErrors errors));

        Assert.Equal(
            [
                "$.opcUa[0].listen", "$.opcUa[0].counters", "$.opcUa[0].counterIntervalMs", "$.opcUa[0].machines[0].machine", "$.opcUa[0].machines[1].name",
                "$.opcUa[0].security[1]", "$.opcUa[0].users", "$.opcUa[0].faults[0].kind", "$.opcUa[0].faults[1].afterMs", "$.opcUa[0].faults[1].forMs",
            ],
            errors.Select(error => error.Path));
    }

    [Fact]
    public void A_file_that_simulates_nothing_is_refused()
    {
        using TempDirectory directory = new();
        File.WriteAllText(directory.File("plant.json"), """{ "opcUa": [] }""");
        Assert.Null(SimulationFile.Load(directory.File("plant.json"), out ConfigErrors errors));
        Assert.Single(errors);
    }

    [Fact]
    public async Task Machines_say_that_they_are_simulated_and_are_found_by_their_names()
    {
        await using SimulatedPlant plant = await SimulatedPlant.StartAsync(Config(), TimeProvider.System);
        await using OpcUaClient client = new(new OpcUaClientOptions
        {
            Endpoints = [new OpcUaAddress($"opc.tcp://{plant.Endpoints["a"]}", "127.0.0.1", plant.Endpoints["a"].Port)],
            SecurityMode = MessageSecurityMode.None,
        });
        await client.ConnectAsync(CancellationToken.None);

        DataValue[] values = new DataValue[4];
        Assert.False((await client.ReadAsync(
            [Value(new NodeId(2261)), Value(new NodeId(2263)), Value(new NodeId(2, "press-1.State")), Value(new NodeId(2, "Counter.9"))], values)).IsBad);

        Assert.Equal(["EdgeAgent Simulator", "EdgeAgent Simulator"], values[..2].Select(value => value.Value.AsText()));
        Assert.InRange((ushort)values[2].Value.ToObject()!, (ushort)0, (ushort)3);
        Assert.Equal(BuiltInType.UInt32, values[3].Value.Type);
        Assert.Equal(OpcUaPlant.PlantUri, client.NamespaceArray[2]);
    }

    [Fact]
    public async Task Faults_come_go_and_come_again_on_schedule()
    {
        FakeTimeProvider time = new();
        await using OpcUaServer server = new(new OpcUaServerOptions(), extra => OpcUaPlant.Build(Config().OpcUa[0], extra), time);
        server.Start();
        using FaultSchedule schedule = new(server, [new SimulatedFaultConfig { Kind = "slow-answers", AfterMs = 1_000, ForMs = 500, EveryMs = 2_000, Amount = 300 }], time);
        List<int> delays = [];
        for (int i = 0; i < 8; i++)
        {
            time.Advance(TimeSpan.FromMilliseconds(500));
            delays.Add(server.Faults.AnswerDelayMs);
        }

        Assert.Equal([0, 300, 0, 0, 0, 300, 0, 0], delays);
    }

    private static ReadTarget Value(NodeId id) => new(id, ValueAttribute);

    private static SimulationConfig Config() => new()
    {
        OpcUa =
        [
            new SimulatedOpcUaConfig
            {
                Name = "a",
                Listen = "127.0.0.1:0",
                Security = ["none"],
                Machines = [new SimulatedOpcUaMachineConfig { Name = "press-1", Machine = "press" }],
                Counters = 10,
                AllTypes = true,
            },
        ],
    };
}
