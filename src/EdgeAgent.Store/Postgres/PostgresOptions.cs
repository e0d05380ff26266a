using EdgeAgent.Core.Configuration;
using Npgsql;

namespace EdgeAgent.Store.Postgres;

/// <summary>How to reach a PostgreSQL and what to keep in it.</summary>
/// <param name="ConnectionString">Npgsql's; says host, database, user, certificates and timeouts.</param>
public sealed record PostgresOptions(string ConnectionString)
{
    /// <summary>The schema that holds the tables.</summary>
    public string Schema { get; init; } = "edgeagent";

    /// <summary>Months of raw readings and evidence to keep; accounts, sequences and definitions are kept for ever. 0 keeps all.</summary>
    public int RetentionMonths { get; init; } = 24;

    /// <summary>Changes nothing on the server: for reading beside the hub that writes.</summary>
    public bool ReadOnly { get; init; }

    public static PostgresOptions Of(StoreConfig config, int retentionMonths)
    {
        var url = new Uri(config.Url ?? throw new ArgumentException("hub.store.url is missing", nameof(config)));
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = url.Host,
            Port = url.Port > 0 ? url.Port : 5432,
            Database = config.Database ?? throw new ArgumentException("hub.store.database is missing", nameof(config)),
            Username = config.User ?? throw new ArgumentException("hub.store.user is missing", nameof(config)),
            Password = config.Password?.Reveal(),
            ApplicationName = "edgeagent",
            // One for appending, the rest for queries; a server has 100 for everybody.
            MaxPoolSize = 12,
            Timeout = Math.Clamp(config.TimeoutMs / 1000, 1, 1024),
            CommandTimeout = Math.Max(1, config.TimeoutMs / 1000),
            // What a hub asks again and again is planned once.
            MaxAutoPrepare = 64,
        };
        if (config.Tls is { } tls)
        {
            builder.SslMode = SslMode.VerifyFull;
            builder.RootCertificate = tls.CaFile;
            builder.SslCertificate = tls.CertificateFile;
            builder.SslKey = tls.KeyFile;
        }

        return new PostgresOptions(builder.ConnectionString) { RetentionMonths = retentionMonths };
    }
}
