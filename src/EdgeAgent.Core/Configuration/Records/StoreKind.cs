using System.Text.Json.Serialization;

namespace EdgeAgent.Core.Configuration;

/// <summary>Which time-series store a hub writes to.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<StoreKind>))]
public enum StoreKind
{
    /// <summary>Embedded, one directory.</summary>
    Sqlite,
    /// <summary>InfluxDB 1.x, 2.x or 3.x over HTTP.</summary>
    InfluxDb,
    /// <summary>PostgreSQL 14 or newer, with TimescaleDB where it is installed.</summary>
    PostgreSql,
}
