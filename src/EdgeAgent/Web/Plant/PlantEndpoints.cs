using EdgeAgent.Web.Access;
using EdgeAgent.Web.Api;
using EdgeAgent.Web.Plant.Devices;
using EdgeAgent.Web.Plant.Overview;

namespace EdgeAgent.Web.Plant;

/// <summary>The plant's state: overview, devices.</summary>
internal static class PlantEndpoints
{
    public static void MapPlant(this ApiBuilder api, PlantState plant)
    {
        api.Get("/api/overview", AccessPermission.ReadState, "The plant at a glance: devices, rates, agents, the conservation law, what people have to know", (context, _) =>
            context.WriteJsonAsync(OverviewWriter.Write(plant, NoAlarms), PlantJson.Default.OverviewView))
            .Gives(PlantJson.Default.OverviewView, "As of now, from memory");
        api.Get("/api/plant/devices", AccessPermission.ReadState, "Devices as tiles, machines of the ledger without any device included", (context, _) =>
            context.WriteJsonAsync(PageRequest.Of(context).Cut(DeviceQuery.Of(context).Select(DeviceTiles.Of(plant))), PlantJson.Default.ApiPageDeviceTile))
            .Query("search", "Part of a device's, asset's or agent's name.").Query("area", "Only this workshop.").Query("line", "Only this line.")
            .Query("state", "online, bad, stale, never, unledgered, uncounted, networked or unnetworked.")
            .Query("sort", "place (area, line, name), name, state, lastGood or agent; place unless told.").Paged()
            .Gives(PlantJson.Default.ApiPageDeviceTile, "Tiles");
        api.Get("/api/plant/devices/{agent}/{device}", AccessPermission.ReadState, "One device: values, periods, problems, frames, machine, verdict, heat strip", (context, _) =>
            context.WriteJsonAsync(DevicePage.Of(plant, context.Route("agent"), context.Route("device")), PlantJson.Default.DevicePageView))
            .Route("agent", "Name of the agent.").Route("device", "Name of the device.")
            .Gives(PlantJson.Default.DevicePageView, "The device").Fails(StatusCodes.Status404NotFound, "There is no such device.");
    }

    private static AlarmCountsView NoAlarms { get; } = new(0, 0, 0, 0, 0);
}
