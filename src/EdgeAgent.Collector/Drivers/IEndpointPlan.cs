namespace EdgeAgent.Collector.Drivers;

/// <summary>One endpoint's configuration, checked and compiled by its driver without touching a device.</summary>
/// <remarks>Today every driver polls. A driver whose devices push their values gets a sibling of <see cref="IPolledEndpointPlan"/>,
/// and the scheduler a loop for it; factories, registry, compilation and reload stay as they are.</remarks>
public interface IEndpointPlan
{
    /// <summary>The devices in the configuration's order.</summary>
    IReadOnlyList<DevicePlan> Devices { get; }
}

/// <summary>An endpoint whose devices are asked.</summary>
public interface IPolledEndpointPlan : IEndpointPlan
{
    /// <summary>Makes the running endpoint. It does not connect yet.</summary>
    /// <param name="previous">The endpoint that ran under the same name before a reload, idle, or null. A driver whose
    /// connection settings did not change takes the connection over from it; the caller disposes <paramref name="previous"/> in any case.</param>
    IPolledEndpoint Open(EndpointServices services, IPolledEndpoint? previous);
}
