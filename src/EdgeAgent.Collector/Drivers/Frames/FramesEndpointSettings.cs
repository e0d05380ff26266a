using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Collector.Drivers.Frames;

/// <summary>A line on which devices send frames of their own form. Which members are needed depends on the driver's name, see README.md.</summary>
public sealed record FramesEndpointSettings
{
    [Description("frames-serial: the serial port; what is left out is 9600 baud, 8 data bits, no parity, 1 stop bit.")]
    public SerialLineSettings? Serial { get; init; }

    [Description("frames-tcp: host name or IP address of the device or serial server.")]
    public string? Host { get; init; }

    [Description("Port of the device, or the one on which devices dial in.")]
    [Range(1, 65_535)]
    public int? Port { get; init; }

    [Description("frames-listen: the local address on which devices dial in; every interface when left out.")]
    public string? Bind { get; init; }

    [Description("How frames lie in the stream.")]
    public required FramingSettings Framing { get; init; }

    [Description("A command that makes the device send; left out, it sends by itself.")]
    public PollSettings? Poll { get; init; }

    [Description("How text is written: utf-8, ascii, gbk, gb18030 or latin1.")]
    [DefaultValue("ascii")]
    public string Encoding { get; init; } = "ascii";

    [Description("Milliseconds in which a connection must stand.")]
    [DefaultValue(3000), Range(100, 60_000)]
    public int ConnectTimeoutMs { get; init; } = 3000;

    [Description("Milliseconds of silence after which a TCP connection is given up and made anew: a peer that lost power never closes it.")]
    [DefaultValue(300_000), Range(100, 86_400_000)]
    public int SilenceMs { get; init; } = 300_000;
}
