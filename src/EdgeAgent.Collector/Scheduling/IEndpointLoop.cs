namespace EdgeAgent.Collector.Scheduling;

/// <summary>The event loop of one endpoint; <see cref="EndpointLoop"/> for devices that are asked, <see cref="PushLoop"/> for those that send by themselves.</summary>
internal interface IEndpointLoop : IDisposable
{
    IReadOnlyList<DeviceState> Devices { get; }

    ConnectionSupervisor Connection { get; }

    /// <summary>Readings dropped because the pipeline had no room.</summary>
    long Dropped { get; }

    /// <summary>Runs until cancelled, then ends what is under way. Does not dispose the endpoint.</summary>
    /// <returns>The instant up to which everything due has been booked, as UTC ticks.</returns>
    Task<long> RunAsync(CancellationToken stop);
}
