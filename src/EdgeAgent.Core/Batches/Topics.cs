using System.Text;

namespace EdgeAgent.Core.Batches;

/// <summary>The MQTT topics between agents and hubs: <c>edgeagent/v1/{site}/{agent}/…</c>.</summary>
public static class Topics
{
    public const string Root = "edgeagent/v1/";

    /// <summary>Longest site or agent name in UTF-8 bytes; keeps every topic well below MQTT's 65,535.</summary>
    public const int NameBytesMax = 64;

    /// <summary>Agent to hub: signed batches, QoS 1.</summary>
    public static string Batch(string site, string agent) => Of(site, agent, TopicKind.Batch);

    /// <summary>Agent to hub, retained: who the agent is and what it collects.</summary>
    public static string Birth(string site, string agent) => Of(site, agent, TopicKind.Birth);

    /// <summary>Agent to hub, retained, and the agent's will: online or offline.</summary>
    public static string Status(string site, string agent) => Of(site, agent, TopicKind.Status);

    /// <summary>Hub to agent: what is committed.</summary>
    public static string Ack(string site, string agent) => Of(site, agent, TopicKind.Ack);

    /// <summary>Hub to agent: a configuration to take, or a question about the present one.</summary>
    public static string Config(string site, string agent) => Of(site, agent, TopicKind.Config);

    /// <summary>Agent to hub: what became of it.</summary>
    public static string ConfigAnswer(string site, string agent) => Of(site, agent, TopicKind.ConfigAnswer);

    /// <summary>A filter over every site and agent.</summary>
    public static string Filter(TopicKind kind) => $"{Root}+/+/{Leaf(kind)}";

    /// <summary>A filter over every agent of one site.</summary>
    public static string Filter(string site, TopicKind kind) => $"{Root}{Checked(site, nameof(site))}/+/{Leaf(kind)}";

    /// <summary>The filter as a member of a group of hubs that share the work.</summary>
    public static string Shared(string group, string filter) => $"$share/{Checked(group, nameof(group))}/{filter}";

    public static string Of(string site, string agent, TopicKind kind) =>
        $"{Root}{Checked(site, nameof(site))}/{Checked(agent, nameof(agent))}/{Leaf(kind)}";

    /// <summary>Whether a text can be a site or agent name: 1 to 64 bytes of UTF-8, no <c>+ # / $</c>, no control characters,
    /// no space at either end, well-formed.</summary>
    public static bool IsValidName(string name)
    {
        if (name.Length is 0 or > NameBytesMax || name[0] == ' ' || name[^1] == ' ')
        {
            return false;
        }

        int bytes = 0;
        foreach (Rune rune in name.EnumerateRunes())
        {
            // A lone surrogate comes out as U+FFFD, which no one needs in a name.
            if (rune.Value is '+' or '#' or '/' or '$' or 0xFFFD || Rune.IsControl(rune))
            {
                return false;
            }

            bytes += rune.Utf8SequenceLength;
        }

        return bytes <= NameBytesMax;
    }

    /// <summary>Takes a topic apart; false when it is none of ours.</summary>
    public static bool TryParse(string topic, out string site, out string agent, out TopicKind kind)
    {
        site = agent = "";
        kind = default;
        if (!topic.StartsWith(Root, StringComparison.Ordinal))
        {
            return false;
        }

        int siteEnd = topic.IndexOf('/', Root.Length);
        int agentEnd = siteEnd < 0 ? -1 : topic.IndexOf('/', siteEnd + 1);
        if (agentEnd < 0 || !TryLeaf(topic.AsSpan(agentEnd + 1), out kind))
        {
            return false;
        }

        site = topic[Root.Length..siteEnd];
        agent = topic[(siteEnd + 1)..agentEnd];
        return IsValidName(site) && IsValidName(agent);
    }

    private static string Leaf(TopicKind kind) => kind switch
    {
        TopicKind.Batch => "batch",
        TopicKind.Birth => "birth",
        TopicKind.Status => "status",
        TopicKind.Ack => "ack",
        TopicKind.Config => "config",
        TopicKind.ConfigAnswer => "config/answer",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static bool TryLeaf(ReadOnlySpan<char> leaf, out TopicKind kind)
    {
        for (kind = TopicKind.Batch; kind <= TopicKind.ConfigAnswer; kind++)
        {
            if (leaf.SequenceEqual(Leaf(kind)))
            {
                return true;
            }
        }

        kind = default;
        return false;
    }

    private static string Checked(string name, string parameter) => IsValidName(name)
        ? name
        : throw new ArgumentException($"'{name}' cannot be part of a topic: 1 to {NameBytesMax} bytes, no + # / $ and no control characters.", parameter);
}
