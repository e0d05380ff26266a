using System.Diagnostics;
using System.Text.Json;
using EdgeAgent.Core.Model;
using EdgeAgent.EndToEnd.Tests.Harness;
using EdgeAgent.TestKit;

namespace EdgeAgent.EndToEnd.Tests;

/// <summary>The agent's disk is full: a small tmpfs, with the broker away so that nothing can be handed over.</summary>
public sealed class DiskFullTests
{
    [PartnerFact("mosquitto", "pymodbus", "root")]
    public async Task On_a_full_disk_reading_goes_on_discards_are_counted_and_it_recovers_by_itself()
    {
        using var directory = new TempDirectory();
        string mount = directory.File("small");
        Directory.CreateDirectory(mount);
        Run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", mount);
        try
        {
            await FillAsync(mount);
        }
        finally
        {
            Run("umount", "-l", mount);
        }
    }

    private static async Task FillAsync(string mount)
    {
        await using Mosquitto mosquitto = await Mosquitto.StartAsync();
        await using CountingServer server = await CountingServer.StartAsync(units: 3, registers: 101);
        await using var plant = new Plant(new PlantOptions
        {
            Endpoints = [new EndpointOptions("line", server.Port, Units: 3, TagsPerUnit: 100)],
            AgentBrokerPort = mosquitto.Port,
            HubBrokerPort = mosquitto.Port,
            IntervalMs = 100,
            AgentDataDirectory = Path.Combine(mount, "agent"),
        });
        await plant.StartHubAsync();
        await plant.StartAgentAsync();
        await plant.WaitStoredMoreAsync(3000);

        await mosquitto.StopAsync();

        // Someone else fills the disk to the last byte.
        string ballast = Path.Combine(mount, "ballast");
        await using (FileStream file = File.Create(ballast))
        {
            byte[] block = new byte[4096];
            try
            {
                while (true)
                {
                    file.Write(block);
                    file.Flush();
                }
            }
            catch (IOException)
            {
            }
        }

        await Eventually.TrueAsync(async () => await LostAsync(plant) > 0, "the full disk shows in the counts", TimeSpan.FromSeconds(120));
        await plant.WaitTakenMoreAsync(3000);
        Assert.False(plant.Agent.HasExited, plant.Agent.Output);

        File.Delete(ballast);
        await mosquitto.RestartAsync();
        await plant.WaitStoredMoreAsync(6000, TimeSpan.FromSeconds(120));

        long due = await plant.StopScanningAsync();
        await plant.SettleAsync();
        Books books = await Books.OpenAsync(plant);
        books.AssertBalanced(due, mayDiscard: true);
        ScanAccount accounts = books.Totals.Accounts;
        Assert.True(accounts.Dropped + books.Totals.DiscardedReadings > 0);
        // Each lost scan of a unit is in the counts: 100 tags a scan.
        long gaps = books.AssertCountersComplete(lostMax: long.MaxValue);
        Assert.True(
            gaps * 100 <= accounts.Dropped + books.DeclaredDue,
            $"{gaps} scans of 100 readings are not stored, but only {accounts.Dropped} dropped readings and {books.DeclaredDue} due in discarded batches are counted");
    }

    private static async Task<long> LostAsync(Plant plant)
    {
        JsonElement agent = (await plant.AgentStatusAsync()).GetProperty("agent");
        return agent.GetProperty("counts").GetProperty("dropped").GetInt64() + agent.GetProperty("buffer").GetProperty("discardedReadings").GetInt64();
    }

    private static void Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(Partners.Find(program)!, arguments) { RedirectStandardError = true })!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {errors}");
    }
}
