using EdgeAgent.Assessment.Reports.Pdf;
using EdgeAgent.Web.Access;
using EdgeAgent.Web.Api;
using EdgeAgent.Web.Assess.Jobs;

namespace EdgeAgent.Web.Assess;

/// <summary>Starting, following, ending jobs, and taking what they made.</summary>
internal static class JobPages
{
    public static async Task StartAsync(HttpContext context, Caller caller, AssessSource source)
    {
        JobBody body = await context.ReadJsonAsync(AssessJson.Default.JobBody);
        JobView job = AssessJobs.Start(source, body, caller);
        context.Response.Headers.Location = $"/api/assess/jobs/{job.Id}";
        await context.WriteJsonAsync(job, AssessJson.Default.JobView, StatusCodes.Status202Accepted);
    }

    public static Task ListAsync(HttpContext context, AssessSource source) =>
        context.WriteJsonAsync(PageRequest.Of(context).Cut(source.Jobs.List()), AssessJson.Default.ApiPageJobView);

    /// <summary>Looked for at each question: somebody may install it while the program runs.</summary>
    public static Task MeansAsync(HttpContext context) => context.WriteJsonAsync(
        SofficeProgram.Find() is null ? new FormMeans(false, SofficeProgram.Missing) : new FormMeans(true, SofficeProgram.Present), AssessJson.Default.FormMeans);

    public static Task ReadAsync(HttpContext context, AssessSource source) => context.WriteJsonAsync(Find(context, source), AssessJson.Default.JobView);

    public static Task CancelAsync(HttpContext context, Caller caller, AssessSource source)
    {
        JobView job = Find(context, source);
        return source.Jobs.Cancel(job.Id, caller.Role == AccessRole.Admin ? null : caller.Key) ? context.WriteNothing() : throw ApiProblem.Conflict(new("任务已经结束。", "The job has ended already."));
    }

    public static async Task FileAsync(HttpContext context, AssessSource source)
    {
        JobView job = Find(context, source);
        string? path = job.Pack is { } pack ? source.Files.Shelf.Find(pack)?.Path : source.Jobs.ProductOf(job);
        if (path is null || !File.Exists(path))
        {
            throw ApiProblem.NotFound(new("任务没有产生文件，或文件已清理。", "The job made no file, or it was removed since."));
        }

        context.Response.ContentType = "application/zip";
        context.Response.ContentLength = new FileInfo(path).Length;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{job.Kind}.zip\"; filename*=UTF-8''{Uri.EscapeDataString(job.File!)}";
        await context.Response.SendFileAsync(path, context.RequestAborted);
    }

    private static JobView Find(HttpContext context, AssessSource source) => source.Jobs.Find(context.Route("id"))
        ?? throw ApiProblem.NotFound(new("没有这个任务，或已清理。", "There is no such job, or it was removed since."));
}
