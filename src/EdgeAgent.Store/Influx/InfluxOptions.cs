using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Store.Influx;

/// <summary>How to reach an InfluxDB and what to keep in it.</summary>
public sealed record InfluxOptions
{
    public required Uri Url { get; init; }

    /// <summary>v1: <c>/write</c>; v2: <c>/api/v2/write</c>. Queries are InfluxQL over <c>/query</c> in both.</summary>
    public InfluxApi Api { get; init; }

    /// <summary>v1: the database. v2: the bucket.</summary>
    public required string Database { get; init; }

    /// <summary>v2: the organization.</summary>
    public string? Organization { get; init; }

    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>v2, and v1 servers that take tokens.</summary>
    public string? Token { get; init; }

    public TlsConfig? Tls { get; init; }

    public int TimeoutMs { get; init; } = 30_000;

    /// <summary>Months of raw readings and evidence to keep; the ledger (sequences, accounts, definitions) is kept for ever. 0 keeps all.</summary>
    public int RetentionMonths { get; init; } = 24;

    /// <summary>Changes nothing on the server: for reading beside the hub that writes.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Bytes of one write before compression. InfluxDB advises some thousand lines; 1.x refuses more than 25 MB.</summary>
    public int WriteBytesMax { get; init; } = 1 << 20;

    /// <summary>Tries of a request that is answered 429 or 5xx, before the store counts as down.</summary>
    public int TriesMax { get; init; } = 3;

    /// <summary>Folder for lines that InfluxDB refuses, kept aside with the reason.</summary>
    public required string RefusedDirectory { get; init; }

    public static InfluxOptions Of(StoreConfig config, int retentionMonths)
    {
        string database = (config.Api == InfluxApi.V1 ? config.Database : config.Bucket)
            ?? throw new ArgumentException(config.Api == InfluxApi.V1 ? "hub.store.database is missing" : "hub.store.bucket is missing", nameof(config));
        return new InfluxOptions
        {
            Url = new Uri(config.Url ?? throw new ArgumentException("hub.store.url is missing", nameof(config))),
            Api = config.Api,
            Database = database,
            Organization = config.Organization,
            User = config.User,
            Password = config.Password?.Reveal(),
            Token = config.Token?.Reveal(),
            Tls = config.Tls,
            TimeoutMs = config.TimeoutMs,
            RetentionMonths = retentionMonths,
            RefusedDirectory = Path.Combine(config.Path, "refused-lines"),
        };
    }
}
