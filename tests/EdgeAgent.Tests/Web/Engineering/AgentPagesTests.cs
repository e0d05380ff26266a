using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using EdgeAgent.Core.Batches;
using EdgeAgent.Store;
using EdgeAgent.Store.Agents;
using EdgeAgent.Tests.Web.Api;
using EdgeAgent.Web.Access;

namespace EdgeAgent.Tests.Web.Engineering;

/// <summary>Agents let in, kept out and invited through the API of a running hub, seen through its registry as the command line opens it.</summary>
public sealed class AgentPagesTests : IClassFixture<WholeProgram>, IDisposable
{
    private const string Agents = "/api/engineering/agents";
    private const string Site = "plant";

    private readonly WholeProgram _program;
    private readonly HttpClient _client;
    private readonly AgentRegistry _registry;
    private readonly byte[] _key = NewKey();

    public AgentPagesTests(WholeProgram program)
    {
        _program = program;
        _client = new HttpClient { BaseAddress = program.Address };
        _registry = AgentRegistry.Open(program.HubDirectory, TimeProvider.System);
    }

    public void Dispose()
    {
        _registry.Dispose();
        _client.Dispose();
    }

    [Fact]
    public async Task A_pending_agent_is_listed_with_its_fingerprint_and_let_in_with_the_key_that_was_looked_at()
    {
        AgentKey agent = Introduce("gw-approved");
        JsonElement entry = await EntryAsync(agent);
        string fingerprint = EnrolledAgent.FingerprintOf(_key);
        Assert.Equal(("pending", fingerprint), (Text(entry, "status"), Text(entry, "fingerprint")));

        Assert.Equal(HttpStatusCode.NoContent, (await DecideAsync(agent, "approve", new { fingerprint, note = "by telephone" })).Status);
        entry = await EntryAsync(agent);
        Assert.Equal(("approved", fingerprint), (Text(entry, "status"), Text(entry, "fingerprint")));
        Assert.Contains("by telephone", Text(entry, "note"), StringComparison.Ordinal);
        Assert.Equal(EnrolmentStatus.Approved, _registry.Introduce(agent, _key, null, []).Status);

        (_, JsonElement audit) = await SendAsync(HttpMethod.Get, "/api/audit?limit=100", null, AccessRole.Admin);
        Assert.Contains("approve an agent", audit.GetRawText(), StringComparison.Ordinal);
        Assert.Contains(fingerprint, audit.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_fingerprint_or_none_lets_nobody_in()
    {
        AgentKey agent = Introduce("gw-other-key");
        Assert.Equal(HttpStatusCode.Conflict, (await DecideAsync(agent, "approve", new { fingerprint = EnrolledAgent.FingerprintOf(NewKey()) })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await DecideAsync(agent, "approve", new { })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await DecideAsync(new AgentKey(Site, "gw-never-seen"), "approve", new { fingerprint = "00" })).Status);
        Assert.Equal("pending", Text(await EntryAsync(agent), "status"));
        Assert.Equal(EnrolmentStatus.Pending, _registry.Find(agent)!.Status);
    }

    [Theory]
    [InlineData("reject", false)]
    [InlineData("revoke", true)]
    public async Task Who_is_rejected_or_revoked_stays_out_and_gets_no_invitation(string verb, bool approvedBefore)
    {
        AgentKey agent = Introduce("gw-" + verb);
        if (approvedBefore)
        {
            Assert.Equal(HttpStatusCode.NoContent, (await DecideAsync(agent, "approve", new { fingerprint = EnrolledAgent.FingerprintOf(_key) })).Status);
            Assert.Equal(EnrolmentStatus.Approved, _registry.Find(agent)!.Status);
        }

        Assert.Equal(HttpStatusCode.NoContent, (await DecideAsync(agent, verb, new { note = "sold" })).Status);
        JsonElement entry = await EntryAsync(agent);
        Assert.Equal("revoked", Text(entry, "status"));
        Assert.EndsWith(": sold", Text(entry, "note"), StringComparison.Ordinal);
        Assert.Equal(EnrolmentStatus.Revoked, _registry.Introduce(agent, _key, null, []).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await InviteAsync(agent)).Status);
    }

    [Fact]
    public async Task An_invitation_is_shown_once_and_lets_one_agent_in_once()
    {
        AgentKey agent = new(Site, "gw-invited");
        string replaced = Text((await InviteAsync(agent)).Body, "token");
        (HttpStatusCode status, JsonElement invitation) = await InviteAsync(agent);
        Assert.Equal(HttpStatusCode.OK, status);
        string token = Text(invitation, "token");
        Assert.NotEqual(replaced, token);
        Assert.InRange(invitation.GetProperty("validUntil").GetDateTimeOffset(), DateTimeOffset.UtcNow.AddMinutes(30), DateTimeOffset.UtcNow.AddMinutes(90));

        Assert.Equal(EnrolmentStatus.Pending, Introduce(agent, _key, replaced).Status);
        Assert.Equal(EnrolmentStatus.Approved, Introduce(agent, _key, token).Status);
        Assert.Equal(_key, Introduce(agent, NewKey(), token).PublicKey); // Whoever has copied the token comes too late.
        (_, JsonElement list) = await SendAsync(HttpMethod.Get, Agents + "?limit=1000");
        (_, JsonElement audit) = await SendAsync(HttpMethod.Get, "/api/audit?limit=100", null, AccessRole.Admin);
        Assert.DoesNotContain(token, list.GetRawText() + audit.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("invited an agent", audit.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("approved", Text(await EntryAsync(agent), "status"));
        Assert.Equal(HttpStatusCode.BadRequest, (await InviteAsync(new AgentKey(Site, "a/b"))).Status);
    }

    [Fact]
    public async Task Viewers_neither_see_agents_nor_decide_about_them()
    {
        AgentKey agent = Introduce("gw-viewed");
        string fingerprint = EnrolledAgent.FingerprintOf(_key);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(HttpMethod.Get, Agents, null, AccessRole.Viewer)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await InviteAsync(agent, AccessRole.Viewer)).Status);
        foreach (string verb in (string[])["approve", "reject", "revoke"])
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await DecideAsync(agent, verb, new { fingerprint }, AccessRole.Viewer)).Status);
        }

        Assert.Equal(EnrolmentStatus.Pending, _registry.Find(agent)!.Status);
    }

    private static byte[] NewKey()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportSubjectPublicKeyInfo();
    }

    private static string Text(JsonElement of, string member) => of.GetProperty(member).GetString()!;

    private AgentKey Introduce(string name)
    {
        AgentKey agent = new(Site, name);
        Assert.Equal(EnrolmentStatus.Pending, _registry.Introduce(agent, _key, null, []).Status);
        return agent;
    }

    private EnrolledAgent Introduce(AgentKey agent, byte[] key, string token) => _registry.Introduce(agent, key, EnrolmentProof.Create(token, key), []);

    private async Task<JsonElement> EntryAsync(AgentKey agent)
    {
        (HttpStatusCode status, JsonElement list) = await SendAsync(HttpMethod.Get, Agents + "?limit=1000");
        Assert.Equal(HttpStatusCode.OK, status);
        return list.GetProperty("items").EnumerateArray().Single(a => Text(a, "site") == agent.Site && Text(a, "agent") == agent.Agent);
    }

    private Task<(HttpStatusCode Status, JsonElement Body)> DecideAsync(AgentKey agent, string verb, object decision, AccessRole role = AccessRole.Engineer) =>
        SendAsync(HttpMethod.Post, $"{Agents}/{agent.Site}/{agent.Agent}/{verb}", decision, role);

    private Task<(HttpStatusCode Status, JsonElement Body)> InviteAsync(AgentKey agent, AccessRole role = AccessRole.Engineer) =>
        SendAsync(HttpMethod.Post, Agents + "/invite", new { site = agent.Site, agent = agent.Agent, validHours = 1 }, role);

    private async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(HttpMethod method, string path, object? body = null, AccessRole role = AccessRole.Engineer)
    {
        using HttpRequestMessage request = new(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _program.TokenFor(role));
        using HttpResponseMessage answer = await _client.SendAsync(request);
        string text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone());
    }
}
