using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Collector.Drivers.Hj212;

/// <summary>Where data loggers send to us. Which members are needed depends on the driver's name, see README.md.</summary>
public sealed record Hj212EndpointSettings
{
    [Description("hj212-serial: the serial port; what is left out is 9600 baud, 8 data bits, no parity, 1 stop bit.")]
    public SerialLineSettings? Serial { get; init; }

    [Description("hj212-tcp: host name or IP address of the logger or serial server.")]
    public string? Host { get; init; }

    [Description("Port on which loggers dial in, or of the logger.")]
    [Range(1, 65_535)]
    public int? Port { get; init; }

    [Description("hj212-listen: the local address on which loggers dial in; every interface when left out.")]
    public string? Bind { get; init; }

    [Description("Whether packets that ask for an answer get one; false when another system answers.")]
    [DefaultValue(true)]
    public bool Answer { get; init; } = true;

    [Description("Milliseconds in which a connection must stand.")]
    [DefaultValue(3000), Range(100, 60_000)]
    public int ConnectTimeoutMs { get; init; } = 3000;

    [Description("Milliseconds of silence after which a TCP connection is given up.")]
    [DefaultValue(600_000), Range(100, 86_400_000)]
    public int SilenceMs { get; init; } = 600_000;

    [Description("Milliseconds behind the present from which on data count as sent belatedly: they fill the gap of their own time.")]
    [DefaultValue(600_000), Range(1000, 86_400_000)]
    public int LateMs { get; init; } = 600_000;
}
