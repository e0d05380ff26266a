using System.IO.Compression;
using System.Net;
using System.Text.Json;
using EdgeAgent.Assessment.Findings;
using EdgeAgent.TestKit;
using EdgeAgent.Web.Access;
using EdgeAgent.Web.Access.Tokens;
using EdgeAgent.Web.Api;
using EdgeAgent.Web.Assess.Jobs;

namespace EdgeAgent.Tests.Web.Assess;

public sealed class JobApiTests
{
    [Fact]
    public async Task A_pack_is_made_step_by_step_downloaded_and_holds_when_it_is_uploaded_again_unless_a_byte_differs()
    {
        await using AssessServer server = await AssessServer.StartAsync();
        string id = (await server.AskAsync("POST", "/api/assess/jobs", AccessRole.Assessor, HttpStatusCode.Accepted, """{"kind":"pack","asOf":"2025-11-19"}""")).GetProperty("id").GetString()!;
        JsonElement job = await EndAsync(server, id);
        Assert.Equal(("done", 6, 6), (job.GetProperty("state").GetString(), job.GetProperty("step").GetInt32(), job.GetProperty("steps").GetArrayLength()));
        HttpResponseMessage file = await server.SendAsync("GET", $"/api/assess/jobs/{id}/file", server.TokenFor(AccessRole.Assessor));
        byte[] pack = await file.Content.ReadAsByteArrayAsync();
        JsonElement holds = await server.AskAsync("POST", "/api/assess/verify", AccessRole.Assessor, HttpStatusCode.OK, file: pack);
        Assert.True(holds.GetProperty("holds").GetBoolean(), holds.ToString());
        pack[pack.Length / 2] ^= 1;
        JsonElement tampered = await server.AskAsync("POST", "/api/assess/verify", AccessRole.Assessor, HttpStatusCode.OK, file: pack);
        Assert.False(tampered.GetProperty("holds").GetBoolean());
        Assert.NotEqual(0, tampered.GetProperty("problemCount").GetInt32());
        Assert.Equal(1, (await server.AskAsync("GET", "/api/assess/jobs", AccessRole.Assessor, HttpStatusCode.OK)).GetProperty("total").GetInt32());
        await server.AskAsync("DELETE", $"/api/assess/jobs/{id}", AccessRole.Assessor, HttpStatusCode.Conflict);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(server.Files.Hub.DataDirectory, "uploads")));
    }

    [Fact]
    public async Task A_summary_is_made_as_a_document_and_a_ledger_without_devices_blocks_the_forms_in_words()
    {
        await using AssessServer server = await AssessServer.StartAsync();
        string id = (await server.AskAsync("POST", "/api/assess/jobs", AccessRole.Engineer, HttpStatusCode.Accepted, """{"kind":"summary","asOf":"2025-11-19"}""")).GetProperty("id").GetString()!;
        JsonElement job = await EndAsync(server, id);
        Assert.True(job.GetProperty("state").GetString() == "done", job.ToString());
        HttpResponseMessage file = await server.SendAsync("GET", $"/api/assess/jobs/{id}/file", server.TokenFor(AccessRole.Engineer));
        using ZipArchive zip = new(await file.Content.ReadAsStreamAsync());
        Assert.Contains(zip.Entries, e => e.Name.EndsWith(".docx", StringComparison.Ordinal) && e.Length > 0);
        Assert.Contains(job.GetProperty("warnings").EnumerateArray(), w => w.GetProperty("zh").GetString()!.Contains("草稿", StringComparison.Ordinal));

        await server.AskAsync("DELETE", "/api/ledger/assets/A-1?reason=x", AccessRole.Engineer, HttpStatusCode.OK);
        id = (await server.AskAsync("POST", "/api/assess/jobs", AccessRole.Engineer, HttpStatusCode.Accepted, """{"kind":"forms"}""")).GetProperty("id").GetString()!;
        job = await EndAsync(server, id);
        Assert.Equal("failed", job.GetProperty("state").GetString());
        Assert.Contains("不可计算", job.GetProperty("problem").GetProperty("zh").GetString(), StringComparison.Ordinal);
        await server.AskAsync("GET", $"/api/assess/jobs/{id}/file", AccessRole.Engineer, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Wrong_questions_about_jobs_and_packs_are_answered()
    {
        await using AssessServer server = await AssessServer.StartAsync();
        await server.AskAsync("POST", "/api/assess/jobs", AccessRole.Engineer, HttpStatusCode.BadRequest, """{"kind":"cake"}""");
        await server.AskAsync("POST", "/api/assess/jobs", AccessRole.Engineer, HttpStatusCode.BadRequest, """{"kind":"pack","asOf":"2999-01-01"}""");
        await server.AskAsync("GET", "/api/assess/jobs/none", AccessRole.Engineer, HttpStatusCode.NotFound);
        await server.AskAsync("GET", "/api/assess/jobs/..%2f..%2fetc/file", AccessRole.Engineer, HttpStatusCode.NotFound);
        await server.AskAsync("POST", "/api/assess/verify", AccessRole.Assessor, HttpStatusCode.BadRequest, file: []);
        await server.AskAsync("POST", "/api/assess/verify?key=abc", AccessRole.Assessor, HttpStatusCode.BadRequest, file: [1, 2, 3]);
        JsonElement junk = await server.AskAsync("POST", "/api/assess/verify", AccessRole.Assessor, HttpStatusCode.OK, file: [1, 2, 3]);
        Assert.False(junk.GetProperty("holds").GetBoolean());
    }

    [Fact]
    public async Task One_job_runs_at_a_time_and_ends_on_demand_and_old_ones_are_swept()
    {
        using TempDirectory directory = new();
        FakeTimeProvider time = new(new DateTimeOffset(2025, 11, 20, 4, 0, 0, TimeSpan.Zero));
        string folder = directory.File("jobs");
        Directory.CreateDirectory(Path.Combine(folder, "died-with-the-process"));
        JobDesk desk = new(folder, time, CancellationToken.None);
        TaskCompletionSource begun = new();
        JobView first = desk.Start("pack", "she", "she", ["a", "b"], async run =>
        {
            run.Begin("b");
            begun.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, time, run.Cancellation);
            return new JobProduct("", []);
        });
        await begun.Task;
        Assert.Equal((JobState.Running, 1), (desk.Find(first.Id)!.State, desk.Find(first.Id)!.Step));
        Assert.Equal(409, Assert.Throws<ApiProblem>(() => desk.Start("pack", "he", "he", [], _ => throw new NotSupportedException())).Status);
        Assert.True(desk.Cancel(first.Id, "she"));
        await Eventually.TrueAsync(() => desk.Find(first.Id)!.State == JobState.Cancelled, "the job ends on demand");
        Assert.False(Directory.Exists(Path.Combine(folder, "died-with-the-process")));
        time.Advance(TimeSpan.FromDays(31));
        JobView second = desk.Start("pack", "he", "he", ["a"], _ => throw new IOException("the disk is full"));
        await Eventually.TrueAsync(() => desk.Find(second.Id)!.State == JobState.Failed, "the job fails");
        Assert.Equal(new BilingualText("文件无法读写：the disk is full", "the disk is full"), desk.Find(second.Id)!.Problem);
        JobView third = desk.Start("pack", "he", "he", ["a"], _ => throw new InvalidOperationException("nobody thought of it"));
        await Eventually.TrueAsync(() => desk.Find(third.Id)!.State == JobState.Failed, "what nobody thought of ends a job too");
        Assert.Null(desk.Find(first.Id));
        Assert.Equal([second.Id, third.Id], new JobDesk(folder, time, CancellationToken.None).List().Select(j => j.Id).OrderBy(id => id == third.Id));
    }

    [Fact]
    public async Task A_job_is_ended_by_whoever_started_it_or_by_an_administrator_and_by_nobody_else()
    {
        await using AssessServer server = await AssessServer.StartAsync();
        string engineer = server.TokenFor(AccessRole.Engineer), colleague = server.TokenFor(AccessRole.Engineer);
        string assessor = server.TokenFor(AccessRole.Assessor), admin = server.TokenFor(AccessRole.Admin);
        foreach ((string starts, string[] mayNot, string ends) in new[]
        {
            (engineer, new[] { assessor, colleague }, engineer),
            (assessor, [engineer], assessor),
            (engineer, [assessor], admin),
        })
        {
            // Started as the page does it, with work that ends only when it is told to.
            TaskCompletionSource begun = new();
            Caller caller = OfToken(server, starts);
            JobView job = server.Source.Jobs.Start("pack", caller.Who, caller.Key, ["a"], async run =>
            {
                begun.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, run.Cancellation);
                return new JobProduct("", []);
            });
            await begun.Task;
            foreach (string other in mayNot)
            {
                HttpResponseMessage refused = await server.SendAsync("DELETE", $"/api/assess/jobs/{job.Id}", other);
                Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
                Assert.Contains(caller.Who, JsonElement.Parse(await refused.Content.ReadAsStringAsync()).GetProperty("detail").GetString(), StringComparison.Ordinal);
                Assert.Equal(("failed", "403"), (server.Log[^1].What, server.Log[^1].Facts["status"]));
                Assert.Equal(JobState.Running, server.Source.Jobs.Find(job.Id)!.State);
            }

            Assert.Equal(HttpStatusCode.NoContent, (await server.SendAsync("DELETE", $"/api/assess/jobs/{job.Id}", ends)).StatusCode);
            await Eventually.TrueAsync(() => server.Source.Jobs.Find(job.Id)!.State == JobState.Cancelled, "the job ends on demand");
        }
    }

    private static Caller OfToken(AssessServer server, string text)
    {
        AccessToken token = server.Tokens.Find(text)!;
        return new Caller(CallerKind.Token, token.Id, token.Name, token.Role, token.Site);
    }

    private static async Task<JsonElement> EndAsync(AssessServer server, string id)
    {
        JsonElement job = default;
        await Eventually.TrueAsync(async () =>
        {
            job = await server.AskAsync("GET", $"/api/assess/jobs/{id}", AccessRole.Assessor, HttpStatusCode.OK);
            return job.GetProperty("state").GetString() != "running";
        }, "the job ends");
        return job;
    }
}
