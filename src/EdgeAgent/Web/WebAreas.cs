using EdgeAgent.Alarms;
using EdgeAgent.Commands;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Hosting;
using EdgeAgent.Web.Access;
using EdgeAgent.Web.Api;
using EdgeAgent.Web.Assess;
using EdgeAgent.Web.Engineering;
using EdgeAgent.Web.LedgerPages;
using EdgeAgent.Web.Portfolio;

namespace EdgeAgent.Web;

/// <summary>Everything that the API consists of: one line for each area, in the order of the OpenAPI document.</summary>
internal static class WebAreas
{
    public static void Map(ApiBuilder api, WebApplication app, LoadedConfig loaded, WebAccess access, TimeProvider time)
    {
        AppConfig config = loaded.Config!;
        EdgeStatus status = app.Services.GetRequiredService<EdgeStatus>();
        api.MapEdgeAgent(status, config.Web!);
        api.MapAccess(access, status, new EnterpriseName(config, time).Read);
        PlantHosting.Map(api, app.Services, time);
        // The assessor's pages are where the data is: at the hub.
        if (config.Hub is { } hub && app.Services.GetService<HubRole>() is { } role)
        {
            HubFiles files = new("the configuration", config.Site, hub, time);
            LedgerDesk desk = new(files, time);
            AccountCaches accounts = new(role.Store);
            AlarmEngine alarms = app.Services.GetRequiredService<AlarmEngine>();
            api.MapAssess(new AssessSource(desk, role.Store, accounts, app.Lifetime.ApplicationStopping));
            api.MapLedger(desk, role.Store);
            api.MapPortfolio(new PortfolioDesk(files, role.Store, accounts, time, site => site == config.Site ? alarms.Counts.Active : null, app.Lifetime.ApplicationStopping));
        }
        api.MapEngineering(app.Services, time, app.Lifetime.ApplicationStopping);
    }
}
