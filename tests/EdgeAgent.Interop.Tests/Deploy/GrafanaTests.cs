using System.Text.Json;
using EdgeAgent.Core.Model;
using EdgeAgent.Interop.Tests.Influx;
using EdgeAgent.Interop.Tests.Postgres;
using EdgeAgent.Store;
using EdgeAgent.Store.Influx;
using EdgeAgent.Store.Postgres;
using EdgeAgent.Store.Tests.StoreContract;
using EdgeAgent.TestKit;
using Npgsql;

namespace EdgeAgent.Interop.Tests.Deploy;

/// <summary>Every query of the dashboards, asked of real servers that the program's own stores have filled.</summary>
public sealed class GrafanaTests
{
    private const string Ledger = "\"edgeagent\".\"ledger\"";

    /// <summary>The hour in which the test's readings lie, in milliseconds.</summary>
    private static readonly long FromMs = TestAgent.HourTicks / UnixTicks.PerMillisecond;

    private static readonly long ToMs = FromMs + 3_600_000 - 1;

    [Fact]
    public void The_dashboards_have_names_of_their_own_and_say_the_same_of_both_stores()
    {
        IReadOnlyList<Dashboard> influx = Dashboard.ReadAll("influxdb");
        IReadOnlyList<Dashboard> postgres = Dashboard.ReadAll("postgresql");
        Assert.Equal(["flow.json", "networking.json", "plant.json"], influx.Select(d => d.Name));
        Assert.Equal(influx.Select(d => d.Name), postgres.Select(d => d.Name));
        Assert.Equal(6, influx.Concat(postgres).Select(d => d.Uid).Distinct().Count());
        Assert.All(influx.Concat(postgres), d => Assert.Contains(d.Panels, panel => panel.Contains("Simulated", StringComparison.Ordinal)));
    }

    [PartnerFact("influxd")]
    public async Task Every_query_for_InfluxDB_answers_with_rows()
    {
        await using var server = new InfluxServer();
        await server.StartAsync();
        await using var store = new InfluxStore(server.Options("edgeagent"), TimeProvider.System);
        await FillAsync(store);
        foreach (Dashboard dashboard in Dashboard.ReadAll("influxdb"))
        {
            foreach ((string name, string query) in dashboard.Queries("query").Concat(dashboard.Variables))
            {
                string asked = dashboard.InfluxQl(query, FromMs, ToMs, Ledger);
                string answer = await server.AskAsync("edgeagent", asked);
                using JsonDocument json = JsonDocument.Parse(answer);
                bool hasRows = json.RootElement.GetProperty("results")[0].TryGetProperty("series", out JsonElement series)
                    && series.EnumerateArray().Sum(s => s.GetProperty("values").GetArrayLength()) > 0;
                Assert.True(hasRows, $"{dashboard.Name}, {name}: {asked}\n{answer}");
                if (name.Contains('−', StringComparison.Ordinal))
                {
                    Assert.Equal(0, series[0].GetProperty("values")[0][1].GetDouble()); // The law.
                }
            }
        }
    }

    [PartnerFact("postgres")]
    public async Task Every_query_for_PostgreSQL_answers_with_rows()
    {
        await using var server = new PostgresServer();
        await server.StartAsync();
        await using var store = new PostgresStore(server.Options("postgres") with { Schema = "grafana" }, TimeProvider.System);
        await FillAsync(store);
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(server.Connection("postgres"));
        foreach (Dashboard dashboard in Dashboard.ReadAll("postgresql"))
        {
            foreach ((string name, string query) in dashboard.Queries("rawSql").Concat(dashboard.Variables))
            {
                string asked = dashboard.Sql(query, FromMs, ToMs, "grafana", "SELECT site FROM grafana.agents", "SELECT device FROM grafana.series");
                await using NpgsqlCommand command = source.CreateCommand(asked);
                try
                {
                    await using NpgsqlDataReader rows = await command.ExecuteReaderAsync();
                    Assert.True(await rows.ReadAsync() && !rows.IsDBNull(0), $"{dashboard.Name}, {name}: no rows: {asked}");
                }
                catch (PostgresException problem)
                {
                    Assert.Fail($"{dashboard.Name}, {name}: {problem.MessageText}: {asked}");
                }
            }
        }
    }

    /// <summary>Live and simulated, good and bad, numbers of all kinds, and a declared loss.</summary>
    private static async Task FillAsync(ITimeSeriesStore store)
    {
        await store.InitializeAsync(default);
        using var live = new TestAgent("plant 1", "gw-01");
        using var simulated = new TestAgent("plant 1", "gw-02");
        StoredBatch first = live.NextRamp(TestAgent.At(0), 60);
        var mixed = new ReadingBatch();
        mixed.Add(Reading.Float64(TestPlant.Speed, Quality.Good, TestAgent.At(70), 4.5));
        mixed.Add(Reading.Int64(TestPlant.Count, Quality.Good, TestAgent.At(70), 42));
        mixed.Add(Reading.Boolean(TestPlant.Running, Quality.Good, TestAgent.At(70), true));
        mixed.Add(Reading.Float32(TestPlant.Temperature, Quality.Good, TestAgent.At(70), 36.5f));
        mixed.Add(Reading.Failed(TestPlant.Speed, Quality.BadTimeout, TestAgent.At(71)));
        StoredBatch second = live.Next(mixed);
        StoredBatch lost = live.NextRamp(TestAgent.At(100), 10);
        StoredBatch declaring = live.Next(new ReadingBatch(), [TestAgent.Discard(lost)]);
        var played = new ReadingBatch();
        played.Add(Reading.Float64(TestPlant.Speed, Quality.Good, TestAgent.At(5), 1));
        StoredBatch third = simulated.Next(played, provenance: Provenance.Simulated);
        IReadOnlyList<AppendOutcome> outcomes = await store.AppendAsync([first, second, declaring, third], default);
        Assert.All(outcomes, outcome => Assert.Equal(AppendOutcome.Stored, outcome));
    }
}
