using System.Net;
using System.Net.Sockets;
using EdgeAgent.EndToEnd.Tests.Harness;
using EdgeAgent.TestKit;

namespace EdgeAgent.EndToEnd.Tests;

/// <summary>What a service manager sees: how the program ends, and what it does when it finds its data damaged.</summary>
public sealed class OperationTests
{
    [Theory]
    [InlineData("web")]
    [InlineData("broker")]
    [InlineData("hub/store")]
    [InlineData("agent")]
    public async Task What_cannot_start_ends_the_process_with_a_failure_and_one_plain_line(string inTheWay)
    {
        using var directory = new TempDirectory();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        int PortOf(string part) => part == inTheWay ? ((IPEndPoint)taken.LocalEndpoint).Port : FreePort.Tcp();
        string config = directory.File("all.json");
        await File.WriteAllTextAsync(config, $$"""
            { "site": "s", "web": { "listen": "127.0.0.1:{{PortOf("web")}}" }, "broker": { "listen": "127.0.0.1:{{PortOf("broker")}}" },
              "agent": { "id": "a", "dataDirectory": "agent", "publishers": [], "endpoints": [] },
              "hub": { "dataDirectory": "hub", "store": { "kind": "sqlite", "path": "hub/store" } } }
            """);
        if (inTheWay is "hub/store" or "agent")
        {
            Directory.CreateDirectory(directory.File("hub"));
            await File.WriteAllTextAsync(directory.File(inTheWay), "a file where a directory should be");
        }

        (int code, string output) = await BuiltProgram.RunAsync(TimeSpan.FromSeconds(30), "run", "--config", config);

        Assert.True(code == 1, $"exit code {code}\n{output}");
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        string place = inTheWay is "web" or "broker" ? $":{PortOf(inTheWay)}" : directory.File(inTheWay);
        Assert.Contains(place, output, StringComparison.Ordinal);
    }

    [PartnerFact("mosquitto", "pymodbus")]
    public async Task A_frozen_device_and_a_frozen_broker_do_not_hold_up_a_stop()
    {
        await using Mosquitto mosquitto = await Mosquitto.StartAsync();
        await using CountingServer server = await CountingServer.StartAsync(units: 2, registers: 11);
        await using Plant plant = NewPlant(mosquitto, server);
        await plant.StartHubAsync();
        await plant.StartAgentAsync();
        await plant.WaitStoredMoreAsync(50);
        server.Freeze();
        mosquitto.Freeze();
        await Eventually.TrueAsync(
            async () => (await plant.AgentDevicesAsync()).All(d => !d.GetProperty("online").GetBoolean()), "the devices time out\n" + plant.Agent.Output);

        plant.Agent.Terminate();
        plant.Hub.Terminate();
        // Each gives itself less than five seconds, and fails when that is not enough.
        await Task.WhenAll(plant.Agent.WaitForExitAsync(), plant.Hub.WaitForExitAsync());

        Assert.True(plant.Agent.ExitCode == 0, plant.Agent.Output);
        Assert.True(plant.Hub.ExitCode == 0, plant.Hub.Output);
    }

    [PartnerFact("mosquitto", "pymodbus")]
    public async Task A_damaged_buffer_is_set_aside_and_reported_and_collection_goes_on()
    {
        await using Mosquitto mosquitto = await Mosquitto.StartAsync();
        await using CountingServer server = await CountingServer.StartAsync(units: 2, registers: 11);
        await using Plant plant = NewPlant(mosquitto, server);
        await plant.StartHubAsync();
        await plant.StartAgentAsync();
        await plant.WaitStoredMoreAsync(50);
        await plant.KillAgentAsync();
        string buffer = Path.Combine(plant.BufferDirectory, "buffer");
        foreach (string file in Directory.GetFiles(buffer, "buffer.db*"))
        {
            byte[] noise = new byte[new FileInfo(file).Length];
            new Random(7).NextBytes(noise);
            await File.WriteAllBytesAsync(file, noise);
        }

        await plant.StartAgentAsync();
        await plant.Agent.WaitForLineAsync("set aside");
        Assert.NotEmpty(Directory.GetFiles(buffer, "buffer.damaged-*.db"));
        await plant.WaitStoredMoreAsync(100);

        await plant.SettleAsync();
        Books books = await Books.OpenAsync(plant);
        Assert.Equal(2, books.Sequences.Count);
        books.AssertCountersComplete(lostMax: long.MaxValue);
    }

    private static Plant NewPlant(Mosquitto mosquitto, CountingServer server) => new(new PlantOptions
    {
        Endpoints = [new EndpointOptions("line", server.Port, Units: 2, TagsPerUnit: 10)],
        AgentBrokerPort = mosquitto.Port,
        HubBrokerPort = mosquitto.Port,
        IntervalMs = 200,
    });
}
