using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Protocols.Modbus;

namespace EdgeAgent.Collector.Drivers.Modbus;

/// <summary>How to reach one or more Modbus devices. Which members are needed depends on the driver's name, see README.md.</summary>
public sealed record ModbusEndpointSettings
{
    [Description("modbus-rtu and modbus-ascii: the serial port.")]
    public SerialLineSettings? Serial { get; init; }

    [Description("Host name or IP address of the device, gateway or serial server. Not for modbus-listen and serial ports.")]
    public string? Host { get; init; }

    [Description("Port; 502 when left out, required for modbus-listen.")]
    [Range(1, 65_535)]
    public int? Port { get; init; }

    [Description("modbus-listen: the local address on which devices dial in; every interface when left out.")]
    public string? Bind { get; init; }

    [Description("modbus-listen: what a device sends first to say who it is, as text, or as hexadecimal after 'hex:'. Lets several endpoints share a port.")]
    public string? Registration { get; init; }

    [Description("How frames are wrapped; left out, mbap for modbus-tcp and modbus-udp, rtu for modbus-rtu-over-tcp and modbus-listen.")]
    [JsonConverter(typeof(LowerCaseEnumConverter<ModbusFraming>))]
    public ModbusFraming? Framing { get; init; }

    [Description("Milliseconds in which a device must answer; on a serial line the time that the frames themselves take is added.")]
    [DefaultValue(1000), Range(10, 60_000)]
    public int ResponseTimeoutMs { get; init; } = 1000;

    [Description("Milliseconds in which a connection must stand, or a device must have dialled in.")]
    [DefaultValue(3000), Range(100, 60_000)]
    public int ConnectTimeoutMs { get; init; } = 3000;

    [Description("Requests on their way at once. More than 1 is faster where the device allows it; only with mbap framing.")]
    [DefaultValue(1), Range(1, 64)]
    public int MaxInFlight { get; init; } = 1;

    [Description("Milliseconds of silence on the line between an answer and the next request to any device.")]
    [DefaultValue(0), Range(0, 10_000)]
    public int PauseMs { get; init; }
}
