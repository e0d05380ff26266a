using EdgeAgent.EndToEnd.Tests.Harness;
using EdgeAgent.TestKit;

namespace EdgeAgent.EndToEnd.Tests;

/// <summary>The links to the broker misbehave, on the agent's side and on the hub's at once.</summary>
public sealed class BrokerLinkTests
{
    [PartnerFact("mosquitto", "pymodbus")]
    public async Task Links_that_cut_delay_freeze_repeat_and_corrupt_cost_nothing()
    {
        await using Mosquitto mosquitto = await Mosquitto.StartAsync();
        await using CountingServer server = await CountingServer.StartAsync(units: 3, registers: 11);
        await using var agentLink = new TcpProxy(mosquitto.Port);
        await using var hubLink = new TcpProxy(mosquitto.Port);
        await using var plant = new Plant(new PlantOptions
        {
            Endpoints = [new EndpointOptions("line", server.Port, Units: 3, TagsPerUnit: 10)],
            AgentBrokerPort = agentLink.Port,
            HubBrokerPort = hubLink.Port,
            IntervalMs = 200,
        });
        await plant.StartHubAsync();
        await plant.StartAgentAsync();
        await plant.WaitStoredMoreAsync(300);

        foreach (TcpProxy link in new[] { agentLink, hubLink })
        {
            for (int i = 0; i < 3; i++)
            {
                link.Cut();
                await plant.WaitTakenMoreAsync(90);
            }

            link.Delay = TimeSpan.FromMilliseconds(400);
            await plant.WaitTakenMoreAsync(300);
            link.Delay = TimeSpan.Zero;

            link.Freeze();
            await plant.WaitTakenMoreAsync(600);
            link.Thaw();
            await plant.WaitTakenMoreAsync(150);

            // Every 20th piece comes twice, or with one byte changed: the stream is no MQTT any more, or a batch is not what was signed.
            int turn = 0;
            link.Edit = (piece, _) => (++turn % 20) switch
            {
                0 => (byte[])[.. piece.Span, .. piece.Span],
                10 => Changed(piece),
                _ => piece,
            };
            await plant.WaitTakenMoreAsync(600);
            link.Edit = null;
            link.Cut();
            await plant.WaitStoredMoreAsync(300, TimeSpan.FromSeconds(120));
        }

        await plant.SettleAsync();
        Books books = await Books.OpenAsync(plant);
        books.AssertBalanced();
        Assert.Equal(0, books.AssertCountersComplete(lostMax: 0));
    }

    private static ReadOnlyMemory<byte> Changed(ReadOnlyMemory<byte> piece)
    {
        byte[] copy = piece.ToArray();
        copy[copy.Length / 2] ^= 0x40;
        return copy;
    }
}
