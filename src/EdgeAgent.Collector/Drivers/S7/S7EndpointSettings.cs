using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Protocols.S7;

namespace EdgeAgent.Collector.Drivers.S7;

/// <summary>How to reach one controller.</summary>
public sealed record S7EndpointSettings
{
    [Description("Host name or IP address of the controller or its communication processor.")]
    public string? Host { get; init; }

    [Description("Port of ISO-on-TCP.")]
    [DefaultValue(102), Range(1, 65_535)]
    public int Port { get; init; } = 102;

    [Description("Rack of the CPU.")]
    [DefaultValue(0), Range(0, 7)]
    public int Rack { get; init; }

    [Description("Slot of the CPU: 1 for S7-1200, 1500 and 200 SMART, 2 for S7-300, as in the hardware configuration for S7-400.")]
    [DefaultValue(1), Range(0, 31)]
    public int Slot { get; init; } = 1;

    [Description("Which of its connections the controller spends: operator, programmer or basic.")]
    [JsonConverter(typeof(LowerCaseEnumConverter<S7ConnectionType>))]
    [DefaultValue(S7ConnectionType.Operator)]
    public S7ConnectionType Connection { get; init; } = S7ConnectionType.Operator;

    [Description("The controller's transport selector as four hexadecimal digits, for modules without rack and slot (LOGO!: 2000); left out, made of connection, rack and slot.")]
    public string? RemoteTsap { get; init; }

    [Description("Our transport selector as four hexadecimal digits.")]
    [DefaultValue("0100")]
    public string LocalTsap { get; init; } = "0100";

    [Description("Bytes of a message to ask for; the controller may agree to fewer.")]
    [DefaultValue(960), Range(240, 4096)]
    public int PduBytes { get; init; } = 960;

    [Description("Milliseconds in which a connection must stand.")]
    [DefaultValue(3000), Range(100, 60_000)]
    public int ConnectTimeoutMs { get; init; } = 3000;

    [Description("Milliseconds in which the controller must answer.")]
    [DefaultValue(2000), Range(10, 60_000)]
    public int ResponseTimeoutMs { get; init; } = 2000;
}
