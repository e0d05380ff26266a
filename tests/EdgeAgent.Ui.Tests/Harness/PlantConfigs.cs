using EdgeAgent.TestKit;

namespace EdgeAgent.Ui.Tests.Harness;

/// <summary>Configurations for <see cref="UiPlant.StartAsync"/>: the states of an installation that people meet.</summary>
internal static class PlantConfigs
{
    private const string SqliteStore = """{ "kind": "sqlite", "path": "hub/store" }""";
    private const string Ledger = "资产编号,设备名称,设备类别,状态,投用日期\nA-001,冲床1号,生产设备,在用,2023-05-01\nA-002,普通车床1号,生产设备,在用,2008-04-01\n";

    /// <summary>Agent, broker, store and hub in one process, with one press on Modbus TCP; 0 for a plant without devices.</summary>
    public static Func<int, TempDirectory, string> AllInOne(int modbusPort, string anonymous = "none", string store = SqliteStore) => (web, directory) =>
    {
        int broker = FreePort.Tcp();
        WriteLedger(directory);
        string endpoints = modbusPort == 0 ? "" : $$"""
            { "name": "line-1", "driver": "modbus-tcp", "settings": { "host": "127.0.0.1", "port": {{modbusPort}} },
              "devices": [ { "name": "press-01", "asset": "A-001", "settings": { "unitId": 1 }, "tags": [
                { "name": "temperature", "address": "hr:8", "type": "float32", "unit": "°C" }, { "name": "parts", "address": "hr:2", "type": "uint32" } ] } ] }
            """;
        return $$"""
            {
              "site": "north-works",
              "agent": { "id": "gw-01", "dataDirectory": "agent", "publishers": [ { "name": "hub", "brokers": [ "mqtt://127.0.0.1:{{broker}}" ] } ], "endpoints": [ {{endpoints}} ] },
              "broker": { "listen": "127.0.0.1:{{broker}}" },
              "hub": { "dataDirectory": "hub", "store": {{store}}, "broker": { "brokers": [ "mqtt://127.0.0.1:{{broker}}" ] }, "ledger": "ledger.csv" },
              "web": { "listen": "127.0.0.1:{{web}}", "anonymous": "{{anonymous}}" }
            }
            """;
    };

    /// <summary>A hub that no agent has found yet.</summary>
    public static Func<int, TempDirectory, string> HubAlone(string store = SqliteStore) => HubWithBroker(FreePort.Tcp(), store);

    /// <summary>A hub with its embedded broker at a port that the test knows.</summary>
    public static Func<int, TempDirectory, string> HubWithBroker(int broker, string store = SqliteStore) => (web, directory) =>
    {
        WriteLedger(directory);
        return $$"""
            {
              "site": "north-works",
              "broker": { "listen": "127.0.0.1:{{broker}}" },
              "hub": { "dataDirectory": "hub", "store": {{store}}, "broker": { "brokers": [ "mqtt://127.0.0.1:{{broker}}" ] }, "ledger": "ledger.csv" },
              "web": { "listen": "127.0.0.1:{{web}}", "anonymous": "state" }
            }
            """;
    };

    /// <summary>An agent whose hub and broker are not there, unless the test says where.</summary>
    public static Func<int, TempDirectory, string> AgentAlone(int modbusPort, int? broker = null) => (web, _) => $$"""
        {
          "site": "north-works",
          "agent": { "id": "gw-01", "dataDirectory": "agent", "publishers": [ { "name": "hub", "brokers": [ "mqtt://127.0.0.1:{{broker ?? FreePort.Tcp()}}" ] } ],
            "endpoints": [ { "name": "line-1", "driver": "modbus-tcp", "settings": { "host": "127.0.0.1", "port": {{modbusPort}} },
              "devices": [ { "name": "press-01", "settings": { "unitId": 1 }, "tags": [ { "name": "temperature", "address": "hr:0", "type": "uint16" } ] } ] } ] },
          "web": { "listen": "127.0.0.1:{{web}}", "anonymous": "state" }
        }
        """;

    private static void WriteLedger(TempDirectory directory) => File.WriteAllText(directory.File("ledger.csv"), Ledger);
}
