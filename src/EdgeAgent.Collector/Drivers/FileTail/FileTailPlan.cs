using System.Text;
using System.Text.RegularExpressions;

namespace EdgeAgent.Collector.Drivers.FileTail;

/// <summary>A checked folder of files, ready to be opened.</summary>
internal sealed record FileTailPlan(
    string Name,
    FileTailEndpointSettings Settings,
    Encoding Encoding,
    Regex? Pattern,
    IReadOnlyList<FileTailDevice> TailDevices,
    IReadOnlyList<DevicePlan> Devices) : IPushedEndpointPlan
{
    /// <summary>What ran before knows the positions better than the disk does.</summary>
    public IPushedEndpoint Open(EndpointServices services, IPushedEndpoint? previous) =>
        new FileTailEndpoint(this, services, (previous as FileTailEndpoint)?.HandOver(Settings.Directory));
}
