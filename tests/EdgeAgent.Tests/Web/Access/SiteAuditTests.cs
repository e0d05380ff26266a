using System.Net;
using System.Text.Json;
using EdgeAgent.Assessment.Challenge;
using EdgeAgent.Web.Access;

namespace EdgeAgent.Tests.Web.Access;

/// <summary>What an assessor reads of the audit log: everything about his site, no other enterprise, nothing that lets somebody in.</summary>
public sealed class SiteAuditTests
{
    [Fact]
    public async Task An_assessor_sees_who_made_his_account_and_his_own_look_is_in_the_log_too()
    {
        await using AccessServer server = await AccessServer.StartAsync();
        AccessBrowser admin = await server.LoggedInAsync(AccessRole.Admin);
        Assert.Equal(HttpStatusCode.Created, (await admin.SendAsync("POST", "/api/accounts", new { name = "some Assessor", role = "Assessor", password = AccessServer.Password, mustChangePassword = false })).StatusCode);
        AccessBrowser assessor = await server.LoggedInAsync(AccessRole.Assessor);

        JsonElement first = await ReadAsync(assessor, "/api/audit");
        JsonElement made = Assert.Single(first.GetProperty("items").EnumerateArray(), e => e.GetProperty("what").GetString() == "made an account");
        Assert.Equal((AccessServer.Admin, "some Assessor", "Assessor"), (
            made.GetProperty("who").GetString(), made.GetProperty("facts").GetProperty("name").GetString(), made.GetProperty("facts").GetProperty("role").GetString()));
        Assert.Equal((JsonValueKind.Null, 0), (first.GetProperty("problem").ValueKind, first.GetProperty("withheld").GetInt32()));

        AuditEntry look = server.Log[^1];
        Assert.Equal(("some Assessor", "asked", "/api/audit", "Assessor"), (look.Who, look.What, look.Facts["path"], look.Facts["role"]));
        foreach (string method in new[] { "POST", "PUT", "PATCH", "DELETE" })
        {
            Assert.Equal(HttpStatusCode.MethodNotAllowed, (await assessor.SendAsync(method, "/api/audit")).StatusCode);
        }
    }

    [Fact]
    public async Task Other_enterprises_of_the_hub_are_left_out_and_it_is_said_how_much_that_is()
    {
        await using AccessServer server = await AccessServer.StartAsync();
        AuditLog log = new(server.LogPath, server.Time);
        log.Append("chief", "asked", ("path", "/api/portfolio"));
        log.Append("chief", "asked", ("path", "/api/portfolio/rival-plant"));
        log.Append("chief", "asked", ("path", "/api/engineering/agents/rival-plant/gw-01/config"));
        log.Append("chief", "approved an agent", ("agent", "rival-plant/gw-01"));
        log.Append("chief", "asked", ("path", "/api/engineering/agents/plant/gw-01/config"));
        log.Append("chief", "approved an agent", ("agent", "plant/gw-01"));
        log.Append("chief", "asked", ("path", "/api/engineering/agents"));
        AccessBrowser assessor = await server.LoggedInAsync(AccessRole.Assessor);

        JsonElement part = await ReadAsync(assessor, "/api/audit?limit=100");
        Assert.Equal(4, part.GetProperty("withheld").GetInt32());
        Assert.Equal(server.Log.Count - 4, part.GetProperty("total").GetInt32());
        Assert.DoesNotContain("rival", part.ToString(), StringComparison.Ordinal);
        Assert.Equal([5L, 6, 7], part.GetProperty("items").EnumerateArray().Select(e => e.GetProperty("sequence").GetInt64()).Where(s => s <= 7).Order());
        Assert.Empty((await ReadAsync(assessor, "/api/audit?text=rival")).GetProperty("items").EnumerateArray());
        JsonElement whole = await ReadAsync(await server.LoggedInAsync(AccessRole.Admin), "/api/audit?limit=100");
        Assert.Equal((0, server.Log.Count), (whole.GetProperty("withheld").GetInt32(), whole.GetProperty("total").GetInt32()));
        Assert.Contains("rival-plant", whole.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parts_meet_although_lines_between_them_are_left_out()
    {
        await using AccessServer server = await AccessServer.StartAsync();
        AuditLog log = new(server.LogPath, server.Time);
        for (int i = 0; i < 12; i++)
        {
            log.Append("chief", "asked", ("path", i % 3 == 0 ? "/api/portfolio" : $"/api/ledger/assets/{i}"));
        }

        AccessBrowser assessor = await server.LoggedInAsync(AccessRole.Assessor);
        List<long> seen = [];
        for (long? before = 13; before is not null;)
        {
            JsonElement part = await ReadAsync(assessor, $"/api/audit?limit=3&before={before}");
            seen.AddRange(part.GetProperty("items").EnumerateArray().Select(e => e.GetProperty("sequence").GetInt64()));
            before = part.GetProperty("before").ValueKind == JsonValueKind.Null ? null : part.GetProperty("before").GetInt64();
        }

        Assert.Equal([12L, 11, 9, 8, 6, 5, 3, 2], seen);
    }

    [Fact]
    public async Task What_lets_somebody_in_is_nowhere_in_it_even_if_it_was_typed_into_the_wrong_field()
    {
        await using AccessServer server = await AccessServer.StartAsync();
        const string Password = "kiln forty-seven blue river";
        AccessBrowser clumsy = server.NewBrowser();
        Assert.Equal(HttpStatusCode.Unauthorized, (await clumsy.LoginAsync(Password, "x")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await clumsy.LoginAsync(AccessServer.Admin, "wrong wrong")).StatusCode);
        // A line of a time when queries were written as they came.
        new AuditLog(server.LogPath, server.Time).Append("chief", "asked", ("path", "/api/tokens"), ("query", "?token=ea_0123456789ab_old-secret-old-secret&limit=3"));
        AccessBrowser assessor = await server.LoggedInAsync(AccessRole.Assessor);
        await assessor.GetAsync($"/api/audit?password={Uri.EscapeDataString(Password)}&limit=1");

        string text = (await ReadAsync(assessor, "/api/audit?limit=100")).ToString();
        Assert.DoesNotContain("kiln", text, StringComparison.Ordinal);
        Assert.DoesNotContain("old-secret", text, StringComparison.Ordinal);
        Assert.Contains("limit=3", text, StringComparison.Ordinal);
        Assert.Contains($"\"name\":\"{AccessServer.Admin}\"", text, StringComparison.Ordinal);
        // Nor does a search tell what is not shown.
        Assert.DoesNotContain("login refused", (await ReadAsync(assessor, "/api/audit?text=kiln")).ToString(), StringComparison.Ordinal);
        Assert.Empty((await ReadAsync(assessor, "/api/audit?text=old-secret")).GetProperty("items").EnumerateArray());
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("?asOf=2025-11-20&window=7d", "?asOf=2025-11-20&window=7d")]
    [InlineData("?key=MFkwEwYHKoZIzj0CAQYI", "?key=MFkwEwYHKoZIzj0CAQYI")] // a public key
    [InlineData("?access_token=abc&limit=3", "?access_token=***&limit=3")]
    [InlineData("?limit=3&Password=x%26y", "?limit=3&Password=***")]
    [InlineData("?setupCode=1234", "?setupCode=***")]
    [InlineData("?x=ea_0123456789ab_AAAAAAAAAAAAAAAAAAAAAAAA", "?x=***")]
    [InlineData("?x=Bearer%20something", "?x=***")]
    [InlineData("?ea_0123456789ab_AAAAAAAAAAAAAAAAAAAAAAAA", "***")]
    [InlineData("?p%61ssword=x", "?p%61ssword=***")]
    [InlineData("?series=ea_press/gw/count", "?series=ea_press/gw/count")]
    public void A_query_is_kept_without_what_lets_somebody_in(string asked, string kept)
    {
        Assert.Equal(kept, LoggedQuery.WithoutSecrets(asked));
        Assert.Equal(kept, LoggedQuery.WithoutSecrets(kept));
    }

    private static async Task<JsonElement> ReadAsync(AccessBrowser browser, string path)
    {
        HttpResponseMessage answer = await browser.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await AccessBrowser.JsonOf(answer);
    }
}
