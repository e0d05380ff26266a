using System.CommandLine;
using System.Globalization;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;
using EdgeAgent.Store.Agents;

namespace EdgeAgent.Commands;

/// <summary><c>edgeagent agents</c>: which agents the hub lets in. Works beside the running hub.</summary>
internal static class AgentsCommand
{
    public static Command Create(CommandContext context)
    {
        Command command = new("agents", "See and decide which agents a hub takes batches from; the running hub heeds it at once.");
        command.Add(List(context));
        command.Add(Invite(context));
        command.Add(Approve(context));
        command.Add(Revoke(context));
        return command;
    }

    private static Command List(CommandContext context)
    {
        Option<string> config = ConfigOption();
        Command list = new("list", "Every agent that ever showed itself, with the fingerprint of its key.") { config };
        list.SetAction(parsed => WithRegistry(context, parsed.GetRequiredValue(config), (_, registry) =>
        {
            IReadOnlyList<EnrolledAgent> agents = registry.List();
            foreach (EnrolledAgent agent in agents)
            {
                string key = agent.NewKey is { } shown ? $"{agent.Fingerprint} (shows another key now: {EnrolledAgent.FingerprintOf(shown)})" : agent.Fingerprint;
                context.Out.WriteLine(
                    $"{agent.Status.ToString().ToLowerInvariant(),-9} {agent.Agent.Site}/{agent.Agent.Agent}  key {key}  last seen {UnixTicks.ToDateTimeOffset(agent.LastSeenTicks):yyyy-MM-dd HH:mm:ss}Z  {agent.Note}{FactsOf(agent)}");
            }

            if (agents.Count == 0)
            {
                context.Out.WriteLine("No agent has shown itself yet. Is one running, and connected to the hub's broker?");
            }

            return ExitCodes.Done;
        }));
        return list;
    }

    /// <summary>Empty for an agent that said nothing of itself.</summary>
    private static string FactsOf(EnrolledAgent agent) =>
        (agent.Version.Length == 0 ? "" : $"  version {agent.Version}")
        + (agent.ConfigHash.Length == 0 ? "" : $"  configuration {agent.ConfigHash[..Math.Min(12, agent.ConfigHash.Length)]}")
        + (agent.ClockOffsetMs is { } offset ? string.Create(CultureInfo.InvariantCulture, $"  clock {offset:+#,0;-#,0;0} ms") : "");

    private static Command Invite(CommandContext context)
    {
        Option<string> config = ConfigOption();
        Argument<string> agent = AgentArgument();
        Option<string> valid = new("--valid") { Description = "How long the token lets it in: 7d, 12h or 30m.", DefaultValueFactory = _ => "7d" };
        Command invite = new("invite", "Make a token that lets this agent in once, without approval; it is shown once. The agent's publisher gets it as enrolmentToken.") { agent, valid, config };
        invite.SetAction(parsed => WithRegistry(context, parsed.GetRequiredValue(config), (site, registry) =>
        {
            AgentKey key = KeyOf(parsed.GetRequiredValue(agent), site);
            TimeSpan length = ParseLength(parsed.GetValue(valid)!);
            if (registry.Invite(key, length) is not { } token)
            {
                context.Error.WriteLine($"{key.Site}/{key.Agent} was revoked; `edgeagent agents approve` lets it in again.");
                return ExitCodes.Failed;
            }

            context.Out.WriteLine(token);
            context.Error.WriteLine($"For {key.Site}/{key.Agent}, once, until {context.Time.GetUtcNow() + length:yyyy-MM-dd HH:mm}Z. It is not shown again; an earlier open invitation of this agent no longer counts.");
            return ExitCodes.Done;
        }));
        return invite;
    }

    private static TimeSpan ParseLength(string text)
    {
        int unitMinutes = text.Length < 2 ? 0 : text[^1] switch { 'd' => 1440, 'h' => 60, 'm' => 1, _ => 0 };
        return unitMinutes > 0 && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            && (long)count * unitMinutes is > 0 and <= 366 * 1440
            ? TimeSpan.FromMinutes((long)count * unitMinutes)
            : throw CommandFailure.BadUsage($"--valid '{text}' is not a length; expected for instance 7d, 12h or 30m, at most 366d.");
    }

    private static Command Approve(CommandContext context)
    {
        Option<string> config = ConfigOption();
        Argument<string> agent = AgentArgument();
        Option<string?> fingerprint = new("--fingerprint") { Description = "Only if its key has this fingerprint, as the agent's log prints it." };
        Command approve = new("approve", "Take batches from this agent from now on, with the key that it showed last.") { agent, fingerprint, config };
        approve.SetAction(parsed => WithRegistry(context, parsed.GetRequiredValue(config), (site, registry) =>
        {
            AgentKey key = KeyOf(parsed.GetRequiredValue(agent), site);
            return Decided(context, key, "approved", registry.Approve(key, parsed.GetValue(fingerprint)), registry);
        }));
        return approve;
    }

    private static Command Revoke(CommandContext context)
    {
        Option<string> config = ConfigOption();
        Argument<string> agent = AgentArgument();
        Command revoke = new("revoke", "Refuse this agent from now on; what it delivered stays.") { agent, config };
        revoke.SetAction(parsed => WithRegistry(context, parsed.GetRequiredValue(config), (site, registry) =>
        {
            AgentKey key = KeyOf(parsed.GetRequiredValue(agent), site);
            return Decided(context, key, "revoked", registry.Revoke(key), registry);
        }));
        return revoke;
    }

    private static Option<string> ConfigOption() => new("--config", "-c") { Description = "The hub's configuration file.", Required = true };

    private static Argument<string> AgentArgument() => new("agent") { Description = "Its id, or site/id when it is of another site than the hub's." };

    private static int Decided(CommandContext context, AgentKey agent, string done, bool succeeded, AgentRegistry registry)
    {
        if (succeeded)
        {
            context.Out.WriteLine($"{agent.Site}/{agent.Agent} is {done}.");
            return ExitCodes.Done;
        }

        context.Error.WriteLine(registry.Find(agent) is null
            ? $"{agent.Site}/{agent.Agent} never showed itself; `edgeagent agents list` names those that did."
            : $"{agent.Site}/{agent.Agent} shows another key than that; `edgeagent agents list` prints it.");
        return ExitCodes.Failed;
    }

    private static AgentKey KeyOf(string agent, string site) =>
        agent.Split('/', 2) is [var otherSite, var id] ? new AgentKey(otherSite, id) : new AgentKey(site, agent);

    private static int WithRegistry(CommandContext context, string file, Func<string, AgentRegistry, int> use)
    {
        AppConfig config = ConfigReport.LoadOrFail(file, "$.site", "$.hub.dataDirectory").Config!;
        HubConfig hub = config.Hub ?? throw CommandFailure.BadUsage($"{file} has no hub section; agents are approved where the hub runs.");
        try
        {
            using AgentRegistry registry = AgentRegistry.Open(hub.DataDirectory, context.Time);
            return use(config.Site, registry);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or StoreDamagedException)
        {
            throw CommandFailure.Failed($"Cannot open the list of agents in {hub.DataDirectory}: {problem.Message}", problem);
        }
    }
}
