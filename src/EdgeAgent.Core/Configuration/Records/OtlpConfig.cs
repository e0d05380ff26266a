using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Core.Configuration;

/// <summary>Export of metrics by the OpenTelemetry protocol, HTTP with protobuf.</summary>
public sealed record OtlpConfig
{
    [Description("The whole address that metrics are posted to, for instance http://127.0.0.1:4318/v1/metrics.")]
    public required string Endpoint { get; init; }

    [Description("Headers of each request, for instance Authorization; give secrets as ${env:NAME} or ${file:PATH}.")]
    public IReadOnlyDictionary<string, Secret> Headers { get; init; } = new Dictionary<string, Secret>();

    [Description("Seconds between two exports.")]
    [DefaultValue(30), Range(1, 3600)]
    public int IntervalSeconds { get; init; } = 30;
}
