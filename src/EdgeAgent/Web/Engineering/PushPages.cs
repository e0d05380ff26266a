using EdgeAgent.Configuring;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Hosting;
using EdgeAgent.Store;
using EdgeAgent.Store.Agents;
using EdgeAgent.Web.Access;
using EdgeAgent.Web.Api;
using EdgeAgent.Web.Wording;

namespace EdgeAgent.Web.Engineering;

/// <summary>The configuration of an agent on another machine: fetched, compared, sent signed, and what became of it.</summary>
internal sealed class PushPages(HubRole hub, ConfigPusherLink link, AccessLog log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<AgentKey, ConfigBundle> _fetched = [];

    private ConfigPusher Pusher => link.Pusher ?? throw ApiProblem.Unavailable(new("汇聚端正在启动，或其密钥无法使用（见日志）。", "The hub is starting, or its key cannot be used; its log says why."));

    public void Map(ApiBuilder api)
    {
        EngineeringJson json = EngineeringJson.Default;
        const string path = "/api/engineering/agents/{site}/{agent}";
        const string site = "Site of the agent.", agent = "Name of the agent.", unknown = "There is no such agent, or it is not let in.";
        api.Get(path + "/config", AccessPermission.Engineer, "Asks an agent for its configuration; its passwords never leave it", FetchAsync)
            .Route("site", site).Route("agent", agent).Gives(json.ConfigView, "Text, data and tables").Fails(StatusCodes.Status404NotFound, unknown)
            .Fails(StatusCodes.Status409Conflict, "The agent refuses: it does not trust this hub's key, or takes no configurations.")
            .Fails(StatusCodes.Status504GatewayTimeout, "The agent does not answer.");
        api.Post(path + "/diff", AccessPermission.Engineer, "What a draft would change at an agent, compared with the configuration that was fetched", DiffAsync)
            .Route("site", site).Route("agent", agent).Takes(json.Draft, ConfigPages.BodyBytesMax).Gives(json.DiffView, "Changes in words and structured")
            .Gives(json.CheckView, "The draft has errors", StatusCodes.Status422UnprocessableEntity)
            .Fails(StatusCodes.Status409Conflict, "The configuration that the draft was made from was not fetched.").Quiet();
        api.Post(path + "/push", AccessPermission.Engineer, "Signs a configuration and sends it to an agent until it answers", PushAsync)
            .Route("site", site).Route("agent", agent).Takes(json.PushRequest, ConfigPages.BodyBytesMax).Gives(json.PushRecord, "It is on its way", StatusCodes.Status202Accepted)
            .Gives(json.CheckView, "The draft has errors, or loses comments and nobody said that they may go; nothing was sent", StatusCodes.Status422UnprocessableEntity)
            .Fails(StatusCodes.Status404NotFound, unknown).Fails(StatusCodes.Status409Conflict, "Another one is on its way, or the configuration was not fetched.");
        api.Get(path + "/push", AccessPermission.Engineer, "What became of the newest configuration that was sent", (context, _) =>
            Pusher.Find(AgentPages.KeyOf(context)) is { } record ? context.WriteJsonAsync(record.In(context), json.PushRecord) : context.WriteNothing())
            .Route("site", site).Route("agent", agent).Gives(json.PushRecord, "Stage, and what the agent found wrong").GivesNothing("None was sent").Quiet();
    }

    private async Task FetchAsync(HttpContext context, Caller caller)
    {
        AgentKey agent = Approved(context);
        _ = Pusher;
        RemoteConfigMessage answer = await link.AskAsync(agent, Patience, context.RequestAborted) ?? throw new ApiProblem(StatusCodes.Status504GatewayTimeout, new(
            $"{agent.Site}/{agent.Agent} 没有应答。它可能离线，或未开启远程配置：请在该网关的配置中设置 agent.remoteConfiguration，其中 hubKey 为 {Pusher.Fingerprint}。",
            $"{agent.Site}/{agent.Agent} does not answer. It may be away, or takes no configurations from afar: set agent.remoteConfiguration on that machine, with hubKey {Pusher.Fingerprint}."));
        if (answer.Outcome != RemoteConfigOutcome.Current || !RemoteConfigContent.TryUnpack(answer.Content, out ConfigBundle? masked))
        {
            string why = string.Join("; ", answer.Problems);
            throw ApiProblem.Conflict(new($"采集端拒绝提供配置：{Phrasebook.Chinese.Of(why)}", $"The agent refuses: {why}"));
        }

        lock (_gate)
        {
            _fetched[agent] = masked;
        }

        // The agent's own hash: that of the text with its passwords, which is what a push names.
        await context.WriteJsonAsync(DraftReader.View(masked, $"{agent.Site}/{agent.Agent}", null, null) with { Hash = answer.Hash }, EngineeringJson.Default.ConfigView);
    }

    private async Task DiffAsync(HttpContext context, Caller caller)
    {
        (ConfigBundle fetched, ReadDraft draft) = ReadDraft(AgentPages.KeyOf(context), await context.ReadJsonAsync(EngineeringJson.Default.Draft));
        LoadedConfig before = Loaded(fetched), after = Loaded(draft.Bundle);
        if (after.Config is null || after.Errors.Any)
        {
            await context.WriteJsonAsync(ViewOf(draft, after).In(context), EngineeringJson.Default.CheckView, StatusCodes.Status422UnprocessableEntity);
            return;
        }

        await context.WriteJsonAsync(ConfigPages.DiffOf(before.Config ?? after.Config, after.Config, draft.Lost), EngineeringJson.Default.DiffView);
    }

    private async Task PushAsync(HttpContext context, Caller caller)
    {
        AgentKey agent = Approved(context);
        PushRequest request = await context.ReadJsonAsync(EngineeringJson.Default.PushRequest);
        (_, ReadDraft draft) = ReadDraft(agent, request.Draft);
        LoadedConfig loaded = Loaded(draft.Bundle);
        if (loaded.Errors.Any || (draft.Lost.Count > 0 && !request.AcceptLostComments))
        {
            await context.WriteJsonAsync(ViewOf(draft, loaded).In(context), EngineeringJson.Default.CheckView, StatusCodes.Status422UnprocessableEntity);
            return;
        }

        if (Pusher.Find(agent) is { IsOpen: true } open)
        {
            throw ApiProblem.Conflict(new($"版本 {open.Revision} 仍在下发中，请等待其结果。", $"Revision {open.Revision} is still on its way. Wait for what becomes of it."));
        }

        PushRecord record = Pusher.Push(agent, draft.Bundle, request.Draft.Base!, caller.Who, request.Comment ?? "") ?? throw new ApiProblem(StatusCodes.Status413PayloadTooLarge, new(
            "配置压缩后仍超过 1 MB，无法通过消息下发。", "The configuration is larger than 1 MB even when packed, and cannot be sent as a message."));
        log.Note(context, caller.Who, "sent a configuration", ("agent", $"{agent.Site}/{agent.Agent}"), ("revision", $"{record.Revision}"), ("comment", record.Comment));
        await context.WriteJsonAsync(record.In(context), EngineeringJson.Default.PushRecord, StatusCodes.Status202Accepted);
    }

    /// <summary>The draft over what was fetched. Marks of passwords stay marks: only the agent can put them back.</summary>
    private (ConfigBundle Fetched, ReadDraft Draft) ReadDraft(AgentKey agent, Draft draft)
    {
        ConfigBundle? fetched;
        lock (_gate)
        {
            fetched = _fetched.GetValueOrDefault(agent);
        }

        if (fetched is null || draft.Base is not { Length: 64 })
        {
            throw ApiProblem.Conflict(new("请先读取该采集端的当前配置，再进行修改。", "Fetch the agent's configuration first, and change that one."));
        }

        return (fetched, DraftReader.Read(draft, fetched, "configuration"));
    }

    /// <remarks>As far as it can be known here: files and variables are those of the other machine, so secrets are not looked up.</remarks>
    private static LoadedConfig Loaded(ConfigBundle bundle) => ConfigLoading.ParseForeign(bundle);

    private static CheckView ViewOf(ReadDraft draft, LoadedConfig loaded) => new(
        false, [.. loaded.Errors.Select(static e => new ProblemView(e.File, e.Path, e.Line, null, null, e.Problem, e.Expected, e.TryNext))], loaded.Errors.Total, [], draft.Lost,
        draft.Shown, null);

    private AgentKey Approved(HttpContext context)
    {
        AgentKey agent = AgentPages.KeyOf(context);
        return hub.Registry?.Find(agent) is { Status: EnrolmentStatus.Approved } ? agent
            : throw ApiProblem.NotFound(new($"没有已批准的采集端 {agent.Site}/{agent.Agent}。", $"There is no approved agent {agent.Site}/{agent.Agent}."));
    }
}
