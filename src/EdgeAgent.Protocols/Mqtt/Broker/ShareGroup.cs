namespace EdgeAgent.Protocols.Mqtt.Broker;

/// <summary>The members of one shared subscription; each message goes to one of them.</summary>
internal sealed class ShareGroup(string name, string filter)
{
    private readonly List<BrokerSubscription> _members = [];
    private int _next;

    public string Name => name;

    public string Filter => filter;

    public bool IsEmpty => _members.Count == 0;

    public IReadOnlyList<BrokerSubscription> Members => _members;

    public void Add(BrokerSubscription member)
    {
        _members.RemoveAll(m => m.Session == member.Session);
        _members.Add(member);
        member.Group = this;
    }

    public void Remove(BrokerSubscription member) => _members.Remove(member);

    public bool HasLiveMember => _members.Exists(static m => m.Session.IsLive);

    /// <summary>
    /// The member whose turn it is: connected ones that are not behind first, then connected ones, then those whose
    /// sessions wait for them. Null when there is nobody.
    /// </summary>
    public BrokerSubscription? Choose()
    {
        BrokerSubscription? slow = null;
        BrokerSubscription? absent = null;
        for (int i = 0; i < _members.Count; i++)
        {
            BrokerSubscription member = _members[(_next + i) % _members.Count];
            if (member.Session.IsLive && !member.Session.IsBehind)
            {
                _next = (_next + i + 1) % _members.Count;
                return member;
            }
            if (member.Session.IsLive)
            {
                slow ??= member;
            }
            else
            {
                absent ??= member;
            }
        }
        BrokerSubscription? chosen = slow ?? absent;
        if (chosen != null)
        {
            _next = (_members.IndexOf(chosen) + 1) % _members.Count;
        }
        return chosen;
    }
}
