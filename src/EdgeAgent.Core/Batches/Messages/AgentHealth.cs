namespace EdgeAgent.Core.Batches;

/// <summary>How an agent fares, as it tells hubs now and then. For people only: nothing in an assessment rests on it, because it is not signed.</summary>
/// <param name="AtTicks">When it was written, by the agent's clock, see <see cref="Model.UnixTicks"/>; the hub finds the clock's offset by it.</param>
/// <param name="Buffer">What the buffer holds.</param>
/// <param name="Endpoints">In the order of the configuration.</param>
/// <param name="Devices">In the order of the configuration.</param>
/// <param name="Problems">The newest first; at most <see cref="ProblemsMax"/>.</param>
/// <param name="Frames">The newest frames of devices that have a problem; at most <see cref="FramesMax"/>.</param>
public sealed record AgentHealth(
    long AtTicks,
    HealthBuffer Buffer,
    IReadOnlyList<HealthEndpoint> Endpoints,
    IReadOnlyList<HealthDevice> Devices,
    IReadOnlyList<HealthProblem> Problems,
    IReadOnlyList<HealthFrame> Frames)
{
    public const int ProblemsMax = 50;
    public const int FramesMax = 80;

    /// <summary>JSON may hold null where a list promises something, which the serializer does not look at.</summary>
    internal bool IsWhole => Endpoints.All(static one => one is not null) && Devices.All(static one => one is not null)
        && Problems.All(static one => one is not null) && Frames.All(static one => one is not null);
}
