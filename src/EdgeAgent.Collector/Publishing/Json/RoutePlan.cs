using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Publishing.Json;

/// <summary>A route applied to one definition: which tags it wants, and the topics, made once; and the messages of one batch.</summary>
internal sealed class RoutePlan
{
    private readonly JsonNames _names;
    private readonly bool[] _wanted;
    private readonly byte[][] _topics;
    private readonly int[] _seen;
    private int[] _order = [];
    private int[] _next = [];
    private int _count;
    private int _message;

    public RoutePlan(JsonRoute route, PlantDefinition definition, JsonNames names, PublisherIdentity identity)
    {
        (Route, _names) = (route, names);
        string group = route.Config.Group;
        _wanted = [.. definition.Tags.Select(tag => route.Wants(definition.Devices[tag.DeviceId], tag))];
        _seen = new int[definition.Tags.Count];
        _topics = route.Config.Per switch
        {
            JsonMessagePer.Tag => [.. definition.Tags.Select((tag, i) => _wanted[i] ? route.Topic.Of(identity, group, definition.Devices[tag.DeviceId], tag) : [])],
            JsonMessagePer.Device => [.. definition.Devices.Select(device => route.Topic.Of(identity, group, device, null))],
            _ => [route.Topic.Of(identity, group, null, null)],
        };
        _next = new int[definition.Devices.Count + 1];
    }

    public JsonRoute Route { get; }

    public JsonNames Names => _names;

    /// <summary>Puts the batch's readings that the route wants in the order of its messages.</summary>
    public void Take(ReadingBatch batch)
    {
        ReadOnlySpan<Reading> readings = batch.Readings;
        if (_order.Length < readings.Length)
        {
            _order = new int[Math.Max(readings.Length, _order.Length * 2)];
        }

        bool byDevice = Route.Config.Per == JsonMessagePer.Device;
        _count = 0;
        if (byDevice)
        {
            Array.Clear(_next);
            for (int i = 0; i < readings.Length; i++)
            {
                if (Wants(readings[i]))
                {
                    _next[_names.DeviceOf[readings[i].TagId] + 1]++;
                    _count++;
                }
            }

            for (int device = 1; device < _next.Length; device++)
            {
                _next[device] += _next[device - 1];
            }
        }

        for (int i = 0; i < readings.Length; i++)
        {
            if (Wants(readings[i]))
            {
                _order[byDevice ? _next[_names.DeviceOf[readings[i].TagId]]++ : _count++] = i;
            }
        }
    }

    /// <summary>The readings of the message that begins at a place, which moves on behind them.</summary>
    public bool TryNext(ReadingBatch batch, ref int at, out ReadOnlySpan<int> message)
    {
        message = default;
        if (at >= _count)
        {
            return false;
        }

        ReadOnlySpan<Reading> readings = batch.Readings;
        int from = at++;
        if (Route.Config.Per != JsonMessagePer.Tag)
        {
            ref readonly Reading first = ref readings[_order[from]];
            _seen[first.TagId] = ++_message;
            while (at < _count && at - from < Route.Config.ReadingsPerMessageMax && Joins(first, readings[_order[at]]))
            {
                _seen[readings[_order[at]].TagId] = _message;
                at++;
            }
        }

        message = _order.AsSpan(from, at - from);
        return true;
    }

    /// <summary>The topic of a message.</summary>
    /// <param name="first">Its first reading.</param>
    public byte[] TopicOf(in Reading first) => Route.Config.Per switch
    {
        JsonMessagePer.Tag => _topics[first.TagId],
        JsonMessagePer.Device => _topics[_names.DeviceOf[first.TagId]],
        _ => _topics[0],
    };

    private bool Joins(in Reading first, in Reading next) =>
        (Route.Config.Per == JsonMessagePer.Group || _names.DeviceOf[first.TagId] == _names.DeviceOf[next.TagId])
        && (!Route.Template.TimestampOutside || first.SourceTicks == next.SourceTicks)
        && (!Route.Template.TagsAreKeys || _seen[next.TagId] != _message);

    private bool Wants(in Reading reading) => _wanted[reading.TagId] && (reading.Kind != ValueKind.None || !Route.Config.GoodOnly);
}
