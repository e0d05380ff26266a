using System.Text;
using EdgeAgent.Collector.LastFrames;
using EdgeAgent.Collector.Receiving;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Sparkplug;

namespace EdgeAgent.Collector.Drivers.MqttIn.Sparkplug;

/// <summary>Sparkplug B nodes and devices: births give names and types, data may come by alias, deaths make every tag bad.</summary>
/// <remarks>A node reports by exception, so while it lives and no message was lost its silence vouches for its values.</remarks>
internal sealed class SparkplugSource : MessageSource
{
    private const string Lost = "messages of the node were lost on the way; it was asked for its birth certificates";
    private const string Unborn = "data came before a birth certificate; the node was asked for it";

    /// <summary>A node that is asked more often only has more to send.</summary>
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(10);

    private readonly MqttInSource _source;
    private readonly ReadingInbox _inbox;
    private readonly SeenList _seen;
    private readonly DeviceProblems _problems;
    private readonly TimeProvider _time;
    private readonly SparkplugPayload _payload = new();
    private readonly Dictionary<string, SparkplugNode> _nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<int, SparkplugEntity> _entities = [];
    private readonly Queue<SparkplugNode> _toAsk = new();
    private readonly char[] _space = new char[ushort.MaxValue];

    public SparkplugSource(
        MqttInSource source, MqttInDevice[] devices, ReadingInbox inbox, SeenList seen, DeviceProblems problems, TimeProvider time)
    {
        (_source, _inbox, _seen, _problems, _time) = (source, inbox, seen, problems, time);
        foreach (MqttInDevice device in devices)
        {
            string[] levels = device.Id.Split('/');
            string key = levels[0] + "/" + levels[1];
            if (!_nodes.TryGetValue(key, out SparkplugNode? node))
            {
                node = new SparkplugNode(levels[0], levels[1]);
                _nodes.Add(key, node);
            }

            var entity = new SparkplugEntity(device, levels.Length > 2 ? levels[2] : "");
            node.Entities.Add(entity);
            _entities.Add(device.Index, entity);
        }
    }

    /// <summary>Births are not retained, so each node is asked for its own.</summary>
    public override void Begin()
    {
        foreach (SparkplugNode node in _nodes.Values)
        {
            node.Forget();
            node.AskedStamp = null;
            Ask(node);
        }
    }

    public override bool Vouches(int device) => _entities[device].IsAlive;

    public override bool TryNextCommand(out string topic, out byte[] payload)
    {
        lock (_inbox.Gate)
        {
            if (!_toAsk.TryDequeue(out SparkplugNode? node))
            {
                return base.TryNextCommand(out topic, out payload);
            }

            topic = SparkplugTopic.CommandTo(node.Group, node.Name);
            payload = RebirthCommand.Encode((ulong)_time.GetUtcNow().ToUnixTimeMilliseconds());
            return true;
        }
    }

    public override bool TryTake(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, bool retained, long nowTicks)
    {
        Sender = null;
        if (!SparkplugTopic.TryParse(topic, out SparkplugTopic parsed))
        {
            return topic.StartsWith("spBv1.0/"u8);
        }

        ReadOnlySpan<char> id = IdOf(parsed, out int nodeLength);
        if (!_nodes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(id[..nodeLength], out SparkplugNode? node))
        {
            _seen.Note(id, payload);
            return true;
        }

        SparkplugEntity? entity = node.EntityOf(parsed.Device.IsEmpty ? default : id[(nodeLength + 1)..]);
        Sender = entity?.Device.Index ?? (parsed.Device.IsEmpty ? FrameMemory.Connection : null);
        if (!_payload.TryRead(payload))
        {
            ReportBroken(entity);
            return true;
        }

        switch (parsed.Type)
        {
            case SparkplugMessageType.NodeBirth:
                TakeNodeBirth(node, entity, payload, nowTicks);
                break;
            case SparkplugMessageType.DeviceBirth:
                CheckSequence(node, entity);
                TakeBirth(node, entity, payload, nowTicks);
                break;
            case SparkplugMessageType.NodeData or SparkplugMessageType.DeviceData:
                CheckSequence(node, entity);
                TakeData(node, entity, payload, nowTicks);
                break;
            case SparkplugMessageType.NodeDeath:
                TakeNodeDeath(node, payload, nowTicks);
                break;
            default:
                CheckSequence(node, entity);
                Die(entity, nowTicks);
                break;
        }

        if (entity is null && parsed.Type is SparkplugMessageType.DeviceBirth or SparkplugMessageType.DeviceData)
        {
            _seen.Note(id, payload);
        }

        return true;
    }

    private ReadOnlySpan<char> IdOf(in SparkplugTopic topic, out int nodeLength)
    {
        int length = Encoding.UTF8.GetChars(topic.Group, _space);
        _space[length++] = '/';
        length += Encoding.UTF8.GetChars(topic.Node, _space.AsSpan(length));
        nodeLength = length;
        if (!topic.Device.IsEmpty)
        {
            _space[length++] = '/';
            length += Encoding.UTF8.GetChars(topic.Device, _space.AsSpan(length));
        }

        return _space.AsSpan(0, length);
    }

    private void TakeNodeBirth(SparkplugNode node, SparkplugEntity? entity, ReadOnlySpan<byte> payload, long nowTicks)
    {
        node.Forget();
        node.Sequence = _payload.Sequence;
        node.BirthNumber = BirthNumberOf(payload);
        node.IsWhole = true;
        TakeBirth(node, entity, payload, nowTicks);
    }

    private void TakeBirth(SparkplugNode node, SparkplugEntity? entity, ReadOnlySpan<byte> payload, long nowTicks)
    {
        foreach (SparkplugMetric metric in _payload.Metrics)
        {
            MqttInTag? tag = entity?.TagOf(metric.Name(payload));
            if (metric.HasAlias)
            {
                node.Aliases[metric.Alias] = (tag, metric.DataType);
            }

            if (tag is not null)
            {
                node.Types[tag.Id] = metric.DataType;
                Add(tag, metric, metric.DataType, payload, nowTicks);
            }
        }

        if (entity is not null)
        {
            entity.IsAlive = node.IsWhole;
            _problems.Set(entity.Device.Index, node.IsWhole ? null : Lost);
        }
    }

    private void TakeData(SparkplugNode node, SparkplugEntity? entity, ReadOnlySpan<byte> payload, long nowTicks)
    {
        foreach (SparkplugMetric metric in _payload.Metrics)
        {
            MqttInTag? tag;
            SparkplugDataType type = metric.DataType;
            if (metric.HasName || !metric.HasAlias)
            {
                tag = entity?.TagOf(metric.Name(payload));
                type = type == SparkplugDataType.Unknown && tag is not null ? node.Types.GetValueOrDefault(tag.Id) : type;
            }
            else if (node.Aliases.TryGetValue(metric.Alias, out (MqttInTag? Tag, SparkplugDataType Type) known))
            {
                tag = known.Tag;
                type = known.Type;
            }
            else
            {
                Ask(node);
                if (entity is not null)
                {
                    _problems.Set(entity.Device.Index, Unborn);
                }

                continue;
            }

            if (tag is not null)
            {
                Add(tag, metric, type, payload, nowTicks);
            }
        }
    }

    private void Add(MqttInTag tag, in SparkplugMetric metric, SparkplugDataType type, ReadOnlySpan<byte> payload, long nowTicks)
    {
        ulong ms = metric.TimestampMs != 0 ? metric.TimestampMs : _payload.TimestampMs;
        long ticks = ms is > 0 and < long.MaxValue / UnixTicks.PerMillisecond ? (long)ms * UnixTicks.PerMillisecond : nowTicks;
        ticks = TimeText.IsPlausible(ticks, nowTicks) ? ticks : nowTicks;
        SparkplugValues.Add(metric.IsHistorical ? _inbox.BackFilled : _inbox.Live, tag, metric, type, payload, ticks);
    }

    private void TakeNodeDeath(SparkplugNode node, ReadOnlySpan<byte> payload, long nowTicks)
    {
        // The death of a session before the present one, which a broker may tell late.
        if (BirthNumberOf(payload) is { } number && node.BirthNumber is { } birth && number != birth)
        {
            return;
        }

        node.Forget();
        foreach (SparkplugEntity entity in node.Entities)
        {
            Die(entity, nowTicks);
        }
    }

    private void Die(SparkplugEntity? entity, long nowTicks)
    {
        if (entity is null)
        {
            return;
        }

        entity.IsAlive = false;
        foreach (MqttInTag tag in entity.Device.Tags)
        {
            _inbox.Live.Add(Reading.Failed(tag.Id, Quality.BadNoCommunication, nowTicks));
        }

        _problems.Set(entity.Device.Index, "its node said that it is dead");
    }

    /// <summary>Counts 0 to 255 and around (§6.4.1); a gap is a loss, and the values are in doubt until the next births.</summary>
    private void CheckSequence(SparkplugNode node, SparkplugEntity? entity)
    {
        if (node.Sequence < 0)
        {
            Ask(node);
            return;
        }

        int gap = _payload.Sequence < 0 ? 0 : (_payload.Sequence - node.Sequence - 1) & 255;
        node.Sequence = _payload.Sequence < 0 ? node.Sequence : _payload.Sequence;
        if (gap == 0)
        {
            return;
        }

        node.IsWhole = false;
        node.Entities.ForEach(doubted => doubted.IsAlive = false);
        if (entity is not null)
        {
            _problems.Set(entity.Device.Index, Lost, gap);
        }

        Ask(node);
    }

    private void Ask(SparkplugNode node)
    {
        if (_source.Settings.Rebirth && (node.AskedStamp is not { } asked || _time.GetElapsedTime(asked) >= AskAgainAfter))
        {
            node.AskedStamp = _time.GetTimestamp();
            _toAsk.Enqueue(node);
        }
    }

    private void ReportBroken(SparkplugEntity? entity)
    {
        if (entity is not null)
        {
            _problems.Set(entity.Device.Index, "a message is no Sparkplug B payload");
        }
    }

    private ulong? BirthNumberOf(ReadOnlySpan<byte> payload)
    {
        foreach (SparkplugMetric metric in _payload.Metrics)
        {
            if (metric.Name(payload).SequenceEqual("bdSeq"u8))
            {
                return metric.Bits;
            }
        }

        return null;
    }
}
