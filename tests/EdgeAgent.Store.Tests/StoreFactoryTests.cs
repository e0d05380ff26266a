using EdgeAgent.Core.Configuration;
using EdgeAgent.Store.Influx;
using EdgeAgent.Store.Postgres;
using EdgeAgent.Store.Sqlite;
using EdgeAgent.Store.Tests.StoreContract;
using EdgeAgent.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EdgeAgent.Store.Tests;

public sealed class StoreFactoryTests
{
    [Fact]
    public async Task The_embedded_store_is_made_where_the_configuration_says_and_read_beside_its_writer()
    {
        using var directory = new TempDirectory();
        var config = new StoreConfig { Path = directory.File("here") };
        await using ITimeSeriesStore store = StoreFactory.Create(config, 24, TimeProvider.System, NullLoggerFactory.Instance);
        Assert.IsType<SqliteTimeSeriesStore>(store);
        await store.InitializeAsync(default);
        await store.InitializeAsync(default);
        using var agent = new TestAgent();
        await store.AppendAsync([agent.NextRamp(TestAgent.At(0), 1)], default);
        await using ITimeSeriesStore reader = StoreFactory.CreateReader(config, TimeProvider.System, NullLoggerFactory.Instance);
        await reader.InitializeAsync(default);
        Assert.Equal(1, (await reader.ReadTotalsAsync(null, default)).Readings);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await reader.AppendAsync([agent.NextRamp(TestAgent.At(1), 1)], default));
    }

    [Fact]
    public async Task PostgreSQL_needs_its_address_database_and_user_and_checks_certificates_when_it_has_some()
    {
        var config = new StoreConfig { Kind = StoreKind.PostgreSql, Url = "postgresql://db.example:5433", Database = "plant", User = "edgeagent", Tls = new TlsConfig { CaFile = "ca.pem" } };
        await using ITimeSeriesStore store = StoreFactory.Create(config, 24, TimeProvider.System, NullLoggerFactory.Instance);
        Assert.IsType<PostgresStore>(store);
        Assert.Throws<ArgumentException>(() => StoreFactory.Create(config with { Database = null }, 24, TimeProvider.System, NullLoggerFactory.Instance));
        Assert.Throws<ArgumentException>(() => StoreFactory.Create(config with { User = null }, 24, TimeProvider.System, NullLoggerFactory.Instance));
        var connection = new NpgsqlConnectionStringBuilder(PostgresOptions.Of(config, 24).ConnectionString);
        Assert.Equal(("db.example", 5433, SslMode.VerifyFull), (connection.Host, connection.Port, connection.SslMode));
    }

    [Fact]
    public async Task InfluxDB_needs_its_address_and_its_database()
    {
        var config = new StoreConfig { Kind = StoreKind.InfluxDb, Url = "http://127.0.0.1:1", Database = "plant" };
        await using ITimeSeriesStore store = StoreFactory.Create(config, 24, TimeProvider.System, NullLoggerFactory.Instance);
        Assert.IsType<InfluxStore>(store);
        Assert.Throws<ArgumentException>(() => StoreFactory.Create(config with { Url = null }, 24, TimeProvider.System, NullLoggerFactory.Instance));
        Assert.Throws<ArgumentException>(() => StoreFactory.Create(config with { Api = InfluxApi.V2 }, 24, TimeProvider.System, NullLoggerFactory.Instance));
    }
}
