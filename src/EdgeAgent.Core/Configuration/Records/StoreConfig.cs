using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Core.Configuration;

/// <summary>The hub's time-series store.</summary>
public sealed record StoreConfig
{
    [Description("sqlite: embedded, no server; influxdb: over HTTP; postgresql: with TimescaleDB where it is installed.")]
    [DefaultValue(StoreKind.Sqlite)]
    public StoreKind Kind { get; init; }

    [Description("Directory of the embedded store, and of the local index beside an InfluxDB; relative to the configuration file.")]
    [DefaultValue("./data/hub/store")]
    public string Path { get; init; } = "./data/hub/store";

    [Description("Address of the server, for instance http://127.0.0.1:8086 or postgresql://127.0.0.1:5432.")]
    public string? Url { get; init; }

    [Description("InfluxDB: which write API to use; v1 is /write with InfluxQL, v2 is /api/v2/write with a token.")]
    [DefaultValue(InfluxApi.V1)]
    public InfluxApi Api { get; init; }

    [Description("InfluxDB v1: database, created when it is missing. PostgreSQL: database, which must be there.")]
    public string? Database { get; init; }

    [Description("InfluxDB v1, PostgreSQL: user name.")]
    public string? User { get; init; }

    [Description("InfluxDB v1, PostgreSQL: password; give it as ${env:NAME} or ${file:PATH}.")]
    public Secret? Password { get; init; }

    [Description("InfluxDB v2: organization.")]
    public string? Organization { get; init; }

    [Description("InfluxDB v2: bucket.")]
    public string? Bucket { get; init; }

    [Description("InfluxDB v2: token; give it as ${env:NAME} or ${file:PATH}.")]
    public Secret? Token { get; init; }

    [Description("TLS to the server: certificates. InfluxDB over https without them trusts the system's authorities; PostgreSQL is spoken to in clear without them.")]
    public TlsConfig? Tls { get; init; }

    [Description("InfluxDB, PostgreSQL: milliseconds in which a request must be answered.")]
    [DefaultValue(30_000), Range(100, 600_000)]
    public int TimeoutMs { get; init; } = 30_000;
}
