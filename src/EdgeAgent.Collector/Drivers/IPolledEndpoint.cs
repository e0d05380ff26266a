using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Drivers;

/// <summary>A connection to one or several devices that are asked, not listened to.</summary>
/// <remarks>
/// The supervisor owns retry, timing, quarantine and statistics; an endpoint owns its protocol only.
/// <para>Scans of different devices may overlap, scans of one device never do.</para>
/// <para>Ids in requests and readings are numbers within the endpoint, so that a configuration can change around an endpoint
/// without it noticing.</para>
/// </remarks>
public interface IPolledEndpoint : IEndpoint
{
    /// <summary>Adds exactly one reading for each tag of the group, good or bad, whatever happens on the way.</summary>
    ValueTask<ScanOutcome> ScanAsync(ScanRequest request, ReadingBatch into, CancellationToken cancellation);

    /// <summary>How long the serial line below has been taken since the start; null where there is none.</summary>
    TimeSpan? LineBusy => null;
}
