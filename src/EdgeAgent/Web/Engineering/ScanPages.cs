using EdgeAgent.Collector.Agent;
using EdgeAgent.Configuring;
using EdgeAgent.Web.Access;
using EdgeAgent.Web.Api;

namespace EdgeAgent.Web.Engineering;

/// <summary>Searches for devices, where a person says: behind one address, in a range of addresses, on a line.</summary>
internal sealed class ScanPages(RunningConfiguration configuration, ScanJobs jobs, AccessLog log)
{
    public void Map(ApiBuilder api)
    {
        EngineeringJson json = EngineeringJson.Default;
        api.Post("/api/engineering/scans", AccessPermission.Engineer, "Begins to look for devices at a place that is named; reads only", StartAsync)
            .Takes(json.ScanRequestBody).Gives(json.ScanView, "It has begun", StatusCodes.Status202Accepted)
            .Fails(StatusCodes.Status409Conflict, "Another scan is running, or the line is in use by the running agent.");
        api.Get("/api/engineering/scans/{id}", AccessPermission.Engineer, "How far a search is, and what it found", (context, _) =>
            context.WriteJsonAsync(ScanJobs.ViewOf(jobs.Find(context.Route("id"))).In(context), json.ScanView))
            .Route("id", "Id of the search.").Gives(json.ScanView, "Progress and devices").Fails(StatusCodes.Status404NotFound, "There is no such search.").Quiet();
        api.Delete("/api/engineering/scans/{id}", AccessPermission.Engineer, "Ends a search", (context, _) =>
        {
            jobs.Find(context.Route("id")).Cancel();
            return context.WriteNothing();
        }).Route("id", "Id of the search.").GivesNothing("It ends").Fails(StatusCodes.Status404NotFound, "There is no such search.");
    }

    private async Task StartAsync(HttpContext context, Caller caller)
    {
        ScanRequestBody wish = await context.ReadJsonAsync(EngineeringJson.Default.ScanRequestBody);
        if (wish.Kind == "line" && TrialPlant.TakenBy(configuration, new EndpointPlace("", "", wish.Target, "")) is { } owner)
        {
            throw ApiProblem.Conflict(new(
                $"串口 {wish.Target} 正被运行中的连接 {owner} 使用，不会抢占。请先从配置中停用该连接。",
                $"{wish.Target} is in use by the running endpoint {owner}, and is not taken from it. Take the endpoint out of the configuration first."));
        }

        ScanJob job = jobs.Start(wish);
        log.Note(context, caller.Who, "started a scan", ("kind", wish.Kind), ("target", wish.Target));
        await context.WriteJsonAsync(ScanJobs.ViewOf(job).In(context), EngineeringJson.Default.ScanView, StatusCodes.Status202Accepted);
    }
}
