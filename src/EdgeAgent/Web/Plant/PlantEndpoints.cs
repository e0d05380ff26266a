using EdgeAgent.Web.Access;
using EdgeAgent.Web.Api;
using EdgeAgent.Web.Plant.Devices;
using EdgeAgent.Web.Plant.Live;
using EdgeAgent.Web.Plant.Overview;
using EdgeAgent.Web.Plant.Topology;
using EdgeAgent.Web.Plant.Trends;

namespace EdgeAgent.Web.Plant;

/// <summary>The plant's state: overview, devices, trends, topology, and what changes as it happens.</summary>
internal static class PlantEndpoints
{
    public static void MapPlant(this ApiBuilder api, PlantState plant, LiveHub live, Func<OverviewView> overview)
    {
        api.Get("/api/overview", AccessPermission.ReadState, "The plant at a glance: devices, rates, agents, the conservation law, what people have to know", (context, caller) =>
            context.WriteJsonAsync(caller.IsAnonymous ? OpenView.Of(overview()) : overview(), PlantJson.Default.OverviewView))
            .Gives(PlantJson.Default.OverviewView, "As of now, from memory");
        api.Get("/api/plant/devices", AccessPermission.ReadState, "Devices as tiles, machines of the ledger without any device included", (context, caller) =>
            context.WriteJsonAsync(PageRequest.Of(context).Cut(DeviceQuery.Of(context).Select(caller.IsAnonymous ? OpenView.Of(DeviceTiles.Of(plant)) : DeviceTiles.Of(plant))), PlantJson.Default.ApiPageDeviceTile))
            .Query("search", "Part of a device's, asset's or agent's name.").Query("area", "Only this workshop.").Query("line", "Only this line.")
            .Query("state", "online, bad, stale, never, unledgered, uncounted, networked or unnetworked.")
            .Query("sort", "place (area, line, name), name, state, lastGood or agent; place unless told.").Paged()
            .Gives(PlantJson.Default.ApiPageDeviceTile, "Tiles");
        api.Get("/api/plant/devices/{agent}/{device}", AccessPermission.ReadState, "One device: values, periods, problems, machine, verdict, heat strip", (context, caller) =>
        {
            DevicePageView page = DevicePage.Of(plant, context.Route("agent"), context.Route("device"));
            return context.WriteJsonAsync(caller.IsAnonymous ? OpenView.Of(page) : page, PlantJson.Default.DevicePageView);
        })
            .Route("agent", "Name of the agent.").Route("device", "Name of the device.")
            .Gives(PlantJson.Default.DevicePageView, "The device").Fails(StatusCodes.Status404NotFound, "There is no such device.");
        api.Get("/api/plant/devices/{agent}/{device}/frames", AccessPermission.ReadEvidence, "What went to and came from one device last: direction, time, bytes, text", (context, _) =>
            context.WriteJsonAsync(FramesPage.Of(plant, context.Route("agent"), context.Route("device")), PlantJson.Default.FramesView))
            .Route("agent", "Name of the agent.").Route("device", "Name of the device.")
            .Gives(PlantJson.Default.FramesView, "Frames, the newest first").Fails(StatusCodes.Status404NotFound, "There is no such device.");
        api.Get("/api/plant/topology", AccessPermission.ReadState, "Hub, brokers, agents, connections and devices, from configuration and observation; without addresses for callers without a login", (context, caller) =>
            context.WriteJsonAsync(caller.IsAnonymous ? OpenView.Of(TopologyWriter.Write(plant)) : TopologyWriter.Write(plant), PlantJson.Default.TopologyView)).Gives(PlantJson.Default.TopologyView, "What is connected to what");
        api.Get("/api/live", AccessPermission.ReadState, "What changes, as server-sent events", (context, caller) => live.ServeAsync(context, caller.IsAnonymous))
            .Query("topics", "overview, devices, values, alarms, separated by commas; overview unless told.").Query("device", "Values of this device only, as agent/device.")
            .GivesFile("text/event-stream", "Events named by topic: first the whole state, then what changed, values at most four times a second; a heartbeat each 15 seconds");
        MapTrends(api, plant);
    }

    private static void MapTrends(ApiBuilder api, PlantState plant)
    {
        api.Get("/api/plant/series", AccessPermission.ReadState, "Tags that can be drawn", (context, _) => TrendPages.ListAsync(context, plant))
            .Query("search", "Part of a tag's or a device's name.").Query("device", "Only this device, as agent/device.").Paged()
            .Gives(PlantJson.Default.ApiPageSeriesView, "Tags");
        api.Get("/api/plant/trend", AccessPermission.ReadState, "The course of up to eight tags, down-sampled in the store, with gaps and qualities", (context, _) => TrendPages.TrendAsync(context, plant))
            .Query("series", $"agent/device/tag; up to {TrendPages.SeriesMax} of them.", required: true).Query("from", "Begin; an hour before the end unless told.", ApiType.Instant)
            .Query("to", "End; now unless told.", ApiType.Instant).Query("points", "At most so many points a series, 10 to 5000; 1000 unless told.", ApiType.Integer)
            .Gives(PlantJson.Default.TrendView, "Points, gaps and bands").Fails(StatusCodes.Status404NotFound, "There is no such tag, or this process has no hub.");
        api.Get("/api/plant/trend.csv", AccessPermission.ReadState, "The same as CSV, every reading unless points says otherwise", (context, _) => TrendPages.CsvAsync(context, plant))
            .Query("series", $"agent/device/tag; up to {TrendPages.SeriesMax} of them.", required: true).Query("from", "Begin; an hour before the end unless told.", ApiType.Instant)
            .Query("to", "End; now unless told.", ApiType.Instant).Query("points", "Buckets a series; every reading unless told.", ApiType.Integer)
            .GivesFile("text/csv", "UTF-8 with its mark; texts are safe to open in a spreadsheet").Fails(StatusCodes.Status404NotFound, "There is no such tag, or this process has no hub.");
    }
}
