namespace EdgeAgent.Collector.Drivers;

/// <summary>One endpoint's configuration, checked and compiled by its driver without touching a device.</summary>
/// <remarks>A plan is an <see cref="IPolledEndpointPlan"/> or an <see cref="IPushedEndpointPlan"/>; the scheduler has a loop for each.</remarks>
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

/// <summary>An endpoint whose devices send by themselves.</summary>
public interface IPushedEndpointPlan : IEndpointPlan
{
    /// <summary>Makes the running endpoint. It does not connect yet.</summary>
    /// <param name="previous">As for <see cref="IPolledEndpointPlan.Open"/>.</param>
    IPushedEndpoint Open(EndpointServices services, IPushedEndpoint? previous);
}
