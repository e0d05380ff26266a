using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Collector.Drivers.Cjt188;

/// <summary>How to reach the meters of one line: a serial port, or a serial server over TCP.</summary>
public sealed record Cjt188EndpointSettings
{
    [Description("The serial port; what is left out is 2400 baud, 8 data bits, even parity, 1 stop bit.")]
    public SerialLineSettings? Serial { get; init; }

    [Description("Host name or IP address of a serial server that passes bytes through, instead of serial.")]
    public string? Host { get; init; }

    [Description("Port of the serial server.")]
    [Range(1, 65_535)]
    public int? Port { get; init; }

    [Description("Milliseconds that a meter may take until its answer begins; on a serial port the time that the frames themselves take is added.")]
    [DefaultValue(1500), Range(50, 60_000)]
    public int ResponseTimeoutMs { get; init; } = 1500;

    [Description("Milliseconds that may lie between two bytes of an answer.")]
    [DefaultValue(500), Range(10, 10_000)]
    public int GapMs { get; init; } = 500;

    [Description("Milliseconds of silence on the line before each request.")]
    [DefaultValue(50), Range(0, 10_000)]
    public int PauseMs { get; init; } = 50;

    [Description("Milliseconds in which a connection to the serial server must stand.")]
    [DefaultValue(3000), Range(100, 60_000)]
    public int ConnectTimeoutMs { get; init; } = 3000;
}
