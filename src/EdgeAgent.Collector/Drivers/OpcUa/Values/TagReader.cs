using EdgeAgent.Collector.Drivers.OpcUa.Addresses;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Client;
using EdgeAgent.Protocols.OpcUa.Services.Attributes;
using EdgeAgent.Protocols.OpcUa.Subscriptions;

namespace EdgeAgent.Collector.Drivers.OpcUa.Values;


/// <summary>Reads a fixed set of tags: one reading for each, whatever happens. One read at a time.</summary>
internal sealed class TagReader(OpcUaClient client, NodeLookup lookup, OpcUaTag[] tags, TimeProvider time)
{
    private readonly NodeResolution[] _nodes = new NodeResolution[tags.Length];
    private readonly List<ReadTarget> _targets = [];
    private readonly List<int> _asked = [];
    private readonly DataValue[] _values = new DataValue[tags.Length];
    private int _session = -1;

    /// <returns>What went wrong as a whole; good when each reading speaks for itself.</returns>
    public async ValueTask<StatusCode> ReadAsync(ReadingBatch into, CancellationToken cancellation)
    {
        int session = client.SessionNumber;
        StatusCode status = session == _session ? StatusCodes.Good : await ResolveAsync(session, cancellation).ConfigureAwait(false);
        if (!status.IsBad && _targets.Count > 0)
        {
            status = await client.ReadAsync(_targets, _values.AsMemory(0, _targets.Count), TimestampsToReturn.Both, 0, cancellation).ConfigureAwait(false);
        }
        long now = UnixTicks.Now(time);
        if (status.IsBad)
        {
            foreach (OpcUaTag tag in tags)
            {
                into.Add(Reading.Failed(tag.Id, new Quality(status.Value), now));
            }
            return status;
        }
        for (int i = 0; i < tags.Length; i++)
        {
            if (_nodes[i].Status.IsBad)
            {
                into.Add(Reading.Failed(tags[i].Id, new Quality(_nodes[i].Status.Value), now));
            }
        }
        for (int i = 0; i < _asked.Count; i++)
        {
            // A polled value was so when it was asked for, however old the change that made it so.
            ref readonly DataValue value = ref _values[i];
            ValueConversion.Add(into, tags[_asked[i]], value with { SourceTimestamp = default, ServerTimestamp = default }, now);
        }
        return StatusCodes.Good;
    }

    private async ValueTask<StatusCode> ResolveAsync(int session, CancellationToken cancellation)
    {
        StatusCode status = await lookup.ResolveAsync(tags, _nodes, cancellation).ConfigureAwait(false);
        if (status.IsBad)
        {
            return status;
        }
        _targets.Clear();
        _asked.Clear();
        for (int i = 0; i < tags.Length; i++)
        {
            if (!_nodes[i].Status.IsBad)
            {
                _targets.Add(new ReadTarget(_nodes[i].NodeId, ReadTarget.ValueAttribute, tags[i].Address.IndexRange));
                _asked.Add(i);
            }
        }
        _session = session;
        return StatusCodes.Good;
    }
}
