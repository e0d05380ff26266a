namespace EdgeAgent.Protocols.Mqtt.Broker;

/// <summary>All subscriptions by the levels of their filters. Guarded by the broker's gate.</summary>
internal sealed class SubscriptionTree
{
    private readonly Node _root = new();

    /// <summary>Changes with each change of the tree, so that remembered routes can be told to be old.</summary>
    public int Version { get; private set; }

    public int Count { get; private set; }

    public void Add(BrokerSubscription subscription)
    {
        string filter = subscription.Wanted.Filter;
        bool shared = MqttTopic.TrySplitShare(filter, out string name, out string inner);
        Node node = _root;
        foreach (Range level in (shared ? inner : filter).AsSpan().Split('/'))
        {
            string key = (shared ? inner : filter)[level];
            node = node.Children.TryGetValue(key, out Node? child) ? child : node.Children[key] = new Node();
        }
        if (shared)
        {
            ShareGroup? group = node.Groups.Find(g => g.Name == name);
            if (group == null)
            {
                node.Groups.Add(group = new ShareGroup(name, inner));
            }
            group.Add(subscription);
        }
        else
        {
            node.Subscriptions.Add(subscription);
        }
        Version++;
        Count++;
    }

    public void Remove(BrokerSubscription subscription)
    {
        string filter = MqttTopic.TrySplitShare(subscription.Wanted.Filter, out _, out string inner) ? inner : subscription.Wanted.Filter;
        Remove(_root, filter.Split('/'), 0, subscription);
        Version++;
        Count--;
    }

    /// <summary>Everything that matches the topic name.</summary>
    public Route Match(string topic)
    {
        var route = new Route(Version);
        Match(_root, topic.Split('/'), 0, route, isSystem: topic.StartsWith('$'));
        return route;
    }

    private static void Match(Node node, string[] levels, int depth, Route route, bool isSystem)
    {
        bool wildcards = depth > 0 || !isSystem;
        if (wildcards && node.Children.TryGetValue("#", out Node? rest))
        {
            route.Add(rest.Subscriptions, rest.Groups);
        }
        if (depth == levels.Length)
        {
            route.Add(node.Subscriptions, node.Groups);
            return;
        }
        if (wildcards && node.Children.TryGetValue("+", out Node? any))
        {
            Match(any, levels, depth + 1, route, isSystem);
        }
        if (node.Children.TryGetValue(levels[depth], out Node? exact) && levels[depth] is not ("+" or "#"))
        {
            Match(exact, levels, depth + 1, route, isSystem);
        }
    }

    /// <summary>True when the node has become empty and its parent may forget it.</summary>
    private static bool Remove(Node node, string[] levels, int depth, BrokerSubscription subscription)
    {
        if (depth < levels.Length)
        {
            if (node.Children.TryGetValue(levels[depth], out Node? child) && Remove(child, levels, depth + 1, subscription))
            {
                node.Children.Remove(levels[depth]);
            }
        }
        else if (subscription.Group is { } group)
        {
            group.Remove(subscription);
            node.Groups.RemoveAll(static g => g.IsEmpty);
        }
        else
        {
            node.Subscriptions.Remove(subscription);
        }
        return node.Children.Count == 0 && node.Subscriptions.Count == 0 && node.Groups.Count == 0;
    }

    private sealed class Node
    {
        public Dictionary<string, Node> Children { get; } = new(StringComparer.Ordinal);
        public List<BrokerSubscription> Subscriptions { get; } = [];
        public List<ShareGroup> Groups { get; } = [];
    }
}
