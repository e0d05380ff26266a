using EdgeAgent.Core.Model;
using EdgeAgent.Store;
using EdgeAgent.Store.Postgres;
using EdgeAgent.Store.Tests.StoreContract;
using EdgeAgent.TestKit;

namespace EdgeAgent.Interop.Tests.Postgres;

/// <summary>What is particular to PostgreSQL: several hubs at once, a crash, retention, what a dashboard sees.</summary>
public sealed class PostgresStoreTests(PostgresFixture fixture) : IClassFixture<PostgresFixture>
{
    [PartnerFact("postgres")]
    public async Task Two_hubs_that_get_the_same_batches_at_once_store_each_once()
    {
        PostgresServer server = await fixture.StartedAsync();
        PostgresOptions options = server.Options("postgres") with { Schema = "two_hubs" };
        await using var first = new PostgresStore(options, TimeProvider.System);
        await using var second = new PostgresStore(options, TimeProvider.System);
        // Both start on an empty database at once, too.
        await Task.WhenAll(first.InitializeAsync(default).AsTask(), second.InitializeAsync(default).AsTask());
        using var agent = new TestAgent();
        StoredBatch[] batches = [.. Enumerable.Range(0, 40).Select(i => agent.NextRamp(TestAgent.At(i * 10), 10))];
        var appends = new List<Task<IReadOnlyList<AppendOutcome>>>();
        foreach (StoredBatch[] group in batches.Chunk(4))
        {
            appends.Add(first.AppendAsync(group, default).AsTask());
            appends.Add(second.AppendAsync(group, default).AsTask());
        }

        AppendOutcome[] outcomes = [.. (await Task.WhenAll(appends)).SelectMany(o => o)];
        Assert.Equal((40, 40), (outcomes.Count(o => o == AppendOutcome.Stored), outcomes.Count(o => o == AppendOutcome.Duplicate)));
        StoreTotals totals = await second.ReadTotalsAsync(agent.Key, default);
        Assert.Equal((40, 400, 400), (totals.Batches, totals.Readings, totals.Accounts.Due));
        Assert.Equal(new SequenceRecord(40, []).Contiguous, (await first.ReadSequencesAsync(agent.Key, agent.Incarnation, default)).Contiguous);
        Assert.Equal(400L, await server.ExecuteAsync("postgres", "SELECT count(*) FROM two_hubs.reading"));
    }

    [PartnerFact("postgres")]
    public async Task What_was_acknowledged_survives_a_crash_of_the_server_and_an_outage_is_named()
    {
        await using var server = new PostgresServer();
        await server.StartAsync();
        await using var store = new PostgresStore(server.Options("postgres"), TimeProvider.System);
        await store.InitializeAsync(default);
        using var agent = new TestAgent();
        await store.AppendAsync([agent.NextRamp(TestAgent.At(0), 100)], default);
        await server.CrashAsync();
        StoredBatch next = agent.NextRamp(TestAgent.At(100), 100);
        StoreUnavailableException outage = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.AppendAsync([next], default).AsTask());
        Assert.Contains("PostgreSQL at 127.0.0.1:", outage.Message, StringComparison.Ordinal);
        await server.StartAsync();
        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    await store.AppendAsync([next], default);
                    return true;
                }
                catch (StoreUnavailableException)
                {
                    return false;
                }
            },
            "the store takes the batch again");
        StoreTotals totals = await store.ReadTotalsAsync(agent.Key, default);
        Assert.Equal((2, 200), (totals.Batches, totals.Readings));
    }

    [PartnerFact("postgres")]
    public async Task A_schema_without_the_columns_for_what_devices_send_gets_them_and_goes_on()
    {
        PostgresServer server = await fixture.StartedAsync();
        PostgresOptions options = server.Options("postgres") with { Schema = "of_before" };
        using var agent = new TestAgent();
        await using (var before = new PostgresStore(options, TimeProvider.System))
        {
            await before.InitializeAsync(default);
            await before.AppendAsync([agent.NextRamp(TestAgent.At(0), 10)], default);
        }

        await server.ExecuteAsync("postgres", "ALTER TABLE of_before.device_hours DROP COLUMN beyond, DROP COLUMN filled");
        await using var store = new PostgresStore(options, TimeProvider.System);
        await store.InitializeAsync(default);
        await store.AppendAsync([agent.NextAccounts(new ScanAccount(0, TestAgent.Hour, Provenance.Live, 0, 0, 0, 0, 0, 2, 0, 5, 0, Beyond: 7, Filled: 1))], default);
        ScanAccount accounts = (await store.ReadTotalsAsync(agent.Key, default)).Accounts;
        Assert.Equal((10, 7, 1), (accounts.Due, accounts.Beyond, accounts.Filled));
        Assert.True(accounts.Balances, accounts.ToString());
    }

    [PartnerFact("postgres")]
    public async Task Months_beyond_the_retention_go_and_the_accounts_stay()
    {
        PostgresServer server = await fixture.StartedAsync();
        var time = new FakeTimeProvider(new DateTimeOffset(2025, 10, 15, 0, 0, 0, TimeSpan.Zero));
        await using var store = new PostgresStore(server.Options("postgres") with { Schema = "retention", RetentionMonths = 2 }, time);
        await store.InitializeAsync(default);
        using var agent = new TestAgent();
        StoredBatch old = agent.NextRamp(TestAgent.At(0), 10);
        await store.AppendAsync([old], default);
        time.Advance(TimeSpan.FromDays(62));
        await store.AppendAsync([agent.NextRamp(TestAgent.At(10), 10)], default);
        await store.EnforceRetentionAsync(default);
        Assert.Equal(20L, await server.ExecuteAsync("postgres", "SELECT count(*) FROM retention.reading"));
        time.Advance(TimeSpan.FromDays(31));
        await store.EnforceRetentionAsync(default);
        Assert.Equal(10L, await server.ExecuteAsync("postgres", "SELECT count(*) FROM retention.reading"));
        StoreTotals totals = await store.ReadTotalsAsync(agent.Key, default);
        Assert.Equal((2, 20, 20), (totals.Batches, totals.Readings, totals.Accounts.Good));
        Assert.Null(await store.ReadBatchAsync(agent.Key, agent.Incarnation, 1, default));
        // Known by its sequence still, so a repetition is not stored again.
        Assert.Equal([AppendOutcome.Duplicate], await store.AppendAsync([old], default));
    }

    [PartnerFact("postgres")]
    public async Task A_dashboard_finds_names_values_and_qualities_in_one_view()
    {
        PostgresServer server = await fixture.StartedAsync();
        await using var store = new PostgresStore(server.Options("postgres") with { Schema = "dashboard" }, TimeProvider.System);
        await store.InitializeAsync(default);
        using var agent = new TestAgent();
        await store.AppendAsync([agent.Next(Reading.Float64(TestPlant.Speed, Quality.Good, TestAgent.At(0), 12.5), Reading.Failed(TestPlant.Speed, Quality.BadTimeout, TestAgent.At(1)))], default);
        SeriesKey series = agent.Series(TestPlant.Speed);
        Assert.Equal(12.5, await server.ExecuteAsync("postgres",
            $"SELECT value FROM dashboard.reading WHERE device = '{series.Device}' AND tag = '{series.Tag}' AND quality = 0 ORDER BY time"));
        Assert.Equal((long)Quality.BadTimeout.Code, await server.ExecuteAsync("postgres", "SELECT max(quality) FROM dashboard.reading"));
    }

    [PartnerFact("postgres")]
    public async Task A_database_that_holds_something_else_is_left_alone()
    {
        PostgresServer server = await fixture.StartedAsync();
        await server.ExecuteAsync("postgres", "CREATE SCHEMA foreign_tables; CREATE TABLE foreign_tables.batches (x int)");
        await using var store = new PostgresStore(server.Options("postgres") with { Schema = "foreign_tables" }, TimeProvider.System);
        await Assert.ThrowsAsync<StoreDamagedException>(() => store.InitializeAsync(default).AsTask());
        Assert.Equal(1L, await server.ExecuteAsync("postgres", "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'foreign_tables'"));
    }
}
