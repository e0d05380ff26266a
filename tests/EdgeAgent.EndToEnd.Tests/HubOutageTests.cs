using EdgeAgent.EndToEnd.Tests.Harness;
using EdgeAgent.TestKit;

namespace EdgeAgent.EndToEnd.Tests;

/// <summary>The hub is killed, in particular after a commit and before its acknowledgement.</summary>
public sealed class HubOutageTests
{
    [PartnerFact("mosquitto", "pymodbus")]
    public async Task Killed_between_commit_and_acknowledgement_the_hub_stores_nothing_twice()
    {
        await using Mosquitto mosquitto = await Mosquitto.StartAsync();
        await using CountingServer server = await CountingServer.StartAsync(units: 3, registers: 11);
        await using var hubLink = new TcpProxy(mosquitto.Port);
        await using var plant = new Plant(new PlantOptions
        {
            Endpoints = [new EndpointOptions("line", server.Port, Units: 3, TagsPerUnit: 10)],
            AgentBrokerPort = mosquitto.Port,
            HubBrokerPort = hubLink.Port,
            IntervalMs = 200,
        });
        await plant.StartHubAsync();
        await plant.StartAgentAsync();
        await plant.WaitStoredMoreAsync(300);

        for (int i = 0; i < 5; i++)
        {
            // From here on batches reach the hub and are committed, but nothing that it says reaches the broker.
            hubLink.Edit = (piece, direction) => direction == ProxyDirection.ToServer ? ReadOnlyMemory<byte>.Empty : piece;
            await plant.WaitStoredMoreAsync(150);
            await plant.KillHubAsync();
            hubLink.Edit = null;
            await plant.StartHubAsync();
            await plant.WaitStoredMoreAsync(150);
        }

        await plant.SettleAsync();
        Books books = await Books.OpenAsync(plant);
        books.AssertBalanced();
        Assert.Equal(0, books.AssertCountersComplete(lostMax: 0));
        Assert.True(books.Totals.DuplicateBatches > 0, "no batch came twice, so the test has not shown what it is for");
    }
}
