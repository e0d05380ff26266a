using System.Text;
using EdgeAgent.Simulation.OpcUa;
using EdgeAgent.Simulation.Sensors;

namespace EdgeAgent.Simulation.Demo;

/// <summary>The demo's machines, and the configuration of the agent and the hub that collect from them.</summary>
internal static class DemoPlant
{
    public const string Site = "demo-plant";
    public const string AgentId = "gw-01";

    private static readonly DemoEndpoint[] Endpoints =
    [
        new("moulding", "moulder", "injection-moulder", 1, 4),
        new("machining", "cnc", "cnc", 5, 3),
        new("stamping", "press", "press", 8, 2),
        new("assembly", "robot", "robot", 10, 2),
        new("utilities", "compressor", "compressor", 13, 1, new DemoMachine("meter-1", "energy-meter", 14)),
    ];

    private static readonly DemoEndpoint OpcUaEndpoint = new("testing", "tester", "tester", 12, 1);

    /// <summary>Name of the endpoint that probes an address.</summary>
    public const string ProbedEndpoint = "monitoring";

    /// <summary>Id of the wireless sensor, as it stands in its topic.</summary>
    public const string SensorId = "ws-17";

    /// <summary>Addresses of the energy meters on the serial line.</summary>
    public static IReadOnlyList<string> Meters { get; } = ["000102030425", "000102030426"];

    /// <summary>Names of the endpoints, in order.</summary>
    public static IReadOnlyList<string> EndpointNames { get; } = [.. Endpoints.Append(OpcUaEndpoint).Select(endpoint => endpoint.Name), ProbedEndpoint];

    public static SimulationConfig Simulation(DemoPorts ports) => new()
    {
        Endpoints =
        [
            .. Endpoints.Select(endpoint => new SimulatedEndpointConfig
            {
                Name = endpoint.Name,
                Listen = $"127.0.0.1:{ports.Endpoints[endpoint.Name]}",
                Units = [.. endpoint.Machines.Select((machine, i) => new SimulatedUnitConfig { UnitId = (byte)(i + 1), Machine = machine.Kind, Seed = machine.Asset })],
            }),
        ],
        OpcUa =
        [
            new SimulatedOpcUaConfig
            {
                Name = OpcUaEndpoint.Name,
                Listen = $"127.0.0.1:{ports.Endpoints[OpcUaEndpoint.Name]}",
                Machines = [.. OpcUaEndpoint.Machines.Select(machine => new SimulatedOpcUaMachineConfig { Name = machine.Name, Machine = machine.Kind, Seed = machine.Asset })],
            },
        ],
    };

    /// <summary>Writes configuration, tag table and ledger below the data directory and gives the configuration's path.</summary>
    public static string WriteFiles(string dataDirectory, DemoPorts ports)
    {
        string directory = Directory.CreateDirectory(Path.Combine(dataDirectory, "demo")).FullName;
        Extract("machine-tags.csv", directory);
        Extract("opc-ua-tags.csv", directory);
        Extract("ledger.csv", directory);
        string file = Path.Combine(directory, "all-in-one.json");
        File.WriteAllText(file, Configuration(ports));
        return file;
    }

    private static string Configuration(DemoPorts ports)
    {
        StringBuilder endpoints = new();
        endpoints.AppendJoin(",\n", Endpoints.Select(endpoint => endpoint.AsJson(ports.Endpoints[endpoint.Name])).Append(OpcUaEndpoint.AsOpcUaJson(ports.Endpoints[OpcUaEndpoint.Name])));
        endpoints.Append(MeterLine(ports)).Append(SensorAndProbe(ports));
        return $$"""
            // SIMULATED. Written by edgeagent demo at every start; copy it to change it.
            {
              "site": "{{Site}}",
              "agent": {
                "id": "{{AgentId}}",
                "dataDirectory": "../agent",
                "scanClasses": { "fast": { "intervalMs": 200 }, "normal": { "intervalMs": 1000 }, "slow": { "intervalMs": 5000 } },
                "publishers": [ { "name": "hub", "brokers": [ "mqtt://127.0.0.1:{{ports.Broker}}" ], "enrolmentToken": "demo" } ],
                "endpoints": [
            {{endpoints}}
                ]
              },
              "broker": { "listen": "127.0.0.1:{{ports.Broker}}" },
              "hub": {
                "dataDirectory": "../hub",
                "store": { "kind": "sqlite", "path": "../hub/store" },
                "enrolmentTokens": [ "demo" ],
                "ledger": "ledger.csv",
                "rulePack": "demo"
              },
              "web": { "listen": "127.0.0.1:{{ports.Web}}", "anonymous": "state" }
            }

            """;
    }

    /// <summary>Two meters on one RS-485 line, which is a pseudo terminal; they are in no ledger, for meters are no machines.</summary>
    private static string MeterLine(DemoPorts ports)
    {
        if (ports.MeterPort is null)
        {
            return "";
        }

        const string tags = """
            [ { "name": "energy", "address": "00010000" }, { "name": "voltage-a", "address": "02010100" }, { "name": "power", "address": "02030000" } ]
            """;
        IEnumerable<string> devices = Meters.Select((address, i) => $$"""
                      { "name": "dlt645-{{i + 1}}", "settings": { "address": "{{address}}" }, "tags": {{tags}} }
            """);
        return $$"""
            ,
                      { "name": "meters", "driver": "dlt645", "provenance": "simulated",
                        "settings": { "serial": { "port": "{{ports.MeterPort}}", "baudRate": 9600 } },
                        "devices": [
            {{string.Join(",\n", devices)}} ] }
            """;
    }

    /// <summary>A sensor that somebody put on a drill without a controller, and the serial server of a welder that answers while nothing is read
    /// from it: both are heard of, and neither makes its machine a digital one.</summary>
    private static string SensorAndProbe(DemoPorts ports) => $$"""
        ,
                  { "name": "sensors", "driver": "mqtt-in", "provenance": "simulated",
                    "settings": { "brokers": [ "mqtt://127.0.0.1:{{ports.Broker}}" ], "sources": [ { "topic": "{{SimulatedWirelessSensor.TopicOf("{device}")}}", "time": "$.ts" } ] },
                    "devices": [
                      { "name": "drill-sensor", "asset": "A-018", "settings": { "id": "{{SensorId}}" }, "tags": [
                        { "name": "current", "address": "$.current", "unit": "A", "scan": "slow" },
                        { "name": "vibration", "address": "$.vibration", "unit": "mm/s", "scan": "slow" },
                        { "name": "temperature", "address": "$.temperature", "unit": "°C", "scan": "slow" },
                        { "name": "battery", "address": "$.battery", "type": "uint8", "unit": "%", "scan": "slow" } ] } ] },
                  { "name": "{{ProbedEndpoint}}", "driver": "probe", "provenance": "simulated",
                    "devices": [
                      { "name": "welder-gateway", "asset": "A-020", "settings": { "host": "127.0.0.1", "port": {{ports.Endpoints[ProbedEndpoint]}} }, "tags": [
                        { "name": "online", "address": "online", "scan": "slow" }, { "name": "rtt", "address": "rtt", "unit": "ms", "scan": "slow" } ] } ] }
        """;

    private static void Extract(string name, string directory)
    {
        using Stream resource = typeof(DemoPlant).Assembly.GetManifestResourceStream($"EdgeAgent.Simulation.Demo.{name}")!;
        using FileStream file = File.Create(Path.Combine(directory, name));
        resource.CopyTo(file);
    }

    /// <param name="Asset">Number of the asset in the ledger, and the machine's seed.</param>
    private sealed record DemoMachine(string Name, string Kind, int Asset);

    private sealed record DemoEndpoint(string Name, IReadOnlyList<DemoMachine> Machines)
    {
        public DemoEndpoint(string name, string prefix, string kind, int firstAsset, int count, params DemoMachine[] others)
            : this(name, [.. Enumerable.Range(0, count).Select(i => new DemoMachine($"{prefix}-{i + 1}", kind, firstAsset + i)), .. others])
        {
        }

        public string AsJson(int port)
        {
            IEnumerable<string> devices = Machines.Select((machine, i) => $$"""
                          { "name": "{{machine.Name}}", "asset": "A-{{machine.Asset:000}}", "settings": { "unitId": {{i + 1}} }, "tagFile": "machine-tags.csv" }
                """);
            return $$"""
                      { "name": "{{Name}}", "driver": "modbus-tcp", "provenance": "simulated",
                        "settings": { "host": "127.0.0.1", "port": {{port}} },
                        "devices": [
                {{string.Join(",\n", devices)}} ] }
                """;
        }

        public string AsOpcUaJson(int port)
        {
            IEnumerable<string> devices = Machines.Select(machine => $$"""
                          { "name": "{{machine.Name}}", "asset": "A-{{machine.Asset:000}}", "settings": { "root": "/Objects/p:Plant/p:{{machine.Name}}" }, "tagFile": "opc-ua-tags.csv" }
                """);
            return $$"""
                      { "name": "{{Name}}", "driver": "opc-ua", "provenance": "simulated",
                        "settings": { "endpoints": [ "opc.tcp://127.0.0.1:{{port}}" ], "securityMode": "none", "namespaces": { "p": "{{OpcUaPlant.PlantUri}}" } },
                        "devices": [
                {{string.Join(",\n", devices)}} ] }
                """;
        }
    }
}
