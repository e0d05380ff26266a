using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using EdgeAgent.Collector.Asking;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Collector.Drivers.MtConnect;

/// <summary>An MTConnect agent.</summary>
public sealed record MtConnectEndpointSettings : HttpServerSettings
{
    [Description("Whether readings carry the time of the observation, that is, since when the value has been so; otherwise the time of the answer.")]
    [DefaultValue(true)]
    public bool ObservationTime { get; init; } = true;

    [Description("current: the present values at each due instant; sample: every change, by the agent's sequence numbers.")]
    [DefaultValue(MtConnectMode.Current), JsonConverter(typeof(LowerCaseEnumConverter<MtConnectMode>))]
    public MtConnectMode Mode { get; init; }

    [Description("sample: milliseconds between two questions for what is new.")]
    [DefaultValue(500), Range(20, 60_000)]
    public int SampleMs { get; init; } = 500;

    [Description("sample: observations that one answer may hold.")]
    [DefaultValue(1000), Range(1, 100_000)]
    public int SampleCount { get; init; } = 1000;
}
