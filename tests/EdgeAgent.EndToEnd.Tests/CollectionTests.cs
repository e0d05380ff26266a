using System.Text.Json;
using EdgeAgent.EndToEnd.Tests.Harness;
using EdgeAgent.TestKit;

namespace EdgeAgent.EndToEnd.Tests;

/// <summary>A minute of plain work with three units and 300 tags, through mosquitto into the embedded store.</summary>
public sealed class CollectionTests
{
    [PartnerFact("mosquitto", "pymodbus")]
    public async Task A_minute_of_collection_accounts_for_every_due_scan_and_stores_every_sequence_once()
    {
        await using Mosquitto mosquitto = await Mosquitto.StartAsync();
        await using CountingServer server = await CountingServer.StartAsync(units: 3, registers: 101);
        await using var plant = new Plant(new PlantOptions
        {
            Endpoints = [new EndpointOptions("line", server.Port, Units: 3, TagsPerUnit: 100)],
            AgentBrokerPort = mosquitto.Port,
            HubBrokerPort = mosquitto.Port,
        });
        await File.WriteAllLinesAsync(plant.LedgerPath, [
            "资产编号,设备名称,设备类别,状态,投用日期,数字化依据,佐证材料",
            "A-line-1,一号机,生产设备,在用,2024-01-01,PLC,铭牌照片.jpg",
            "A-line-2,二号机,生产设备,在用,2024-01-01,PLC,铭牌照片.jpg",
            "A-line-3,三号机,生产设备,在用,2024-01-01,PLC,铭牌照片.jpg",
            "A-004,手动冲床,生产设备,在用,2024-01-01,无,",
        ]);
        await plant.StartHubAsync();
        await plant.StartAgentAsync();

        await plant.WaitStoredMoreAsync(60 * 300, TimeSpan.FromSeconds(90));
        JsonElement devices = JsonSerializer.SerializeToElement(await plant.AgentDevicesAsync());
        await plant.SettleAsync();

        Books books = await Books.OpenAsync(plant);
        books.AssertBalanced();
        Assert.True(books.Totals.Accounts.Missed == 0, $"{books.Totals.Accounts.Missed} readings missed; devices: {devices}");
        Assert.Equal(0, books.Totals.Accounts.Bad);
        Assert.Equal(0, books.AssertCountersComplete(lostMax: 0));
        Assert.Equal(books.Totals.Accounts.Due, books.Totals.Readings);

        (int code, string output) = await BuiltProgram.RunAsync(TimeSpan.FromSeconds(60), "coverage", plant.HubConfigPath, "--window", "1h", "--json");
        Assert.True(code == 0, output);
        JsonElement counts = JsonDocument.Parse(output).RootElement.GetProperty("counts");
        Assert.Equal(4, counts.GetProperty("total").GetInt32());
        // All three answered a digital protocol; a minute is not enough to count as networked (R7), and the report must say so.
        Assert.Equal(3, counts.GetProperty("digital").GetProperty("observed").GetInt32());
        Assert.Equal(0, counts.GetProperty("networked").GetInt32());
        Assert.Equal(3, counts.GetProperty("pending").GetInt32());
    }
}
