namespace EdgeAgent.Protocols.Mqtt.Broker;

/// <summary>The topics that one client may publish to and subscribe to, as filters. What no filter covers is refused.</summary>
public sealed class MqttTopicRules(IReadOnlyList<string> publish, IReadOnlyList<string> subscribe)
{
    public static MqttTopicRules Everything { get; } = new(["#", "$SYS/#"], ["#", "$SYS/#"]);

    public static MqttTopicRules Nothing { get; } = new([], []);

    /// <summary>Fills in %u (user) and %c (client id); a value that contains '/', '+' or '#' fits no rule that uses it.</summary>
    public static MqttTopicRules For(IReadOnlyList<string> publish, IReadOnlyList<string> subscribe, string user, string clientId) =>
        new(Fill(publish, user, clientId), Fill(subscribe, user, clientId));

    public bool MayPublish(string topic)
    {
        foreach (string filter in publish)
        {
            if (MqttTopic.Matches(filter, topic))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>True when everything that the filter can match is allowed; for $share the inner filter counts.</summary>
    public bool MaySubscribe(string filter)
    {
        string inner = MqttTopic.TrySplitShare(filter, out _, out string plain) ? plain : filter;
        foreach (string allowed in subscribe)
        {
            if (Covers(allowed, inner))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Whether every name that <paramref name="inner"/> matches is matched by <paramref name="outer"/> too.</summary>
    internal static bool Covers(ReadOnlySpan<char> outer, ReadOnlySpan<char> inner)
    {
        // Wildcards at the first level do not reach names that begin with '$'.
        if (inner.StartsWith("$") && (outer.StartsWith("+") || outer.StartsWith("#")))
        {
            return false;
        }
        while (true)
        {
            int outerEnd = outer.IndexOf('/');
            int innerEnd = inner.IndexOf('/');
            ReadOnlySpan<char> outerLevel = outerEnd < 0 ? outer : outer[..outerEnd];
            ReadOnlySpan<char> innerLevel = innerEnd < 0 ? inner : inner[..innerEnd];
            if (outerLevel is "#")
            {
                return true;
            }
            if (innerLevel is "#" || outerLevel is not "+" && !outerLevel.SequenceEqual(innerLevel))
            {
                return false;
            }
            if (outerEnd < 0 || innerEnd < 0)
            {
                return outerEnd < 0 ? innerEnd < 0 : outer[(outerEnd + 1)..] is "#";
            }
            outer = outer[(outerEnd + 1)..];
            inner = inner[(innerEnd + 1)..];
        }
    }

    private static List<string> Fill(IReadOnlyList<string> filters, string user, string clientId)
    {
        var filled = new List<string>(filters.Count);
        foreach (string filter in filters)
        {
            bool usable = (!filter.Contains("%u") || IsLevel(user)) && (!filter.Contains("%c") || IsLevel(clientId));
            if (usable)
            {
                filled.Add(filter.Replace("%u", user, StringComparison.Ordinal).Replace("%c", clientId, StringComparison.Ordinal));
            }
        }
        return filled;
    }

    private static bool IsLevel(string value) => value.Length > 0 && value.AsSpan().IndexOfAny('/', '+', '#') < 0;
}
