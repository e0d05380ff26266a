using EdgeAgent.Collector.Agent;
using EdgeAgent.Collector.LastFrames;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.Web.Api;
using EdgeAgent.Web.Plant;
using EdgeAgent.Web.Plant.Devices;

namespace EdgeAgent.Tests.Web.Plant;

/// <summary>Where frames are shown from: this process, the agent's, or nowhere.</summary>
public sealed class FramesPageTests
{
    [Fact]
    public void Frames_of_an_agent_in_this_process_are_shown_with_direction_time_bytes_text_and_meaning()
    {
        using BoardPlant plant = Plant("gw-01", () => [new WireFrame(20, false, new byte[] { 1, 0xAB }, 300, "text", "meaning"), new WireFrame(10, true, default, 7)]);
        FramesView page = FramesPage.Of(plant.State, "gw-01", "d0");

        Assert.Equal(("here", null), (page.Kept, page.Command));
        Assert.Equal(
            [
                new FrameView(UnixTicks.ToDateTimeOffset(20), false, "01AB", "text", "meaning", 300),
                new FrameView(UnixTicks.ToDateTimeOffset(10), true, "", null, null, 7),
            ],
            page.Items);
    }

    [Fact]
    public void Nothing_yet_and_a_driver_that_keeps_none_are_told_apart()
    {
        using BoardPlant silent = Plant("gw-01", () => []);
        Assert.Equal(("here", 0), (FramesPage.Of(silent.State, "gw-01", "d0").Kept, FramesPage.Of(silent.State, "gw-01", "d0").Items.Count));

        using BoardPlant none = Plant("gw-01", null);
        Assert.Equal("none", FramesPage.Of(none.State, "gw-01", "d0").Kept);
    }

    [Fact]
    public void Of_an_agent_elsewhere_the_page_names_the_command_and_shows_what_it_told()
    {
        using BoardPlant plant = Plant("another", null);
        FramesView before = FramesPage.Of(plant.State, "gw-01", "d0");
        Assert.Equal(("agent", "edgeagent read /etc/edgeagent/edgeagent.json --device 'd0' --frames"), (before.Kept, before.Command));
        Assert.Empty(before.Items);

        plant.State.Watch.Told(BoardPlant.Agent, new AgentStatus(true, "1", Guid.Empty, UnixTicks.Now(plant.Time))
        {
            Health = plant.Health() with { Frames = [new HealthFrame("d0", 1, true, "0102", 2) { Meaning = "read" }, new HealthFrame("d1", 1, true, "03", 1)] },
        });
        Assert.Equal(("0102", "read"), FramesPage.Of(plant.State, "gw-01", "d0").Items.Select(frame => (frame.Hex, frame.Meaning)).Single());
    }

    [Fact]
    public void Of_a_device_that_does_not_exist_there_is_nothing()
    {
        using BoardPlant plant = Plant("gw-01", () => []);
        Assert.Equal(404, Assert.Throws<ApiProblem>(() => FramesPage.Of(plant.State, "gw-01", "d9")).Status);
    }

    [Fact]
    public void What_hubs_are_told_is_short_and_only_of_devices_with_a_problem()
    {
        DeviceSnapshot well = Device("well", () => [new WireFrame(1, true, new byte[4], 4)]);
        DeviceSnapshot ill = Device("ill", () => [.. Enumerable.Repeat(new WireFrame(1, false, new byte[512], 2000, new string('t', 1000), new string('m', 1000)), 12)]) with { Problem = "silent" };
        AgentHealth health = AgentHealths.Of(Snapshot("gw-01", well, ill), TimeProvider.System);

        Assert.All(health.Frames, frame => Assert.Equal(("ill", 128, 2000, 161, 161), (frame.Device, frame.Hex.Length, frame.Bytes, frame.Text!.Length, frame.Meaning!.Length)));
        Assert.Equal(4, health.Frames.Count);
    }

    private static BoardPlant Plant(string agentHere, Func<IReadOnlyList<WireFrame>>? frames)
    {
        var plant = new BoardPlant(sources: new PlantSources(new AppConfig { Site = "plant", Agent = new AgentConfig { Id = agentHere } }, "1.0")
        {
            Agent = () => Snapshot(agentHere, Device("d0", frames)),
        });
        plant.Commit(0, 0, 1);
        return plant;
    }

    private static AgentSnapshot Snapshot(string agent, params DeviceSnapshot[] devices) => new("plant", agent, devices, default, 0, 0, default, [], []);

    private static DeviceSnapshot Device(string name, Func<IReadOnlyList<WireFrame>>? frames) =>
        new(name, "e", "", "", Provenance.Live, true, false, default, 0, 1000, 0, 0, 0, 0, 0, null, 0) { ReadFrames = frames };
}
