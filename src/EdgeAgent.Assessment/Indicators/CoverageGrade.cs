using System.Text.Json.Serialization;

namespace EdgeAgent.Assessment.Indicators;

/// <summary>The grade of an asset's coverage; whether it counts depends on the other rules too.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CoverageGrade>))]
public enum CoverageGrade
{
    [JsonStringEnumMemberName("不计入")]
    NotCounted,
    [JsonStringEnumMemberName("合格")]
    Sufficient,
    [JsonStringEnumMemberName("良好")]
    Good,
}
