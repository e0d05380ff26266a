using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Collector.Drivers.Probe;

/// <summary>One address that is probed.</summary>
public sealed record ProbeDeviceSettings
{
    [Description("Host name or IP address.")]
    public string? Host { get; init; }

    [Description("tcp: open a connection to the port and close it; icmp: an echo.")]
    [JsonConverter(typeof(LowerCaseEnumConverter<ProbeMethod>))]
    [DefaultValue(ProbeMethod.Tcp)]
    public ProbeMethod Method { get; init; }

    [Description("tcp: the port; 80 for most cameras and routers, 554 for video streams.")]
    [Range(1, 65_535)]
    public int? Port { get; init; }
}
