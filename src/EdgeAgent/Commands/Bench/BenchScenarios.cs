using EdgeAgent.Commands.Bench.Collect;

namespace EdgeAgent.Commands.Bench;

/// <summary>The scenarios that `edgeagent bench` knows, one line each.</summary>
internal static class BenchScenarios
{
    public static IReadOnlyList<IBenchScenario> All { get; } =
    [
        new Modbus.ModbusScenario(),
        new Modbus.CeilingScenario(),
        new Bus.BusScenario(),
        new Wire.WireScenario(),
        new Buffer.BufferScenario(),
        new Buffer.DrainScenario(),
        new LineProtocol.LineProtocolScenario(),
        new Encode.EncodeScenario(),
        new Ingest.IngestPostgresScenario(),
        new Ingest.IngestInfluxScenario(),
        new Fleet.FleetScenario("fleet", enterprises: 500, seconds: 20),
        new Fleet.FleetScenario("fleet-6000", enterprises: 6000, seconds: 3),
        new Indicators.IndicatorsScenario(),
        new CollectScenario(),
        new Mqtt.MqttScenario(),
        new LatencyScenario(),
        new ColdStartScenario(),
        new Evidence.VerifyScenario(),
        new OpcUa.OpcUaSubscribeScenario(),
        new OpcUa.OpcUaReadScenario(),
        new OpcUa.OpcUaSecureScenario(),
        new OpcUa.OpcUaSessionsScenario(),
        new OpcUa.OpcUaBrowseScenario(),
    ];
}
