using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Drivers;

/// <summary>A connection to one or several devices that are asked, not listened to.</summary>
/// <remarks>
/// The supervisor owns retry, timing, quarantine and statistics; an endpoint owns its protocol only.
/// <para>Calls: <see cref="ConnectAsync"/> and <see cref="DisconnectAsync"/> never overlap with a scan or with each other.
/// Scans of different devices may overlap, scans of one device never do.</para>
/// <para>Ids in requests and readings are numbers within the endpoint, so that a configuration can change around an endpoint
/// without it noticing.</para>
/// </remarks>
public interface IPolledEndpoint : IAsyncDisposable
{
    /// <summary>Whether the connection is believed to stand.</summary>
    bool IsConnected { get; }

    /// <summary>Connects, or connects again after a loss.</summary>
    /// <exception cref="EndpointConnectException">It did not succeed; the message says to what and why.</exception>
    ValueTask ConnectAsync(CancellationToken cancellation);

    /// <summary>Gives the connection up; <see cref="ConnectAsync"/> may follow.</summary>
    ValueTask DisconnectAsync();

    /// <summary>Adds exactly one reading for each tag of the group, good or bad, whatever happens on the way.</summary>
    ValueTask<ScanOutcome> ScanAsync(ScanRequest request, ReadingBatch into, CancellationToken cancellation);

    /// <summary>Whether the device says of itself that it is a simulator.</summary>
    bool IsSimulated(int device);
}
