using EdgeAgent.Configuring;
using EdgeAgent.Core.Model;
using EdgeAgent.Hosting;
using EdgeAgent.Store;
using EdgeAgent.Store.Agents;
using EdgeAgent.Web.Access;
using EdgeAgent.Web.Api;

namespace EdgeAgent.Web.Engineering;

/// <summary>The agents of a hub: who they are, and who of them is let in.</summary>
internal sealed class AgentPages(HubRole hub, ConfigPusherLink link, AccessLog log, TimeProvider time)
{
    public void Map(ApiBuilder api)
    {
        EngineeringJson json = EngineeringJson.Default;
        api.Get("/api/engineering/agents", AccessPermission.Engineer, "Agents that the hub knows, with what they say about themselves", (context, _) =>
            context.WriteJsonAsync(List(PageRequest.Of(context)), json.AgentListView)).Paged().Gives(json.AgentListView, "Agents, and the hub's key").Quiet();
        Decide(api, "approve", "Lets an agent in with the key that was looked at", Approve);
        Decide(api, "reject", "Keeps a pending agent out", (agent, decision, who) => Registry.Revoke(agent, Note(decision, $"rejected by {who}")));
        Decide(api, "revoke", "Takes nothing more from an agent; what it delivered stays", (agent, decision, who) => Registry.Revoke(agent, Note(decision, $"revoked by {who}")));
        api.Post("/api/engineering/agents/invite", AccessPermission.Engineer, "Makes a one-time token with which an agent is let in", InviteAsync)
            .Takes(json.InviteRequest).Gives(json.InviteView, "The token, shown once").Fails(StatusCodes.Status409Conflict, "The agent is let in already, or too many invitations are open.");
    }

    private AgentRegistry Registry => hub.Registry ?? throw ApiProblem.Unavailable(new("汇聚端正在启动。", "The hub is starting."));

    private void Decide(ApiBuilder api, string verb, string summary, Func<AgentKey, AgentDecision, string, bool> decide) =>
        api.Post($"/api/engineering/agents/{{site}}/{{agent}}/{verb}", AccessPermission.Engineer, summary, async (context, caller) =>
        {
            AgentKey agent = KeyOf(context);
            AgentDecision decision = await context.ReadJsonAsync(EngineeringJson.Default.AgentDecision);
            if (Registry.Find(agent) is null)
            {
                throw ApiProblem.NotFound(new($"没有采集端 {agent.Site}/{agent.Agent}。", $"There is no agent {agent.Site}/{agent.Agent}."));
            }

            if (!decide(agent, decision, caller.Who))
            {
                throw ApiProblem.Conflict(new(
                    "该采集端的密钥与您核对的指纹不一致，未作更改。请重新核对。", "The agent's key is not the one that you looked at; nothing was changed. Compare it again."));
            }

            log.Note(context, caller.Who, verb + " an agent", ("agent", $"{agent.Site}/{agent.Agent}"), ("fingerprint", decision.Fingerprint ?? ""));
            await context.WriteNothing();
        }).Route("site", "Site of the agent.").Route("agent", "Name of the agent.").Takes(EngineeringJson.Default.AgentDecision).GivesNothing("Done")
            .Fails(StatusCodes.Status404NotFound, "There is no such agent.").Fails(StatusCodes.Status409Conflict, "Its key is another one than that which was looked at.");

    internal static AgentKey KeyOf(HttpContext context) => new(context.Route("site"), context.Route("agent"));

    private bool Approve(AgentKey agent, AgentDecision decision, string who) => decision.Fingerprint is { Length: > 0 } fingerprint
        ? Registry.Approve(agent, fingerprint, Note(decision, $"approved by {who}"))
        : throw ApiProblem.BadRequest(new("请给出所核对的密钥指纹。", "Name the fingerprint of the key that you compared."));

    private async Task InviteAsync(HttpContext context, Caller caller)
    {
        InviteRequest request = await context.ReadJsonAsync(EngineeringJson.Default.InviteRequest);
        if (!Core.Batches.Topics.IsValidName(request.Site) || !Core.Batches.Topics.IsValidName(request.Agent))
        {
            throw ApiProblem.BadRequest(new("站点或采集端名称无效（1 到 64 字节，不含 + # / $）。", "Site or agent is no name: 1 to 64 bytes, no + # / $."));
        }

        TimeSpan valid = TimeSpan.FromHours(Math.Clamp(request.ValidHours ?? 24, 1, 24 * 30));
        string token = Registry.Invite(new AgentKey(request.Site, request.Agent), valid) ?? throw ApiProblem.Conflict(new(
            "无法邀请：该采集端已被接入，或未使用的邀请过多。", "It cannot be invited: it is let in already, or too many invitations are open."));
        log.Note(context, caller.Who, "invited an agent", ("agent", $"{request.Site}/{request.Agent}"));
        await context.WriteJsonAsync(new InviteView(token, time.GetUtcNow() + valid), EngineeringJson.Default.InviteView);
    }

    private AgentListView List(PageRequest page)
    {
        ApiPage<EnrolledAgent> part = page.Cut(Registry.List());
        return new AgentListView(part.Total, part.Offset, [.. part.Items.Select(ViewOf)], link.Pusher?.Fingerprint ?? "", link.IsConnected);
    }

    private AgentEntry ViewOf(EnrolledAgent agent)
    {
        AgentPresence presence = link.Pusher?.Presences.Of(agent.Agent) ?? AgentPresence.Unknown;
        DateTimeOffset lastSeen = UnixTicks.ToDateTimeOffset(agent.LastSeenTicks);
        return new AgentEntry(
            agent.Agent.Site, agent.Agent.Agent, agent.Status.ToString().ToLowerInvariant(), agent.Fingerprint,
            agent.NewKey is { } key ? EnrolledAgent.FingerprintOf(key) : null, agent.Note, agent.Version, agent.ConfigHash, agent.ClockOffsetMs,
            UnixTicks.ToDateTimeOffset(agent.FirstSeenTicks), presence.HeardAt > lastSeen ? presence.HeardAt.Value : lastSeen,
            presence.Online, presence.OnlineSince, presence.Devices, presence.Tags, link.Pusher?.Find(agent.Agent));
    }

    private static string Note(AgentDecision decision, string otherwise) => string.IsNullOrWhiteSpace(decision.Note) ? otherwise : $"{otherwise}: {decision.Note}";
}
