using System.CommandLine;
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
                    $"{agent.Status.ToString().ToLowerInvariant(),-9} {agent.Agent.Site}/{agent.Agent.Agent}  key {key}  last seen {UnixTicks.ToDateTimeOffset(agent.LastSeenTicks):yyyy-MM-dd HH:mm:ss}Z  {agent.Note}");
            }

            if (agents.Count == 0)
            {
                context.Out.WriteLine("No agent has shown itself yet. Is one running, and connected to the hub's broker?");
            }

            return ExitCodes.Done;
        }));
        return list;
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
