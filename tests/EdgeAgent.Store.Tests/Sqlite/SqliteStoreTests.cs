using EdgeAgent.Core.Model;
using EdgeAgent.Store.Sqlite;
using EdgeAgent.Store.Tests.StoreContract;
using EdgeAgent.TestKit;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Store.Tests.Sqlite;

/// <summary>What only the embedded store does: its file, its folding, its retention.</summary>
public sealed class SqliteStoreTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly FakeTimeProvider _time = new(UnixTicks.ToDateTimeOffset(TestAgent.At(0)));

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_damaged_file_is_reported_by_name_and_left_as_it_is()
    {
        await using (SqliteTimeSeriesStore store = await OpenAsync())
        {
            using var agent = new TestAgent();
            await store.AppendAsync([agent.NextRamp(TestAgent.At(0), 2000)], default);
        }

        string path = _directory.File("store.db");
        byte[] bytes = await File.ReadAllBytesAsync(path);
        bytes.AsSpan(0, 4096).Fill(0x5A);
        await File.WriteAllBytesAsync(path, bytes);
        StoreDamagedException damage = await Assert.ThrowsAsync<StoreDamagedException>(async () => await OpenAsync());
        Assert.Contains(path, damage.Message, StringComparison.Ordinal);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(path));
    }

    [Fact]
    public async Task A_database_of_another_program_is_not_touched()
    {
        string path = _directory.File("store.db");
        using (var other = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            other.Open();
            using SqliteCommand command = other.CreateCommand();
            command.CommandText = "CREATE TABLE theirs (a)";
            command.ExecuteNonQuery();
        }

        await Assert.ThrowsAsync<StoreDamagedException>(async () => await OpenAsync());
        Assert.True(File.Exists(path));
    }

    [Fact]
    public async Task A_second_writer_is_kept_out_and_a_reader_is_not()
    {
        await using SqliteTimeSeriesStore store = await OpenAsync();
        using var agent = new TestAgent();
        await store.AppendAsync([agent.NextRamp(TestAgent.At(0), 5)], default);
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await OpenAsync());
        await using var reader = new SqliteTimeSeriesStore(
            new SqliteStoreOptions(_directory.Path) { ReadOnly = true }, _time, NullLogger<SqliteTimeSeriesStore>.Instance);
        await reader.InitializeAsync(default);
        Assert.Equal(5, (await reader.ReadTotalsAsync(null, default)).Readings);
        await store.FoldAsync(default);
        await store.AppendAsync([agent.NextRamp(TestAgent.At(5), 5)], default);
        Assert.Equal(TestAgent.At(9), (await reader.ReadLastAsync(null, default)).Single().SourceTicks);
        Assert.Equal(10, (await reader.ReadRangeAsync(agent.Series(0), TestAgent.At(0), TestAgent.At(100), 0, default)).Count);
    }

    [Fact]
    public async Task A_full_disk_is_an_outage_and_the_group_is_not_half_stored()
    {
        await using SqliteTimeSeriesStore store = await OpenAsync();
        using var agent = new TestAgent();
        await store.AppendAsync([agent.NextRamp(TestAgent.At(0), 5)], default);
        store.LimitPages(20);
        StoredBatch[] group = [.. Enumerable.Range(0, 50).Select(i => agent.NextRamp(TestAgent.At(10 + (i * 500)), 500))];
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.AppendAsync(group, default));
        Assert.Equal(1, (await store.ReadSequencesAsync(agent.Key, agent.Incarnation, default)).Contiguous);
        store.LimitPages(1_000_000);
        Assert.All(await store.AppendAsync(group, default), o => Assert.Equal(AppendOutcome.Stored, o));
        StoreTotals totals = await store.ReadTotalsAsync(null, default);
        Assert.Equal((51, 25_005, 25_005), (totals.Batches, totals.Readings, totals.Accounts.Due));
    }

    [Fact]
    public async Task Folding_in_between_changes_no_answer()
    {
        await using SqliteTimeSeriesStore store = await OpenAsync();
        using var agent = new TestAgent();
        var expected = new SortedDictionary<long, double>();
        var random = new Random(5);
        for (int i = 0; i < 120; i++)
        {
            // Mostly in order, sometimes late by hours, sometimes a repetition of an instant with another value.
            double at = random.Next(5) == 0 ? random.Next(4 * 3600) : i * 120;
            var readings = new ReadingBatch();
            for (int k = 0; k < 20; k++)
            {
                long ticks = TestAgent.At(at + (k * 7));
                double value = random.Next(1000);
                readings.Add(Reading.Float64(0, Quality.Good, ticks, value));
                expected[ticks] = value;
            }

            await store.AppendAsync([agent.Next(readings)], default);
            if (random.Next(3) == 0)
            {
                await store.FoldAsync(default);
                Assert.Equal(0, store.TailReadings);
            }
        }

        for (int round = 0; round < 2; round++)
        {
            IReadOnlyList<RangePoint> all = await store.ReadRangeAsync(agent.Series(0), TestAgent.At(-1), TestAgent.At(1e6), 0, default);
            Assert.Equal(expected.Keys, all.Select(p => p.Ticks));
            Assert.Equal(expected.Values, all.Select(p => p.Mean));
            IReadOnlyList<RangePoint> few = await store.ReadRangeAsync(agent.Series(0), TestAgent.At(-1), TestAgent.At(1e6), 24, default);
            Assert.Equal(expected.Count, few.Sum(p => p.Count));
            Assert.Equal(expected.Values.Max(), few.Max(p => p.Max));
            await store.FoldAsync(default);
        }
    }

    [Fact]
    public async Task Queries_run_while_batches_arrive_and_are_folded()
    {
        await using SqliteTimeSeriesStore store = await OpenAsync();
        using var agent = new TestAgent();
        await store.AppendAsync([agent.NextRamp(TestAgent.At(0), 1)], default);
        using var done = new CancellationTokenSource();
        Task queries = Task.Run(async () =>
        {
            int before = 0;
            while (!done.IsCancellationRequested)
            {
                int now = (await store.ReadRangeAsync(agent.Series(0), TestAgent.At(-1), TestAgent.At(1e6), 0, default)).Count;
                Assert.True(now >= before, $"{now} readings where there were {before}");
                before = now;
            }
        });
        for (int i = 1; i < 60; i++)
        {
            await store.AppendAsync([agent.NextRamp(TestAgent.At(i * 100), 100)], default);
            if (i % 7 == 0)
            {
                await store.FoldAsync(default);
            }
        }

        await done.CancelAsync();
        await queries;
    }

    [Fact]
    public async Task Retention_deletes_whole_old_hours_and_keeps_accounts_and_what_came_late()
    {
        await using SqliteTimeSeriesStore store = await OpenAsync();
        using var agent = new TestAgent();
        await store.AppendAsync([agent.NextRamp(TestAgent.At(0), 100), agent.NextRamp(TestAgent.At(3600), 100)], default);
        await store.FoldAsync(default);
        _time.JumpWallClock(TimeSpan.FromDays(730) + TimeSpan.FromMinutes(110));
        // Imported now about long ago: as old as the others, and new here.
        await store.AppendAsync([agent.NextRamp(TestAgent.At(-36_000), 10)], default);
        await store.FoldAsync(default);
        await store.EnforceRetentionAsync(default);
        IReadOnlyList<RangePoint> left = await store.ReadRangeAsync(agent.Series(0), TestAgent.At(-100_000), TestAgent.At(100_000), 0, default);
        Assert.Equal(110, left.Count);
        Assert.Null(await store.ReadBatchAsync(agent.Key, agent.Incarnation, 1, default));
        Assert.NotNull(await store.ReadBatchAsync(agent.Key, agent.Incarnation, 2, default));
        Assert.NotNull(await store.ReadBatchAsync(agent.Key, agent.Incarnation, 3, default));
        Assert.Equal(210, (await store.ReadDeviceHoursAsync(null, 0, int.MaxValue, default)).Sum(h => h.Account.Due));
        Assert.Equal(3, (await store.ReadSequencesAsync(agent.Key, agent.Incarnation, default)).Contiguous);
        agent.Reincarnate();
        Assert.Equal((3, 210), ((await store.ReadTotalsAsync(null, default)).Batches, (await store.ReadTotalsAsync(null, default)).Readings));
    }

    [Fact]
    public async Task A_batch_beyond_the_retention_that_comes_again_is_still_known()
    {
        await using SqliteTimeSeriesStore store = await OpenAsync();
        using var agent = new TestAgent();
        StoredBatch old = agent.NextRamp(TestAgent.At(0), 10);
        await store.AppendAsync([old], default);
        await store.FoldAsync(default);
        _time.JumpWallClock(TimeSpan.FromDays(800));
        await store.EnforceRetentionAsync(default);
        Assert.Equal([AppendOutcome.Duplicate], await store.AppendAsync([old], default));
        Assert.Equal(10, (await store.ReadTotalsAsync(null, default)).Readings);
    }

    [Fact]
    public async Task The_background_folds_when_enough_has_gathered()
    {
        await using var store = new SqliteTimeSeriesStore(
            new SqliteStoreOptions(_directory.Path) { TailReadingsMax = 1000 }, TimeProvider.System, NullLogger<SqliteTimeSeriesStore>.Instance);
        await store.InitializeAsync(default);
        using var agent = new TestAgent();
        await store.AppendAsync([agent.NextRamp(TestAgent.At(0), 999)], default);
        await store.AppendAsync([agent.NextRamp(TestAgent.At(1000), 2)], default);
        await Eventually.TrueAsync(() => store.TailReadings == 0, "the tail is folded");
    }

    [Fact]
    public void Append_order_permutation_and_repetition_never_change_the_totals()
    {
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(25),
            Prop.ForAll(ArbMap.Default.ArbFor<(byte Index, bool Fold, bool Reopen)[]>(), steps => RunAsync(steps).GetAwaiter().GetResult()));
    }

    private static async Task RunAsync((byte Index, bool Fold, bool Reopen)[] steps)
    {
        using var directory = new TempDirectory();
        using var agent = new TestAgent();
        StoredBatch[] batches = [.. Enumerable.Range(0, 6).Select(i => agent.NextRamp(TestAgent.At(i * 1000), 1001))];
        SqliteTimeSeriesStore store = await OpenAsync(directory, TimeProvider.System);
        try
        {
            foreach ((byte index, bool fold, bool reopen) in steps)
            {
                await store.AppendAsync([batches[index % 6], batches[(index / 6) % 6]], default);
                if (fold)
                {
                    await store.FoldAsync(default);
                }

                if (reopen)
                {
                    await store.DisposeAsync();
                    store = await OpenAsync(directory, TimeProvider.System);
                }
            }

            await store.AppendAsync(batches, default);
            StoreTotals totals = await store.ReadTotalsAsync(null, default);
            Assert.Equal((6, 6006, 6006), (totals.Batches, totals.Readings, totals.Accounts.Due));
            Assert.Equal(6, (await store.ReadSequencesAsync(agent.Key, agent.Incarnation, default)).Contiguous);
            Assert.Equal(6001, (await store.ReadRangeAsync(agent.Series(0), TestAgent.At(-1), TestAgent.At(1e5), 0, default)).Count);
            Assert.Equal(TestAgent.At(6000), (await store.ReadLastAsync(null, default)).Single().SourceTicks);
        }
        finally
        {
            await store.DisposeAsync();
        }
    }

    private Task<SqliteTimeSeriesStore> OpenAsync() => OpenAsync(_directory, _time);

    private static async Task<SqliteTimeSeriesStore> OpenAsync(TempDirectory directory, TimeProvider time)
    {
        var store = new SqliteTimeSeriesStore(
            new SqliteStoreOptions(directory.Path) { Maintenance = false }, time, NullLogger<SqliteTimeSeriesStore>.Instance);
        try
        {
            await store.InitializeAsync(default);
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }
}
