using System.Security.Cryptography;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;
using EdgeAgent.Store.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Commands.Bench.Indicators;

/// <summary>Enterprises with one agent each, whose devices have been read once a minute for some days, as the embedded store holds them.</summary>
internal sealed record AccountLoad(int Sites, int Devices, int Days)
{
    private const int PerHour = 60;
    private readonly long[] _sequences = new long[Sites];

    /// <summary>The report instant: a midnight in Shanghai.</summary>
    public DateTimeOffset End { get; } = ShanghaiTime.StartOf(new DateOnly(2025, 11, 20));

    public DateTimeOffset Now => End.AddDays(2);

    /// <summary>The last hour before the end.</summary>
    public int LastHour => UnixTicks.HourOf(UnixTicks.From(End)) - 1;

    public static string SiteName(int site) => $"enterprise-{site:000}";

    public static DeviceLedger LedgerOf(int site, int devices) => new(
        [.. Enumerable.Range(0, devices).Select(i => new LedgerEntry(
            i + 2, $"{site:000}-{i:0000}", $"设备 {i}", "", "", "", $"车间 {i % 5}", "", $"工序 {i % 20}", i % 10 == 0, AssetCategory.Production, CountUnit.Piece, AssetStatus.InUse,
            new DateOnly(2020, 1, 1), null, DigitalBasis.Plc, "", null, ["铭牌.jpg"], "", null, ""))],
        new string('0', 64));

    public async Task<SqliteTimeSeriesStore> StoreAsync(string directory, BenchContext context)
    {
        SqliteTimeSeriesStore store = new(new SqliteStoreOptions(directory) { FullSync = false, Maintenance = false }, new LoadTime(Now), NullLogger<SqliteTimeSeriesStore>.Instance);
        await store.InitializeAsync(context.Cancellation);
        for (int hour = LastHour + 1 - (24 * Days); hour <= LastHour; hour++)
        {
            await StoreHourAsync(store, hour, context);
        }

        return store;
    }

    /// <summary>One batch of each site with the accounts of an hour.</summary>
    public async Task StoreHourAsync(SqliteTimeSeriesStore store, int hour, BenchContext context)
    {
        StoredBatch[] batches = new StoredBatch[Sites];
        for (int site = 0; site < Sites; site++)
        {
            batches[site] = Batch(site, hour);
        }

        await store.AppendAsync(batches, context.Cancellation);
    }

    /// <summary>One device in ten is down for the second half of each day, so that there is something to tell apart.</summary>
    private StoredBatch Batch(int site, int hour)
    {
        PlantDefinition definition = Definitions.GetOrAdd((site, Devices), key => DefinitionOf(key.Site, key.Devices));
        ScanAccount[] accounts = new ScanAccount[Devices];
        for (int i = 0; i < Devices; i++)
        {
            long good = i % 10 == 9 && hour % 24 >= 12 ? 0 : PerHour;
            accounts[i] = new ScanAccount(i, hour, Provenance.Live, PerHour, good, PerHour - good, 0, 0, PerHour - 10, 0, 10, good / 2);
        }

        byte[] hash = SHA256.HashData(BitConverter.GetBytes((site * 1_000_000_007L) + ++_sequences[site]));
        return new StoredBatch(
            new AgentKey(SiteName(site), "gw"), new Guid(site + 1, 0, 0, new byte[8]), _sequences[site], hash, hash, new byte[32], (hour + 1) * UnixTicks.PerHour, definition,
            _sequences[site] == 1 ? definition : null, new ReadingBatch(), accounts, []);
    }

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<(int Site, int Devices), PlantDefinition> Definitions = [];

    private static PlantDefinition DefinitionOf(int site, int devices) => DefinitionCodec.Create(
        [.. Enumerable.Range(0, devices).Select(i => new DeviceDefinition($"dev-{i:0000}", "modbus-tcp", $"modbus-tcp://10.{site / 250}.{site % 250}.{i / 250}:502/{i % 250}", $"{site:000}-{i:0000}"))],
        [.. Enumerable.Range(0, devices).Select(i => new TagDefinition(i, "value", ValueKind.Float64, "", 60_000))]);

    private sealed class LoadTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
