using EdgeAgent.Core.Configuration;
using EdgeAgent.Store.Influx;
using EdgeAgent.Store.Postgres;
using EdgeAgent.Store.Sqlite;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Store;

/// <summary>Makes the store that a configuration asks for. Nothing is opened before <see cref="ITimeSeriesStore.InitializeAsync"/>.</summary>
public static class StoreFactory
{
    public static ITimeSeriesStore Create(HubConfig hub, TimeProvider time, ILoggerFactory logs) => Create(hub.Store, hub.RetentionMonths, time, logs);

    /// <param name="retentionMonths">Months of raw readings to keep.</param>
    public static ITimeSeriesStore Create(StoreConfig config, int retentionMonths, TimeProvider time, ILoggerFactory logs) => config.Kind switch
    {
        StoreKind.Sqlite => new SqliteTimeSeriesStore(
            new SqliteStoreOptions(config.Path) { RetentionMonths = retentionMonths }, time, logs.CreateLogger<SqliteTimeSeriesStore>()),
        StoreKind.InfluxDb => new InfluxStore(InfluxOptions.Of(config, retentionMonths), time),
        StoreKind.PostgreSql => new PostgresStore(PostgresOptions.Of(config, retentionMonths), time),
        _ => throw new ArgumentOutOfRangeException(nameof(config), config.Kind, "No such kind of store."),
    };

    /// <summary>The same store for reading only, beside the hub that writes it, as command-line verbs do.</summary>
    public static ITimeSeriesStore CreateReader(StoreConfig config, TimeProvider time, ILoggerFactory logs) => config.Kind switch
    {
        StoreKind.Sqlite => new SqliteTimeSeriesStore(new SqliteStoreOptions(config.Path) { ReadOnly = true }, time, logs.CreateLogger<SqliteTimeSeriesStore>()),
        StoreKind.InfluxDb => new InfluxStore(InfluxOptions.Of(config, 0) with { ReadOnly = true }, time),
        StoreKind.PostgreSql => new PostgresStore(PostgresOptions.Of(config, 0) with { ReadOnly = true }, time),
        _ => throw new ArgumentOutOfRangeException(nameof(config), config.Kind, "No such kind of store."),
    };
}
