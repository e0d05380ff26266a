using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Core.Configuration;

/// <summary>The hub's time-series store.</summary>
public sealed record StoreConfig
{
    [Description("sqlite: embedded, no server; influxdb: over HTTP.")]
    [DefaultValue(StoreKind.Sqlite)]
    public StoreKind Kind { get; init; }

    [Description("Directory of the embedded store, and of the local index beside an InfluxDB; relative to the configuration file.")]
    [DefaultValue("./data/hub/store")]
    public string Path { get; init; } = "./data/hub/store";

    [Description("Address of InfluxDB, for instance http://127.0.0.1:8086.")]
    public string? Url { get; init; }

    [Description("InfluxDB: which write API to use; v1 is /write with InfluxQL, v2 is /api/v2/write with a token.")]
    [DefaultValue(InfluxApi.V1)]
    public InfluxApi Api { get; init; }

    [Description("InfluxDB v1: database; created when it is missing.")]
    public string? Database { get; init; }

    [Description("InfluxDB v1: user name.")]
    public string? User { get; init; }

    [Description("InfluxDB v1: password; give it as ${env:NAME} or ${file:PATH}.")]
    public Secret? Password { get; init; }

    [Description("InfluxDB v2: organization.")]
    public string? Organization { get; init; }

    [Description("InfluxDB v2: bucket.")]
    public string? Bucket { get; init; }

    [Description("InfluxDB v2: token; give it as ${env:NAME} or ${file:PATH}.")]
    public Secret? Token { get; init; }

    [Description("InfluxDB over https: certificates; left out, the system's authorities are trusted.")]
    public TlsConfig? Tls { get; init; }

    [Description("InfluxDB: milliseconds in which a request must be answered.")]
    [DefaultValue(30_000), Range(100, 600_000)]
    public int TimeoutMs { get; init; } = 30_000;
}
