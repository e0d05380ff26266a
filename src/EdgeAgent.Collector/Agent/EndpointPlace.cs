namespace EdgeAgent.Collector.Agent;

/// <summary>Where an endpoint stands.</summary>
/// <param name="SerialPort">The port of this machine that it needs for itself; null when it goes another way.</param>
/// <param name="Address">Physical address of its first device, empty without devices.</param>
public sealed record EndpointPlace(string Endpoint, string Driver, string? SerialPort, string Address)
{
    /// <summary>What only one can use at a time: the serial port, or host and port.</summary>
    public string Key => SerialPort is { } port ? (File.Exists(port) ? File.ResolveLinkTarget(port, returnFinalTarget: true)?.FullName : null) ?? port
        : Address.IndexOf("://", StringComparison.Ordinal) is > 0 and var scheme && Address.IndexOf('/', scheme + 3) is > 0 and var end ? Address[..end] : Address;

    /// <summary>Whether it takes a port of this machine that nobody else can have.</summary>
    public bool IsExclusive => SerialPort is not null || Driver.EndsWith("-listen", StringComparison.Ordinal);
}
