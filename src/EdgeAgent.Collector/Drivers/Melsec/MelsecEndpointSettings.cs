using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Protocols.Melsec;

namespace EdgeAgent.Collector.Drivers.Melsec;

/// <summary>How to reach one controller.</summary>
public sealed record MelsecEndpointSettings
{
    [Description("Host name or IP address of the controller or its Ethernet module.")]
    public string? Host { get; init; }

    [Description("The port that the Ethernet settings open for MC protocol; written there in hexadecimal in older tools (1388 is 5000).")]
    [Range(1, 65_535)]
    public int? Port { get; init; }

    [Description("e3: binary 3E frames (Q, L, iQ-R, FX5; SLMP); e1: binary 1E frames (FX3U-ENET, A series).")]
    [JsonConverter(typeof(LowerCaseEnumConverter<MelsecFrameKind>))]
    [DefaultValue(MelsecFrameKind.E3)]
    public MelsecFrameKind Frame { get; init; }

    [Description("Network number; 0 is the own network.")]
    [DefaultValue(0), Range(0, 239)]
    public int Network { get; init; }

    [Description("PC number; 255 is the connected station.")]
    [DefaultValue(255), Range(0, 255)]
    public int Pc { get; init; } = 255;

    [Description("Station behind a multidrop module.")]
    [DefaultValue(0), Range(0, 31)]
    public int Station { get; init; }

    [Description("Whether numbers of X and Y are octal, as in the FX series, instead of hexadecimal; left out, they are with e1.")]
    public bool? OctalInputs { get; init; }

    [Description("Milliseconds in which a connection must stand.")]
    [DefaultValue(3000), Range(100, 60_000)]
    public int ConnectTimeoutMs { get; init; } = 3000;

    [Description("Milliseconds in which the controller must answer.")]
    [DefaultValue(2000), Range(10, 60_000)]
    public int ResponseTimeoutMs { get; init; } = 2000;
}
