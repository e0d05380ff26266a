using System.Text.Json;
using EdgeAgent.EndToEnd.Tests.Harness;
using EdgeAgent.TestKit;

namespace EdgeAgent.EndToEnd.Tests;

/// <summary>A device stops, freezes and returns, or its link misbehaves; the others must not notice.</summary>
public sealed class DeviceOutageTests
{
    [PartnerFact("mosquitto", "pymodbus")]
    public async Task A_device_that_is_away_is_bad_and_the_others_are_on_time()
    {
        await using Mosquitto mosquitto = await Mosquitto.StartAsync();
        await using CountingServer healthy = await CountingServer.StartAsync(units: 2, registers: 11);
        await using CountingServer faulty = await CountingServer.StartAsync(units: 2, registers: 11);
        await using var plant = new Plant(new PlantOptions
        {
            Endpoints =
            [
                new EndpointOptions("healthy", healthy.Port, Units: 2, TagsPerUnit: 10),
                new EndpointOptions("faulty", faulty.Port, Units: 2, TagsPerUnit: 10),
                new EndpointOptions("never-there", FreePort.Tcp(), Units: 1, TagsPerUnit: 10),
            ],
            AgentBrokerPort = mosquitto.Port,
            HubBrokerPort = mosquitto.Port,
            IntervalMs = 200,
        });
        await plant.StartHubAsync();
        await plant.StartAgentAsync();
        await plant.WaitStoredMoreAsync(500);

        await faulty.KillAsync();
        await plant.WaitTakenMoreAsync(2000);
        await faulty.RestartAsync();
        await WaitGoodAsync(plant, "faulty-unit-1");
        faulty.Freeze();
        await plant.WaitTakenMoreAsync(2000);
        faulty.Thaw();
        await WaitGoodAsync(plant, "faulty-unit-1");
        await WaitGoodAsync(plant, "faulty-unit-2");

        JsonElement[] devices = await plant.AgentDevicesAsync();
        await plant.SettleAsync();
        Books books = await Books.OpenAsync(plant);
        books.AssertBalanced();
        Assert.True(books.Totals.Accounts.Bad > 0);
        foreach (JsonElement device in devices)
        {
            string name = device.GetProperty("name").GetString()!;
            JsonElement counts = device.GetProperty("counts");
            if (name.StartsWith("healthy", StringComparison.Ordinal))
            {
                Assert.True(counts.GetProperty("bad").GetInt64() == 0, device.ToString());
                // 'Never late by more than one scan': at most a single scan of its ten tags may have been missed.
                Assert.True(counts.GetProperty("missed").GetInt64() <= 10, device.ToString());
            }
            else if (name.StartsWith("never", StringComparison.Ordinal))
            {
                Assert.Equal(0, counts.GetProperty("good").GetInt64());
                Assert.False(device.GetProperty("online").GetBoolean());
                // Asked without a login: that there is a problem is told, and not which.
                Assert.Equal("", device.GetProperty("problem").GetString());
            }
        }
    }

    [PartnerFact("mosquitto", "pymodbus")]
    public async Task A_link_that_cuts_delays_repeats_and_corrupts_never_stores_a_wrong_value()
    {
        await using Mosquitto mosquitto = await Mosquitto.StartAsync();
        await using CountingServer server = await CountingServer.StartAsync(units: 3, registers: 11);
        await using var link = new TcpProxy(server.Port);
        await using var plant = new Plant(new PlantOptions
        {
            Endpoints = [new EndpointOptions("line", link.Port, Units: 3, TagsPerUnit: 10, ResponseTimeoutMs: 500)],
            AgentBrokerPort = mosquitto.Port,
            HubBrokerPort = mosquitto.Port,
            IntervalMs = 200,
        });
        await plant.StartHubAsync();
        await plant.StartAgentAsync();
        await plant.WaitStoredMoreAsync(300);

        link.Cut();
        await plant.WaitTakenMoreAsync(300);
        link.Delay = TimeSpan.FromMilliseconds(700);
        await plant.WaitTakenMoreAsync(300);
        link.Delay = TimeSpan.Zero;
        await plant.WaitTakenMoreAsync(300);

        // Each answer comes twice: the second must not answer the next request.
        link.Edit = (piece, direction) => direction == ProxyDirection.ToClient ? (byte[])[.. piece.Span, .. piece.Span] : piece;
        await plant.WaitTakenMoreAsync(300);

        // Header bytes are corrupted in turn (the payload of Modbus TCP has no checksum that could tell).
        int turn = 0;
        link.Edit = (piece, direction) =>
        {
            byte[] copy = piece.ToArray();
            if (direction == ProxyDirection.ToClient && copy.Length > 8 && ++turn % 3 == 0)
            {
                copy[turn / 3 % 9] ^= 0x15;
            }

            return copy;
        };
        await plant.WaitTakenMoreAsync(600);
        link.Edit = null;
        link.Freeze();
        await plant.WaitTakenMoreAsync(300);
        link.Thaw();
        await WaitGoodAsync(plant, "line-unit-1");
        await WaitGoodAsync(plant, "line-unit-3");

        await plant.SettleAsync();
        Books books = await Books.OpenAsync(plant);
        books.AssertBalanced();
        // Reads whose answer the link spoiled are bad readings, not stored values; what is stored is strictly ascending.
        books.AssertCountersComplete(lostMax: long.MaxValue);
    }

    private static async Task WaitGoodAsync(Plant plant, string device)
    {
        long Good(JsonElement[] all) => all.Single(d => d.GetProperty("name").GetString() == device).GetProperty("counts").GetProperty("good").GetInt64();
        long before = Good(await plant.AgentDevicesAsync());
        await Eventually.TrueAsync(async () => Good(await plant.AgentDevicesAsync()) > before + 20, () => $"{device} is good again\n{plant.Agent.Output}");
    }
}
