using EdgeAgent.Core.Model;
using EdgeAgent.EndToEnd.Tests.Harness;
using EdgeAgent.Store;
using EdgeAgent.TestKit;

namespace EdgeAgent.EndToEnd.Tests.Deploy;

/// <summary>A machine is lost and its backup is put in place on an empty one.</summary>
public sealed class RestoreTests
{
    private const int IntervalMs = 200;
    private const int Tags = 10;

    /// <summary>Reads that were answered and died with the machine: the last flush, a commit, and what was on its way to the broker.</summary>
    private const int LostMost = 10;

    [PartnerFact("mosquitto", "pymodbus")]
    public async Task An_agent_restored_from_a_backup_older_than_its_last_acknowledged_batch_repeats_no_number_and_counts_nothing_twice()
    {
        await using Mosquitto mosquitto = await Mosquitto.StartAsync();
        await using CountingServer server = await CountingServer.StartAsync(units: 1, registers: Tags + 1);
        await using Plant plant = NewPlant(mosquitto, server);
        using var safe = new TempDirectory();
        string backup = safe.File("gw-01.eabackup");
        await plant.StartHubAsync();
        await plant.StartAgentAsync();
        await plant.WaitStoredMoreAsync(200);
        await RunAsync("backup", "--config", plant.AgentConfigPath, "--out", backup);

        // The hub takes 400 readings that the backup knows nothing of; then machine and disk are gone.
        await plant.WaitStoredMoreAsync(400);
        await plant.KillAgentAsync();
        Directory.Delete(plant.BufferDirectory, recursive: true);
        File.Delete(plant.AgentConfigPath);

        string said = await RunAsync("restore", backup, "--to", Path.GetDirectoryName(plant.AgentConfigPath)!);
        Assert.Contains("goes on with batch", said, StringComparison.Ordinal);
        await plant.StartAgentAsync();
        await plant.WaitStoredMoreAsync(300);
        await plant.SettleAsync();

        Books books = await Books.OpenAsync(plant);
        books.AssertBalanced(mayDiscard: true);
        books.AssertCountersComplete(LostMost);
        Assert.Single(books.Sequences);
        Assert.Contains(books.Discards, discard => discard.Range.Reason == "restored-backup");
        AssertDueOnce(books);
    }

    [PartnerFact("mosquitto", "pymodbus")]
    public async Task A_restored_agent_delivers_what_its_backup_still_held_once()
    {
        await using Mosquitto mosquitto = await Mosquitto.StartAsync();
        await using CountingServer server = await CountingServer.StartAsync(units: 1, registers: Tags + 1);
        await using Plant plant = NewPlant(mosquitto, server);
        using var safe = new TempDirectory();
        string backup = safe.File("gw-01.eabackup");
        await plant.StartHubAsync();
        await plant.StartAgentAsync();
        await plant.WaitStoredMoreAsync(100);
        await plant.KillHubAsync();
        await plant.WaitTakenMoreAsync(300); // Nobody acknowledges these.
        await Plant.StopAsync(plant.Agent);
        await RunAsync("backup", "--config", plant.AgentConfigPath, "--out", backup);
        Directory.Delete(plant.BufferDirectory, recursive: true);
        File.Delete(plant.AgentConfigPath);

        await RunAsync("restore", backup, "--to", Path.GetDirectoryName(plant.AgentConfigPath)!);
        await plant.StartHubAsync();
        await plant.StartAgentAsync();
        await plant.WaitStoredMoreAsync(400);
        await plant.SettleAsync();

        Books books = await Books.OpenAsync(plant);
        books.AssertBalanced();
        Assert.Equal(0, books.AssertCountersComplete(lostMax: 0));
        AssertDueOnce(books);
    }

    [PartnerFact("mosquitto", "pymodbus")]
    public async Task A_restored_hub_goes_on_where_it_ended_and_a_backup_of_a_running_one_is_whole()
    {
        await using Mosquitto mosquitto = await Mosquitto.StartAsync();
        await using CountingServer server = await CountingServer.StartAsync(units: 1, registers: Tags + 1);
        await using Plant plant = NewPlant(mosquitto, server);
        using var safe = new TempDirectory();
        string secret = safe.File("passphrase");
        await File.WriteAllTextAsync(secret, "correct horse battery\n");
        await plant.StartHubAsync();
        await plant.StartAgentAsync();
        await plant.WaitStoredMoreAsync(100);
        await RunAsync("backup", "--config", plant.HubConfigPath, "--out", safe.File("running.eabackup"), "--passphrase-file", secret);
        await plant.WaitStoredMoreAsync(100);
        await Plant.StopAsync(plant.Hub);
        await RunAsync("backup", "--config", plant.HubConfigPath, "--out", safe.File("stopped.eabackup"), "--passphrase-file", secret);

        string directory = Path.GetDirectoryName(plant.HubConfigPath)!;
        foreach (string backup in (string[])["running", "stopped"])
        {
            Directory.Delete(plant.HubDirectory, recursive: true);
            File.Delete(plant.HubConfigPath);
            File.Delete(plant.LedgerPath);
            await RunAsync("restore", safe.File(backup + ".eabackup"), "--to", directory, "--passphrase-file", secret);
            (await Books.OpenAsync(plant)).AssertBalanced();
        }

        await plant.StartHubAsync();
        await plant.WaitStoredMoreAsync(300); // The agent is let in as before.
        await plant.SettleAsync();
        Books books = await Books.OpenAsync(plant);
        books.AssertBalanced();
        Assert.Equal(0, books.AssertCountersComplete(lostMax: 0));
        AssertDueOnce(books);
    }

    /// <summary>Between the first and the last stored reading, each due instant counts once, whoever booked it.</summary>
    private static void AssertDueOnce(Books books)
    {
        RangePoint[] reads = Assert.Single(books.Counters).Value;
        long instants = ((reads[^1].Ticks - reads[0].Ticks + (IntervalMs / 2 * UnixTicks.PerMillisecond)) / (IntervalMs * UnixTicks.PerMillisecond)) + 1;
        // Before the first reading the connection was made, and after the last one the agent went on until it stopped.
        long due = books.Totals.Accounts.Due / Tags;
        Assert.True(due >= instants - 1 && due <= instants + 15, $"{instants} instants lie between the first and the last reading, {due} were booked as due");
    }

    private static Plant NewPlant(Mosquitto mosquitto, CountingServer server) => new(new PlantOptions
    {
        Endpoints = [new EndpointOptions("line", server.Port, Units: 1, TagsPerUnit: Tags)],
        AgentBrokerPort = mosquitto.Port,
        HubBrokerPort = mosquitto.Port,
        IntervalMs = IntervalMs,
    });

    private static async Task<string> RunAsync(params string[] arguments)
    {
        (int code, string output) = await BuiltProgram.RunAsync(TimeSpan.FromSeconds(60), arguments);
        Assert.True(code == 0, $"{string.Join(' ', arguments)}: exit code {code}\n{output}");
        return output;
    }
}
