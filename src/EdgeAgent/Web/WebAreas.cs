using EdgeAgent.Commands;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Hosting;
using EdgeAgent.Web.Api;
using EdgeAgent.Web.Assess;
using EdgeAgent.Web.Plant;

namespace EdgeAgent.Web;

/// <summary>Everything that the API consists of: one line for each area, in the order of the OpenAPI document.</summary>
internal static class WebAreas
{
    public static void Map(ApiBuilder api, WebApplication app, LoadedConfig loaded, TimeProvider time)
    {
        AppConfig config = loaded.Config!;
        api.MapEdgeAgent(app.Services.GetRequiredService<EdgeStatus>(), config.Web!);
        api.MapPlant(app.Services.GetRequiredService<PlantState>());
        // The assessor's pages are where the data is: at the hub.
        if (config.Hub is { } hub && app.Services.GetService<HubRole>() is { } role)
        {
            HubFiles files = new("the configuration", config.Site, hub, time);
            api.MapAssess(new AssessSource(files, role.Store, time, app.Lifetime.ApplicationStopping));
        }
    }
}
