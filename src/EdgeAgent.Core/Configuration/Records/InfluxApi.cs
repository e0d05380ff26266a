using System.Text.Json.Serialization;

namespace EdgeAgent.Core.Configuration;

/// <summary>Which of InfluxDB's write interfaces is used.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<InfluxApi>))]
public enum InfluxApi
{
    /// <summary>/write and InfluxQL, understood by 1.x, 2.x and 3.x.</summary>
    V1,
    /// <summary>/api/v2/write with organization, bucket and token.</summary>
    V2,
}
