using EdgeAgent.Core.Configuration;
using EdgeAgent.Hosting;
using EdgeAgent.Web.Access;
using EdgeAgent.Web.Api;
using EdgeAgent.Web.Api.OpenApi;
using EdgeAgent.Web.Plant;

namespace EdgeAgent.Web;

/// <summary>Health, metrics, state, and the description of the API.</summary>
internal static class WebEndpoints
{
    public static void MapEdgeAgent(this ApiBuilder api, IStatusSource source, WebConfig web)
    {
        api.Get("/health/live", AccessPermission.Anyone, "Answers while the process runs", (context, _) => context.WriteTextAsync("text/plain", "live\n"))
            .GivesFile("text/plain", "Live");
        api.Get("/health/ready", AccessPermission.Anyone, "Whether data flows; why not is said in full on this machine and to whoever is logged in", (context, caller) => ReadyAsync(context, caller, source))
            .Gives(WebJson.Default.HealthView, "It does").Gives(WebJson.Default.HealthView, "It does not; the reasons say why", StatusCodes.Status503ServiceUnavailable);
        api.Get("/metrics", AccessPermission.Anyone, "Prometheus text exposition, or OpenMetrics where Accept prefers it", (context, caller) => MetricsAsync(context, caller, source, web))
            .GivesFile("text/plain", "Metrics").GivesFile("application/openmetrics-text", "The same as OpenMetrics 1.0.0")
            .Fails(StatusCodes.Status403Forbidden, "Asked from another machine without a token; openMetrics in the configuration's web section lets everybody in.");
        api.Get("/api/status", AccessPermission.ReadState, "The process, its agent and its hub", async (context, caller) =>
        {
            StatusView status = await source.ReadStatusAsync(context.RequestAborted);
            await context.WriteJsonAsync(caller.IsAnonymous ? OpenView.Of(status) : status, WebJson.Default.StatusView);
        })
            .Gives(WebJson.Default.StatusView, "Counts of the conservation law, buffer, publishers, store");
        api.Get("/api/devices", AccessPermission.ReadState, "The agent's devices with their counts, periods and problems", (context, caller) =>
            context.WriteJsonAsync(caller.IsAnonymous ? OpenView.Of(source.Devices) : source.Devices, WebJson.Default.IReadOnlyListDeviceView))
            .Gives(WebJson.Default.IReadOnlyListDeviceView, "One object a device");
        api.Get("/api/values", AccessPermission.ReadState, "The newest stored value of every tag", (context, _) => LastValues.WriteAsync(context, source.Store))
            .Query("site", "Only this site.").Query("device", "Only this device.")
            .Gives(WebJson.Default.IReadOnlyListValueView, "One object a tag").Fails(StatusCodes.Status404NotFound, "This process has no hub.");
        api.Get("/api/openapi.json", AccessPermission.Anyone, "This description", (context, _) =>
        {
            context.Response.ContentType = "application/json; charset=utf-8";
            return context.Response.Body.WriteAsync(OpenApiDocument.Write(api.Endpoints, ProgramVersion.Text, context.Connection.LocalPort), context.RequestAborted).AsTask();
        }).GivesFile("application/json", "OpenAPI 3.1");
    }

    /// <remarks>Anybody may ask, and reasons name brokers and stores: from elsewhere and without a login they are cut down to the role that is not ready.</remarks>
    private static Task ReadyAsync(HttpContext context, Caller caller, IStatusSource source)
    {
        IReadOnlyList<string> reasons = source.ReasonsNotReady;
        bool inFull = !caller.IsAnonymous || ClientAddress.IsLocal(context);
        HealthView health = new(reasons.Count == 0, inFull ? reasons : [.. reasons.Select(reason => reason.Split(':', 2)[0]).Distinct(StringComparer.Ordinal)]);
        return context.WriteJsonAsync(health, WebJson.Default.HealthView, health.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task MetricsAsync(HttpContext context, Caller caller, IStatusSource source, WebConfig web)
    {
        if (!ClientAddress.IsLocal(context) && !web.OpenMetrics && !AccessPolicy.Allows(caller, AccessPermission.ReadState, AnonymousAccess.None))
        {
            throw ApiProblem.Forbidden(new(
                "从其他机器读取指标需要令牌，或在配置的 web 部分设置 openMetrics。",
                "Metrics are for this machine, or for a token: scrape with 'Authorization: Bearer …', or set openMetrics in the web section of the configuration."));
        }

        StatusView status = await source.ReadStatusAsync(context.RequestAborted);
        bool openMetrics = MetricsFormat.WantsOpenMetrics(context.Request.Headers.Accept);
        context.Response.Headers.Vary = "Accept";
        await context.WriteTextAsync(openMetrics ? PrometheusText.OpenMetricsContentType : PrometheusText.ContentType, MetricsPage.Write(status, source.Devices, openMetrics));
    }
}
