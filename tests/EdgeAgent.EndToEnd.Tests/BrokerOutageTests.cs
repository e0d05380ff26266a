using EdgeAgent.EndToEnd.Tests.Harness;
using EdgeAgent.TestKit;

namespace EdgeAgent.EndToEnd.Tests;

/// <summary>The broker goes away, in each of the ways in which brokers do.</summary>
public sealed class BrokerOutageTests
{
    /// <summary>150 readings a second: 5 scans a second of 3 units with 10 tags.</summary>
    private const int ReadingsPerSecond = 150;

    [PartnerFact("mosquitto", "pymodbus")]
    public Task Stopped_for_thirty_seconds_costs_nothing() => OutageAsync(async (mosquitto, plant) =>
    {
        await mosquitto.StopAsync();
        await plant.WaitTakenMoreAsync(30 * ReadingsPerSecond);
        await mosquitto.RestartAsync();
    });

    [PartnerFact("mosquitto", "pymodbus")]
    public Task Killed_without_persistence_costs_nothing() => OutageAsync(async (mosquitto, plant) =>
    {
        for (int i = 0; i < 3; i++)
        {
            await mosquitto.KillAsync();
            await plant.WaitTakenMoreAsync(2 * ReadingsPerSecond);
            await mosquitto.RestartAsync();
            await plant.WaitTakenMoreAsync(2 * ReadingsPerSecond);
        }
    });

    [PartnerFact("mosquitto", "pymodbus")]
    public Task Frozen_instead_of_stopped_costs_nothing() => OutageAsync(async (mosquitto, plant) =>
    {
        mosquitto.Freeze();
        await plant.WaitTakenMoreAsync(15 * ReadingsPerSecond);
        mosquitto.Thaw();
    });

    private static async Task OutageAsync(Func<Mosquitto, Plant, Task> outage)
    {
        await using Mosquitto mosquitto = await Mosquitto.StartAsync();
        await using CountingServer server = await CountingServer.StartAsync(units: 3, registers: 11);
        await using var plant = new Plant(new PlantOptions
        {
            Endpoints = [new EndpointOptions("line", server.Port, Units: 3, TagsPerUnit: 10)],
            AgentBrokerPort = mosquitto.Port,
            HubBrokerPort = mosquitto.Port,
            IntervalMs = 200,
        });
        await plant.StartHubAsync();
        await plant.StartAgentAsync();
        await plant.WaitStoredMoreAsync(2 * ReadingsPerSecond);

        await outage(mosquitto, plant);

        await plant.WaitStoredMoreAsync(5 * ReadingsPerSecond);
        await plant.SettleAsync();
        Books books = await Books.OpenAsync(plant);
        books.AssertBalanced();
        Assert.Equal(0, books.AssertCountersComplete(lostMax: 0));
        Assert.Equal(0, books.Totals.Accounts.MissedWhileDown);
    }
}
