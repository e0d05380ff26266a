using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Drivers;

/// <summary>A connection over which devices send readings when they see fit: a subscription, a broker, a listening port, a growing file.</summary>
/// <remarks>
/// The supervisor owns retry, the grid of due instants, the accounts and statistics; an endpoint owns its protocol only.
/// <para>One receive is under way at a time, and only while the endpoint is connected. <see cref="Vouches"/> and
/// <see cref="IEndpoint.IsSimulated"/> may be called while it is; they must be cheap and safe to call from another thread.</para>
/// <para>Ids are numbers within the endpoint, as in <see cref="IPolledEndpoint"/>.</para>
/// </remarks>
public interface IPushedEndpoint : IEndpoint
{
    /// <summary>Waits until readings have arrived, adds all that are at hand, and returns. Returns at once when some are waiting.</summary>
    /// <remarks>Readings of one tag come in the order in which the source took them. A receive in the steady state allocates nothing.
    /// On cancellation it throws <see cref="OperationCanceledException"/>; what it had added to <paramref name="into"/> by then counts.
    /// One call brings readings of one <see cref="PushKind"/> only.</remarks>
    ValueTask<PushOutcome> ReceiveAsync(ReadingBatch into, CancellationToken cancellation);

    /// <summary>Whether silence means at this moment that no tag of the group has changed since its last reading: a subscription that is
    /// alive within its keep-alive time. False for a source that has no sign of life besides its readings.</summary>
    /// <remarks>After a time in which it was false, each tag counts again only from its next reading on, so an endpoint that comes back
    /// sends the present value of every tag once.</remarks>
    bool Vouches(int group);
}
