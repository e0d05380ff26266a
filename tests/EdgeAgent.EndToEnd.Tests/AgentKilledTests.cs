using EdgeAgent.EndToEnd.Tests.Harness;
using EdgeAgent.TestKit;

namespace EdgeAgent.EndToEnd.Tests;

/// <summary>kill -9 of the agent at random moments.</summary>
public sealed class AgentKilledTests
{
    private const int Kills = 20;
    private const int IntervalMs = 100;

    [PartnerFact("mosquitto", "pymodbus")]
    public async Task Killed_twenty_times_the_agent_loses_only_the_last_flush_and_says_so()
    {
        await using Mosquitto mosquitto = await Mosquitto.StartAsync();
        await using CountingServer server = await CountingServer.StartAsync(units: 3, registers: 11);
        await using var plant = new Plant(new PlantOptions
        {
            Endpoints = [new EndpointOptions("line", server.Port, Units: 3, TagsPerUnit: 10)],
            AgentBrokerPort = mosquitto.Port,
            HubBrokerPort = mosquitto.Port,
            IntervalMs = IntervalMs,
        });
        await plant.StartHubAsync();
        var random = new Random(20251113);
        for (int i = 0; i < Kills; i++)
        {
            await plant.StartAgentAsync();
            await plant.WaitTakenMoreAsync(random.Next(30, 900));
            await plant.KillAgentAsync();
        }

        await plant.StartAgentAsync();
        await plant.WaitTakenMoreAsync(300);
        await plant.SettleAsync();

        Books books = await Books.OpenAsync(plant);
        books.AssertBalanced();
        // What was read but not flushed at a kill: at most the flush interval (250 ms) and the commit, here taken as 5 scans of 100 ms.
        long lost = books.AssertCountersComplete(lostMax: Kills * 5);
        long missed = books.Totals.Accounts.MissedWhileDown;
        Assert.True(missed >= lost * 10, $"{lost} answered scans of 10 tags were lost, but only {missed} readings are booked as missed");
        Assert.Single(books.Sequences);
    }
}
