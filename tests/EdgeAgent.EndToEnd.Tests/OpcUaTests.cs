using System.Text.Json.Nodes;
using EdgeAgent.EndToEnd.Tests.Harness;
using EdgeAgent.TestKit;

namespace EdgeAgent.EndToEnd.Tests;

/// <summary>From an OPC UA server of others through the built program into stored readings.</summary>
public sealed class OpcUaTests
{
    private const string Namespace = "nsu=urn:edgeagent:partner;s=";

    [PartnerFact("node-opcua", "mosquitto")]
    public async Task Every_change_is_stored_once_although_the_link_to_the_server_is_cut()
    {
        await using Mosquitto mosquitto = await Mosquitto.StartAsync();
        await using NodeOpcuaServer server = await NodeOpcuaServer.StartAsync("""{"counters":20}""");
        await using var proxy = new TcpProxy(server.Port);
        await using var plant = new Plant(new PlantOptions { Endpoints = [], AgentBrokerPort = mosquitto.Port, HubBrokerPort = mosquitto.Port });
        await ConfigureAsync(plant.AgentConfigPath, proxy.Port, devices: 4);
        await plant.StartHubAsync();
        await plant.StartAgentAsync();
        await plant.WaitStoredMoreAsync(200, TimeSpan.FromSeconds(90));

        proxy.Refuse = true;
        proxy.Cut();
        await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System);
        proxy.Refuse = false;
        await plant.WaitStoredMoreAsync(400, TimeSpan.FromSeconds(90));
        await plant.SettleAsync();

        Books books = await Books.OpenAsync(plant);
        books.AssertBalanced();
        Assert.Equal(4, books.Counters.Count);
        books.AssertCountersComplete(lostMax: 0);
    }

    [PartnerFact("node-opcua")]
    public async Task A_person_browses_a_server_and_reads_what_the_table_names()
    {
        using var directory = new TempDirectory();
        await using NodeOpcuaServer server = await NodeOpcuaServer.StartAsync("""{"counters":3,"changeIntervalMs":0}""");
        (int browsed, string table) = await BuiltProgram.RunAsync(TimeSpan.FromSeconds(60), "browse", server.Url, "--csv", "--namespace", "urn:edgeagent:partner");
        Assert.True(browsed == 0, table);
        Assert.Contains("Partner.Counters.Counter.2", table, StringComparison.Ordinal);
        string[] rows = [.. table.Split('\n').Where(line => line.StartsWith("name,", StringComparison.Ordinal) || line.StartsWith("Partner.", StringComparison.Ordinal))];
        await File.WriteAllLinesAsync(directory.File("tags.csv"), rows);
        await File.WriteAllTextAsync(directory.File("agent.json"), $$"""
            { "site": "s", "agent": { "id": "a", "publishers": [ { "name": "hub", "brokers": [ "mqtt://127.0.0.1:1883" ] } ], "endpoints": [ {
                "name": "partner", "driver": "opc-ua", "settings": { "endpoints": [ "{{server.Url}}" ], "securityMode": "none" },
                "devices": [ { "name": "partner", "tagFile": "tags.csv" } ] } ] } }
            """);
        (int read, string values) = await BuiltProgram.RunAsync(TimeSpan.FromSeconds(60), "read", directory.File("agent.json"));
        Assert.True(read == 0, values);
        Assert.Contains("压力机 Press", values, StringComparison.Ordinal);
        (int tree, string nodes) = await BuiltProgram.RunAsync(TimeSpan.FromSeconds(60), "browse", server.Url, "--depth", "3");
        Assert.True(tree == 0, nodes);
        Assert.Contains("Counter.0  [ns=2;s=Counter.0]", nodes, StringComparison.Ordinal);
    }

    private static async Task ConfigureAsync(string path, int port, int devices)
    {
        JsonNode config = JsonNode.Parse(await File.ReadAllTextAsync(path))!;
        var list = new JsonArray();
        for (int device = 0; device < devices; device++)
        {
            list.Add(JsonNode.Parse($$"""
                { "name": "machine-{{device}}", "asset": "A-00{{device}}", "tags": [
                  { "name": "reads", "address": "{{Namespace}}Counter.{{device}}", "type": "int64" },
                  { "name": "text", "address": "{{Namespace}}Scalar.String", "type": "string" } ] }
                """));
        }
        // By changes (interval 0): a server that samples by a timer skips a value by itself when its machine is busy.
        JsonNode endpoint = JsonNode.Parse($$"""
            { "name": "partner", "driver": "opc-ua",
              "settings": { "endpoints": [ "opc.tcp://127.0.0.1:{{port}}" ], "securityMode": "none", "keepAliveMs": 1000, "reconnectDelayMsMax": 500,
                "monitoring": { "samplingIntervalMs": 0, "publishingIntervalMs": 200, "queueSize": 200 } } }
            """)!;
        endpoint["devices"] = list;
        config["agent"]!["endpoints"] = new JsonArray(endpoint);
        await File.WriteAllTextAsync(path, config.ToJsonString());
    }
}
