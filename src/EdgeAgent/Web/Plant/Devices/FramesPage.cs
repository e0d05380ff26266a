using EdgeAgent.Collector.Agent;
using EdgeAgent.Collector.LastFrames;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;
using EdgeAgent.Web.Api;

namespace EdgeAgent.Web.Plant.Devices;

/// <summary>The last frames of one device, from wherever they are kept.</summary>
internal static class FramesPage
{
    /// <exception cref="ApiProblem">There is no such device.</exception>
    public static FramesView Of(PlantState plant, string agent, string device)
    {
        if (!plant.Board.Read(new AgentKey(plant.Sources.Site, agent), device, known => known is not null))
        {
            throw ApiProblem.NotFound(new($"没有设备 {agent}/{device}。", $"There is no device {agent}/{device}."));
        }

        if (plant.Sources.Config.Agent?.Id != agent)
        {
            return new FramesView("agent", CommandFor(device), [.. (plant.Watch.Find(agent)?.Health?.Frames ?? []).Where(frame => frame.Device == device).Select(ViewOf)]);
        }

        DeviceSnapshot? here = plant.Sources.Agent()?.Devices.FirstOrDefault(known => known.Name == device);
        return here is { ReadFrames: null } ? new FramesView("none", null, []) : new FramesView("here", null, [.. (here?.ReadFrames!() ?? []).Select(ViewOf)]);
    }

    /// <summary>For a shell on the agent's machine.</summary>
    private static string CommandFor(string device) => $"edgeagent read /etc/edgeagent/edgeagent.json --device '{device.Replace("'", "'\\''", StringComparison.Ordinal)}' --frames";

    private static FrameView ViewOf(WireFrame frame) =>
        new(UnixTicks.ToDateTimeOffset(frame.AtTicks), frame.Sent, Convert.ToHexString(frame.Start.Span), frame.Text, frame.Meaning, frame.Bytes);

    private static FrameView ViewOf(HealthFrame frame) => new(UnixTicks.ToDateTimeOffset(frame.AtTicks), frame.Sent, frame.Hex, frame.Text, frame.Meaning, frame.Bytes);
}
