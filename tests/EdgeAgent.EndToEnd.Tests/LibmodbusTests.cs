using System.Text.Json;
using EdgeAgent.EndToEnd.Tests.Harness;
using EdgeAgent.TestKit;

namespace EdgeAgent.EndToEnd.Tests;

/// <summary>A second, independent Modbus implementation through the whole program.</summary>
public sealed class LibmodbusTests
{
    [PartnerFact("mosquitto", "libmodbus")]
    public async Task What_libmodbus_holds_is_what_the_store_holds()
    {
        int port = FreePort.Tcp();
        await using PartnerProcess device = await LibmodbusServer.StartAsync("tcp", $"{port}");
        await using Mosquitto mosquitto = await Mosquitto.StartAsync();
        await using var plant = new Plant(new PlantOptions
        {
            Endpoints = [new EndpointOptions("line", port, Units: 1, TagsPerUnit: 100)],
            AgentBrokerPort = mosquitto.Port,
            HubBrokerPort = mosquitto.Port,
            IntervalMs = 200,
        });
        await plant.StartHubAsync();
        await plant.StartAgentAsync();
        await plant.WaitStoredMoreAsync(1000);

        JsonElement[] values = await plant.HubValuesAsync();
        await plant.SettleAsync();

        Assert.Equal(100, values.Length);
        foreach (JsonElement value in values)
        {
            string tag = value.GetProperty("tag").GetString()!;
            // Register a holds (a * 7 + 1) mod 65536; 'reads' is registers 0 and 1, high word first.
            long expected = tag == "reads" ? (1L << 16) | 8 : (long.Parse(tag[1..], System.Globalization.CultureInfo.InvariantCulture) * 7) + 1;
            Assert.Equal(expected, value.GetProperty("value").GetInt64());
            Assert.Equal("Good", value.GetProperty("quality").GetString());
        }

        (await Books.OpenAsync(plant)).AssertBalanced();
    }
}
