using EdgeAgent.Configuring;
using EdgeAgent.Hosting;
using EdgeAgent.Web.Api;

namespace EdgeAgent.Web.Engineering;

/// <summary>The engineer's part of the API: configuration, devices and questions to them where the process has a file; agents where it is a hub.</summary>
internal static class EngineeringEndpoints
{
    public static void MapEngineering(this ApiBuilder api, IServiceProvider services, TimeProvider time, CancellationToken stopping)
    {
        if (services.GetService<RunningConfiguration>() is { } configuration)
        {
            api.MapConfiguration(configuration, time, stopping);
        }

        if (services.GetService<HubRole>() is { } hub && services.GetService<ConfigPusherLink>() is { } link)
        {
            new AgentPages(hub, link, api.Log, time).Map(api);
            new PushPages(hub, link, api.Log).Map(api);
        }
    }

    public static void MapConfiguration(this ApiBuilder api, RunningConfiguration configuration, TimeProvider time, CancellationToken stopping)
    {
        PlacesInUse places = new();
        ConfigPages pages = new(configuration, api.Log);
        pages.Map(api);
        new HistoryPages(configuration, pages, api.Log).Map(api);
        new TemplatePages(configuration).Map(api);
        new DevicePages(configuration, pages).Map(api);
        new ReadPages(configuration, places, api.Log, time).Map(api);
        new CertificatePages(configuration, api.Log, time).Map(api);
        new ScanPages(configuration, new ScanJobs(places, time, stopping), api.Log).Map(api);
    }
}
