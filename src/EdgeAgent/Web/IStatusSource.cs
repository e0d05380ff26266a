using EdgeAgent.Store;

namespace EdgeAgent.Web;

/// <summary>What the web pages are made of; nothing in it touches a device.</summary>
internal interface IStatusSource
{
    ValueTask<StatusView> ReadStatusAsync(CancellationToken cancellation);

    /// <summary>Whether any figure comes from simulated devices; cheap enough for every page.</summary>
    ValueTask<bool> IsSimulatedAsync(CancellationToken cancellation);

    IReadOnlyList<DeviceView> Devices { get; }

    /// <summary>Why data does not flow as it should; empty when it does.</summary>
    IReadOnlyList<string> ReasonsNotReady { get; }

    /// <summary>The hub's store, or null on a gateway.</summary>
    ITimeSeriesStore? Store { get; }
}
