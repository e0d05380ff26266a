using EdgeAgent.Protocols.Serial;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Collector.Drivers;

/// <summary>What an endpoint gets from its surroundings when it is opened.</summary>
/// <param name="Groups">The scan groups of the endpoint; <see cref="ScanRequest.Group"/> indexes them.</param>
public sealed record EndpointServices(IReadOnlyList<ScanGroup> Groups, TimeProvider Time, ILoggerFactory Loggers)
{
    /// <summary>Opens serial lines; those of this machine unless a test brings its own.</summary>
    public ILineOpener Lines { get; init; } = new SystemLines(Time);

    /// <summary>Where a driver may keep what it needs from one run to the next, under a name that holds the endpoint's; null when
    /// nothing is to be kept. It need not exist yet.</summary>
    public string? StateDirectory { get; init; }
}
