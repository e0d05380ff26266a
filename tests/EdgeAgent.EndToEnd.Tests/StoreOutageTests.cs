using System.Text.Json;
using EdgeAgent.EndToEnd.Tests.Harness;
using EdgeAgent.TestKit;

namespace EdgeAgent.EndToEnd.Tests;

/// <summary>InfluxDB as the store, stopped for a while; what it holds is asked of it directly.</summary>
public sealed class StoreOutageTests
{
    [PartnerFact("mosquitto", "pymodbus", "influxd")]
    public async Task Influxd_stopped_for_thirty_seconds_costs_nothing()
    {
        await using Mosquitto mosquitto = await Mosquitto.StartAsync();
        await using Influxd influxd = await Influxd.StartAsync();
        await using CountingServer server = await CountingServer.StartAsync(units: 3, registers: 11);
        await using var plant = new Plant(new PlantOptions
        {
            Endpoints = [new EndpointOptions("line", server.Port, Units: 3, TagsPerUnit: 10)],
            AgentBrokerPort = mosquitto.Port,
            HubBrokerPort = mosquitto.Port,
            IntervalMs = 200,
            StoreJson = $$"""{ "kind": "influxdb", "url": "{{influxd.Url}}", "database": "edgeagent" }""",
        });
        await plant.StartHubAsync();
        await plant.StartAgentAsync();
        await plant.WaitStoredMoreAsync(300);

        await influxd.StopAsync();
        await plant.WaitTakenMoreAsync(30 * 150);
        await influxd.RestartAsync();
        await plant.WaitStoredMoreAsync(30 * 150);

        await influxd.KillAsync();
        await plant.WaitTakenMoreAsync(300);
        await influxd.RestartAsync();
        await plant.WaitStoredMoreAsync(600);
        await plant.SettleAsync();

        // The counter of each unit, straight from the server: 1, 2, 3 ... without a gap and without a repeat.
        using JsonDocument answer = await influxd.QueryAsync("edgeagent", "SELECT * FROM reading WHERE \"tag\" = 'reads' GROUP BY device ORDER BY time");
        JsonElement[] series = [.. answer.RootElement.GetProperty("results")[0].GetProperty("series").EnumerateArray()];
        Assert.Equal(3, series.Length);
        foreach (JsonElement unit in series)
        {
            string[] columns = [.. unit.GetProperty("columns").EnumerateArray().Select(c => c.GetString()!)];
            long[] counter = [.. unit.GetProperty("values").EnumerateArray().Select(row => CounterOf(row, columns))];
            Assert.Equal(Enumerable.Range((int)counter[0], counter.Length).Select(i => (long)i), counter);
        }
    }

    /// <summary>The one integer column that is filled and is neither time nor quality.</summary>
    private static long CounterOf(JsonElement row, string[] columns)
    {
        JsonElement[] cells = [.. row.EnumerateArray()];
        for (int i = 0; i < cells.Length; i++)
        {
            if (columns[i] is "value" or "i" or "u" && cells[i].ValueKind == JsonValueKind.Number)
            {
                return (long)cells[i].GetDouble();
            }
        }

        throw new InvalidOperationException("no value in " + row);
    }
}
