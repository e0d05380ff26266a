using System.Net;
using System.Text.Json;
using EdgeAgent.Assessment.Challenge;
using EdgeAgent.Web.Access;
using EdgeAgent.Web.Access.Tokens;

namespace EdgeAgent.Tests.Web.Assess;

public sealed class AssessEndpointsTests
{
    private static AccessRole[] Everybody => Enum.GetValues<AccessRole>();

    private static AccessRole[] Readers => [AccessRole.Assessor, AccessRole.Engineer, AccessRole.Admin];

    private static AccessRole[] Editors => [AccessRole.Engineer, AccessRole.Admin];

    /// <summary>Who may what, written out once more by hand: a change of the policy must be meant.</summary>
    private static Dictionary<(string Method, string Path), AccessRole[]> Allowed => new()
    {
        [("GET", "/api/assess/metrics")] = [AccessRole.Viewer, AccessRole.Assessor, AccessRole.Engineer, AccessRole.Admin],
        [("GET", "/api/assess/diagnosis")] = [AccessRole.Viewer, AccessRole.Assessor, AccessRole.Engineer, AccessRole.Admin],
        [("GET", "/api/assess/devices")] = [AccessRole.Viewer, AccessRole.Assessor, AccessRole.Engineer, AccessRole.Admin],
        [("GET", "/api/assess/devices/{assetNo}/samples")] = [AccessRole.Assessor, AccessRole.Engineer, AccessRole.Admin],
        [("GET", "/api/assess/ledger/changes")] = [AccessRole.Assessor, AccessRole.Engineer, AccessRole.Admin],
        [("GET", "/api/assess/baseline")] = [AccessRole.Assessor, AccessRole.Engineer, AccessRole.Admin],
        [("GET", "/api/assess/packs")] = [AccessRole.Assessor, AccessRole.Engineer, AccessRole.Admin],
        [("GET", "/api/assess/packs/{id}")] = [AccessRole.Assessor, AccessRole.Engineer, AccessRole.Admin],
        [("GET", "/api/assess/challenges")] = [AccessRole.Assessor, AccessRole.Engineer, AccessRole.Admin],
        [("POST", "/api/assess/challenge")] = [AccessRole.Assessor, AccessRole.Admin],
        [("GET", "/api/assess/result")] = Everybody,
        [("GET", "/api/assess/devices/{assetNo}")] = Everybody,
        [("GET", "/api/assess/questionnaire")] = Everybody,
        [("POST", "/api/assess/verify")] = Readers,
        [("PUT", "/api/assess/items/{no}")] = Editors,
        [("DELETE", "/api/assess/items/{no}")] = Editors,
        [("PUT", "/api/assess/scenes/{name}")] = Editors,
        [("POST", "/api/assess/baseline")] = Editors,
        [("POST", "/api/assess/jobs")] = Readers,
        [("GET", "/api/assess/jobs")] = Readers,
        [("GET", "/api/assess/forms")] = Readers,
        [("GET", "/api/assess/jobs/{id}")] = Readers,
        [("DELETE", "/api/assess/jobs/{id}")] = Readers,
        [("GET", "/api/assess/jobs/{id}/file")] = Readers,
        [("GET", "/api/ledger")] = Everybody,
        [("GET", "/api/ledger/assets")] = Everybody,
        [("GET", "/api/ledger/assets/{assetNo}")] = Everybody,
        [("GET", "/api/ledger/bindings")] = Everybody,
        [("GET", "/api/ledger/export")] = Everybody,
        [("GET", "/api/ledger/history")] = Readers,
        [("GET", "/api/ledger/files/{sha256}")] = Readers,
        [("PUT", "/api/ledger/assets/{assetNo}")] = Editors,
        [("DELETE", "/api/ledger/assets/{assetNo}")] = Editors,
        [("POST", "/api/ledger/stops")] = Editors,
        [("DELETE", "/api/ledger/stops/{id}")] = Editors,
        [("PUT", "/api/ledger/areas")] = Editors,
        [("DELETE", "/api/ledger/areas")] = Editors,
        [("PUT", "/api/ledger/processes")] = Editors,
        [("DELETE", "/api/ledger/processes")] = Editors,
        [("PUT", "/api/ledger/bindings")] = Editors,
        [("POST", "/api/ledger/bindings/end")] = Editors,
        [("PUT", "/api/ledger/sources")] = Editors,
        [("PUT", "/api/ledger/profile")] = Editors,
        [("PUT", "/api/ledger/project")] = Editors,
        [("POST", "/api/ledger/files")] = Editors,
        [("POST", "/api/ledger/imports")] = Editors,
        [("GET", "/api/ledger/imports/{id}")] = Editors,
        [("POST", "/api/ledger/imports/{id}/commit")] = Editors,
        [("DELETE", "/api/ledger/imports/{id}")] = Editors,
        [("GET", "/api/portfolio")] = Editors,
        [("GET", "/api/portfolio/{site}")] = Editors,
    };

    [Fact]
    public async Task Every_role_gets_what_the_policy_says_at_every_endpoint_and_each_question_is_in_the_log()
    {
        await using AssessServer server = await AssessServer.StartAsync();
        Assert.Equal(Allowed.Keys.Order(), server.Endpoints.Order());
        int asked = 0;
        foreach (AccessRole role in Enum.GetValues<AccessRole>())
        {
            string token = server.TokenFor(role);
            foreach (((string method, string path), AccessRole[] roles) in Allowed)
            {
                HttpResponseMessage answer = await server.SendAsync(method, Concrete(path), token, method == "POST" ? "{}" : null);
                Assert.True(roles.Contains(role) == (answer.StatusCode != HttpStatusCode.Forbidden), $"{role} {method} {path}: {answer.StatusCode}");
                Assert.NotEqual(HttpStatusCode.Unauthorized, answer.StatusCode);
                Assert.NotEqual(HttpStatusCode.InternalServerError, answer.StatusCode);
                if ((path is "/api/assess/jobs" or "/api/assess/jobs/{id}") && method == "GET" && roles.Contains(role))
                {
                    continue; // followed every second while a job runs, and shows nothing but its progress
                }

                AuditEntry entry = server.Log.Where(e => e.What != "failed").ElementAt(asked++);
                Assert.Equal((role.ToString(), Concrete(path), roles.Contains(role) ? "asked" : "refused"), (entry.Facts["role"], entry.Facts["path"], entry.What));
            }
        }
    }

    [Fact]
    public async Task Nothing_opens_without_a_token_or_with_one_that_is_wrong_expired_revoked_or_of_another_site()
    {
        await using AssessServer server = await AssessServer.StartAsync();
        string good = server.TokenFor(AccessRole.Admin), other = server.TokenFor(AccessRole.Admin, "elsewhere");
        string changed = good[..^1] + (good[^1] == 'A' ? 'B' : 'A');
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync("GET", "/api/assess/packs", good)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await server.SendAsync("GET", "/api/assess/packs", other)).StatusCode);
        foreach (string? token in new[] { null, "", "ea", "ea__", changed, "ea_000000000000_x" })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await server.SendAsync("GET", "/api/assess/packs", token)).StatusCode);
        }

        server.Time.Advance(TimeSpan.FromDays(8));
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.SendAsync("GET", "/api/assess/packs", good)).StatusCode);
        (AccessToken revoked, string text) = server.Tokens.Create("x", AssessServer.Site, AccessRole.Assessor, TimeSpan.FromDays(1));
        Assert.True(server.Tokens.Revoke(revoked.Id));
        Assert.False(server.Tokens.Revoke(revoked.Id));
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.SendAsync("GET", "/api/assess/packs", text)).StatusCode);
    }

    [Fact]
    public async Task Tokens_are_kept_as_hashes_only()
    {
        await using AssessServer server = await AssessServer.StartAsync();
        string token = server.TokenFor(AccessRole.Assessor);
        string kept = await File.ReadAllTextAsync(Path.Combine(server.Files.Hub.DataDirectory, "tokens.json"));
        Assert.DoesNotContain(token.Split('_', 3)[2], kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_and_devices_are_those_of_the_assessment()
    {
        await using AssessServer server = await AssessServer.StartAsync();
        string token = server.TokenFor(AccessRole.Assessor);
        using JsonDocument metrics = JsonDocument.Parse(await (await server.SendAsync("GET", "/api/assess/metrics?asOf=2025-11-19", token)).Content.ReadAsStringAsync());
        Assert.Equal(1, metrics.RootElement.GetProperty("counts").GetProperty("total").GetInt32());
        using JsonDocument devices = JsonDocument.Parse(await (await server.SendAsync("GET", "/api/assess/devices?offset=0&limit=5", token)).Content.ReadAsStringAsync());
        Assert.Equal("A-1", devices.RootElement.GetProperty("items")[0].GetProperty("assetNo").GetString());
        using JsonDocument beyond = JsonDocument.Parse(await (await server.SendAsync("GET", "/api/assess/devices?offset=5", token)).Content.ReadAsStringAsync());
        Assert.Equal((1, 0), (beyond.RootElement.GetProperty("total").GetInt32(), beyond.RootElement.GetProperty("items").GetArrayLength()));
    }

    [Theory]
    [InlineData("GET", "/api/assess/metrics?asOf=yesterday", null, HttpStatusCode.BadRequest)]
    [InlineData("GET", "/api/assess/metrics?asOf=2999-01-01", null, HttpStatusCode.BadRequest)]
    [InlineData("GET", "/api/assess/metrics?window=9x", null, HttpStatusCode.BadRequest)]
    [InlineData("GET", "/api/assess/devices?limit=100000", null, HttpStatusCode.BadRequest)]
    [InlineData("GET", "/api/assess/devices?offset=-1", null, HttpStatusCode.BadRequest)]
    [InlineData("GET", "/api/assess/devices/A-1/samples", null, HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/assess/devices/A-1/samples?from=2020-01-01", null, HttpStatusCode.BadRequest)]
    [InlineData("GET", "/api/assess/packs/..%2f..%2fetc", null, HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/assess/baseline", null, HttpStatusCode.NotFound)]
    [InlineData("POST", "/api/assess/challenge", "not json", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/api/assess/challenge", """{"agent":"a","device":"b","tag":"c","action":"stop","limitSeconds":99999}""", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/api/assess/challenge", """{"agent":"a","device":"b","tag":"c","action":"stop"}""", HttpStatusCode.BadRequest)]
    public async Task A_wrong_question_is_answered_with_what_was_expected(string method, string path, string? body, HttpStatusCode expected)
    {
        await using AssessServer server = await AssessServer.StartAsync();
        HttpResponseMessage answer = await server.SendAsync(method, path, server.TokenFor(AccessRole.Assessor), body);
        Assert.Equal(expected, answer.StatusCode);
        Assert.NotEmpty(await answer.Content.ReadAsStringAsync());
    }

    private static string Concrete(string path) => path.Replace("{assetNo}", "A-1", StringComparison.Ordinal).Replace("{id}", "none", StringComparison.Ordinal)
        .Replace("{no}", "5", StringComparison.Ordinal).Replace("{site}", "plant", StringComparison.Ordinal).Replace("{name}", "x", StringComparison.Ordinal).Replace("{sha256}", "00", StringComparison.Ordinal);
}
