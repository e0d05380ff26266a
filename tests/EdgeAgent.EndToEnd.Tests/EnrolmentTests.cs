using System.Text.Json;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;
using EdgeAgent.EndToEnd.Tests.Harness;
using EdgeAgent.TestKit;

namespace EdgeAgent.EndToEnd.Tests;

/// <summary>Whose batches a hub takes, and what becomes of those of others.</summary>
public sealed class EnrolmentTests
{
    [PartnerFact("mosquitto", "pymodbus")]
    public async Task A_stranger_is_neither_stored_nor_acknowledged_until_a_person_approves_it_and_then_nothing_is_missing()
    {
        await using Mosquitto mosquitto = await Mosquitto.StartAsync();
        await using CountingServer server = await CountingServer.StartAsync(units: 1, registers: 11);
        await using Plant plant = NewPlant(mosquitto, server, enrolled: false);
        await plant.StartHubAsync();
        await plant.StartAgentAsync();
        await Eventually.TrueAsync(async () => await HubAsync(plant, "agentsPending") == 1, "the stranger waits for approval\n" + plant.Hub.Output);
        await plant.WaitTakenMoreAsync(150);
        Assert.Equal(0, await plant.StoredAsync());
        JsonElement buffer = (await plant.AgentStatusAsync()).GetProperty("agent").GetProperty("buffer");
        Assert.Equal(0, buffer.GetProperty("acknowledgedReadings").GetInt64());

        (int code, string output) = await BuiltProgram.RunAsync(TimeSpan.FromSeconds(30), "agents", "approve", Plant.AgentId, "--config", plant.HubConfigPath);
        Assert.True(code == 0, output);
        await plant.WaitStoredMoreAsync(150);

        await plant.SettleAsync();
        Books books = await Books.OpenAsync(plant);
        books.AssertBalanced();
        Assert.Equal(0, books.AssertCountersComplete(lostMax: 0));
        Assert.Equal(1ul, books.Counters.Values.Single()[0].Last.Bits);
    }

    [PartnerFact("mosquitto", "pymodbus")]
    public async Task An_invited_agent_is_let_in_without_anybody_and_the_hub_shows_its_version_configuration_and_clock()
    {
        await using Mosquitto mosquitto = await Mosquitto.StartAsync();
        await using CountingServer server = await CountingServer.StartAsync(units: 1, registers: 11);
        await using Plant plant = NewPlant(mosquitto, server, enrolled: false);
        (int code, string output) = await BuiltProgram.RunAsync(TimeSpan.FromSeconds(30), "agents", "invite", Plant.AgentId, "--config", plant.HubConfigPath);
        Assert.True(code == 0, output);
        string token = output.Split('\n').First(line => line.Length == 32 && !line.Contains(' ', StringComparison.Ordinal));
        await File.WriteAllTextAsync(plant.AgentConfigPath, (await File.ReadAllTextAsync(plant.AgentConfigPath))
            .Replace("\"name\": \"hub\",", $"\"name\": \"hub\", \"enrolmentToken\": \"{token}\",", StringComparison.Ordinal));

        await plant.StartHubAsync();
        await plant.StartAgentAsync();
        await plant.WaitStoredMoreAsync(100);

        JsonElement agent = Assert.Single((await plant.HubStatusAsync()).GetProperty("hub").GetProperty("agents").EnumerateArray());
        Assert.Equal("approved", agent.GetProperty("status").GetString());
        Assert.NotEmpty(agent.GetProperty("version").GetString()!);
        Assert.NotEmpty(agent.GetProperty("configHash").GetString()!);
        Assert.InRange(agent.GetProperty("clockOffsetMs").GetInt64(), -5000, 50);
        (_, string list) = await BuiltProgram.RunAsync(TimeSpan.FromSeconds(30), "agents", "list", "--config", plant.HubConfigPath);
        Assert.Contains("approved  test-site/gw-01", list, StringComparison.Ordinal);
        Assert.Contains("version ", list, StringComparison.Ordinal);
    }

    [PartnerFact("mosquitto", "pymodbus")]
    public async Task Forged_and_damaged_batches_are_refused_kept_aside_and_counted_and_replayed_ones_change_nothing()
    {
        await using Mosquitto mosquitto = await Mosquitto.StartAsync();
        await using CountingServer server = await CountingServer.StartAsync(units: 1, registers: 11);
        await using Plant plant = NewPlant(mosquitto, server, enrolled: true);
        using var directory = new TempDirectory();
        await plant.StartHubAsync();
        await plant.StartAgentAsync();
        await plant.WaitStoredMoreAsync(50);

        string topic = Topics.Batch(Plant.Site, Plant.AgentId);
        string caught = directory.File("caught");
        await ShellAsync($"mosquitto_sub -p {mosquitto.Port} -t '{topic}' -C 1 -N > '{caught}'");
        byte[] good = await File.ReadAllBytesAsync(caught);
        await Eventually.TrueAsync(async () => await plant.StoredAsync() > 0, "the caught batch is stored too");

        byte[] damaged = [.. good];
        damaged[good.Length / 2] ^= 0x10;
        await SendAsync(mosquitto, topic, damaged, directory.File("damaged"));
        await SendAsync(mosquitto, topic, Forged(), directory.File("forged"));
        await SendAsync(mosquitto, Topics.Batch(Plant.Site, "gw-99"), good, directory.File("replayed"));
        await plant.Hub.WaitForLineAsync($"{Plant.Site}/gw-99 not taken yet");
        long duplicates = await HubAsync(plant, "duplicateBatches");
        await SendAsync(mosquitto, topic, good, directory.File("again"));

        await Eventually.TrueAsync(
            async () => await HubAsync(plant, "refusedBatches") == 2 && await HubAsync(plant, "duplicateBatches") > duplicates,
            "two batches are refused and one is known\n" + plant.Hub.Output);
        Assert.Contains("edgeagent_ingest_refused_batches_total 2", await plant.HubMetricsAsync(), StringComparison.Ordinal);
        byte[][] kept = [.. Directory.GetFiles(Path.Combine(plant.HubDirectory, "refused"), "*.batch").Select(File.ReadAllBytes)];
        Assert.Equal(2, kept.Length);
        Assert.Contains(kept, batch => batch.AsSpan().SequenceEqual(damaged));
        Assert.All(Directory.GetFiles(Path.Combine(plant.HubDirectory, "refused"), "*.txt"), text => Assert.Contains("reason: ", File.ReadAllText(text), StringComparison.Ordinal));

        await plant.WaitStoredMoreAsync(100);
        await plant.SettleAsync();
        Books books = await Books.OpenAsync(plant);
        books.AssertBalanced();
        Assert.Equal(0, books.AssertCountersComplete(lostMax: 0));
    }

    private static Plant NewPlant(Mosquitto mosquitto, CountingServer server, bool enrolled) => new(new PlantOptions
    {
        Endpoints = [new EndpointOptions("line", server.Port, Units: 1, TagsPerUnit: 10)],
        AgentBrokerPort = mosquitto.Port,
        HubBrokerPort = mosquitto.Port,
        IntervalMs = 200,
        HasEnrolmentToken = enrolled,
    });

    /// <summary>What someone without the agent's key would seal in its name.</summary>
    private static byte[] Forged()
    {
        using var stranger = EcdsaBatchSigner.CreateEphemeral();
        var builder = new BatchBuilder();
        builder.AddAccount(new ScanAccount(0, 489_000, Provenance.Live, 5, 5, 0, 0, 0, 5, 0, 0, 0));
        var header = new BatchHeader(Plant.Site, Plant.AgentId, Guid.NewGuid(), 1, new byte[32], 489_000 * UnixTicks.PerHour, new byte[32]);
        return builder.Seal(header, stranger).Signed.ToArray();
    }

    private static async Task<long> HubAsync(Plant plant, string count) => (await plant.HubStatusAsync()).GetProperty("hub").GetProperty(count).GetInt64();

    private static async Task SendAsync(Mosquitto mosquitto, string topic, byte[] payload, string file)
    {
        await File.WriteAllBytesAsync(file, payload);
        await ShellAsync($"mosquitto_pub -p {mosquitto.Port} -q 1 -t '{topic}' -f '{file}'");
    }

    private static async Task ShellAsync(string command)
    {
        await using PartnerProcess shell = PartnerProcess.Start("/bin/sh", ["-c", command]);
        await shell.WaitForExitAsync();
        Assert.True(shell.ExitCode == 0, shell.Output);
    }
}
