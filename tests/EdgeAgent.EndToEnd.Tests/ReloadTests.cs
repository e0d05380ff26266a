using System.Text.Json;
using EdgeAgent.EndToEnd.Tests.Harness;
using EdgeAgent.TestKit;

namespace EdgeAgent.EndToEnd.Tests;

/// <summary>The configuration changes under a running agent.</summary>
public sealed class ReloadTests
{
    [PartnerFact("mosquitto", "pymodbus")]
    public async Task A_changed_endpoint_comes_and_goes_while_the_others_keep_their_connection()
    {
        await using Mosquitto mosquitto = await Mosquitto.StartAsync();
        await using CountingServer first = await CountingServer.StartAsync(units: 1, registers: 11);
        await using CountingServer second = await CountingServer.StartAsync(units: 1, registers: 11);
        await using var link = new TcpProxy(first.Port);
        var stays = new EndpointOptions("stays", link.Port, Units: 1, TagsPerUnit: 10);
        var comes = new EndpointOptions("comes", second.Port, Units: 1, TagsPerUnit: 10);
        await using var plant = new Plant(new PlantOptions
        {
            Endpoints = [stays],
            AgentBrokerPort = mosquitto.Port,
            HubBrokerPort = mosquitto.Port,
            IntervalMs = 200,
        });
        await plant.StartHubAsync();
        await plant.StartAgentAsync();
        await plant.WaitStoredMoreAsync(100);

        plant.RewriteAgentConfig([stays, comes]); // No signal: the change of the file is enough.
        await WaitDevicesAsync(plant, 2);
        await plant.WaitStoredMoreAsync(200);

        string good = await File.ReadAllTextAsync(plant.AgentConfigPath);
        await File.WriteAllTextAsync(plant.AgentConfigPath, good.Replace("\"scanClasses\"", "\"scanClases\"", StringComparison.Ordinal));
        plant.Agent.HangUp();
        string complaint = await plant.Agent.WaitForLineAsync("scanClases");
        Assert.Contains("scanClasses", plant.Agent.Output, StringComparison.Ordinal);
        Assert.NotEmpty(complaint);
        await plant.WaitStoredMoreAsync(200);

        plant.RewriteAgentConfig([stays]);
        plant.Agent.HangUp();
        await WaitDevicesAsync(plant, 1);
        await plant.WaitStoredMoreAsync(100);
        Assert.Equal(1, link.Accepted);

        await plant.SettleAsync();
        Books books = await Books.OpenAsync(plant);
        books.AssertBalanced();
        Assert.Equal(0, books.AssertCountersComplete(lostMax: 0));
    }

    private static Task WaitDevicesAsync(Plant plant, int count) => Eventually.TrueAsync(
        async () =>
        {
            JsonElement[] devices = await plant.AgentDevicesAsync();
            return devices.Length == count && devices.All(d => d.GetProperty("online").GetBoolean());
        },
        () => $"{count} devices are online\n{plant.Agent.Output}");
}
