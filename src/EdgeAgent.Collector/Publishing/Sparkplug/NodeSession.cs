using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Mqtt.Client;
using EdgeAgent.Protocols.Sparkplug;

namespace EdgeAgent.Collector.Publishing.Sparkplug;

/// <summary>One session of the edge node: from its birth to its death, what is sent in which order and with which number.</summary>
/// <remarks>Called by one loop. Every method returns false when the connection was lost, after which the session is over.</remarks>
internal sealed class NodeSession(
    MqttClient client, SparkplugNodeTopics topics, NodeModel model, NodeEncoder encoder, NodeFigures figures, BirthDeathSequence bdSeq,
    SparkplugConfig config)
{
    private readonly DeviceGroups _groups = new();
    private int _sequence;
    private int _bornRevision = -1;

    /// <summary>The node's birth is out, and nothing ended the session since.</summary>
    public bool IsBorn { get; private set; }

    /// <summary>Metrics were added that the last birth does not know.</summary>
    public bool NeedsBirth => IsBorn && _bornRevision != model.Revision;

    /// <summary>What went wrong with a message that the broker cannot take; null when nothing did.</summary>
    public string? Problem { get; private set; }

    /// <summary>Publishes the births of the node and of every device that lives; also a rebirth, which keeps the bdSeq of the CONNECT.</summary>
    public async ValueTask<bool> BirthAsync()
    {
        IsBorn = false;
        model.ForgetBirths();
        _sequence = 0;
        int revision = model.Revision;
        encoder.NodeBirth(bdSeq.Current, figures);
        if (!await SendAsync(topics.Birth).ConfigureAwait(false))
        {
            return false;
        }

        for (int i = 0; i < model.Devices.Count; i++)
        {
            if (model.Devices[i].IsAlive && !await BirthAsync(model.Devices[i]).ConfigureAwait(false))
            {
                return false;
            }
        }

        _bornRevision = revision;
        IsBorn = true;
        return true;
    }

    /// <summary>The session ended with its connection.</summary>
    public void End()
    {
        IsBorn = false;
        model.ForgetBirths();
    }

    /// <summary>Publishes what a new batch brings, births of devices that came to life first.</summary>
    public async ValueTask<bool> PublishAsync(DecodedBatch batch, int[] map)
    {
        _groups.Sort(batch.Readings, map, model);
        for (int i = 0; i < _groups.Devices.Count; i++)
        {
            NodeDevice device = model.Devices[_groups.Devices[i]];
            bool wasBorn = device.IsBorn;
            Keep(batch.Readings, _groups.Devices[i]);
            if (!wasBorn && (!device.IsAlive || !await BirthAsync(device).ConfigureAwait(false)))
            {
                // A device that is silent has been told dead; its failed readings say no more than that.
                if (IsBorn)
                {
                    continue;
                }

                return false;
            }

            // A birth tells the newest values, so the readings that led to it are of the past already.
            if (!await SendAsync(batch.Readings, _groups.Devices[i], historical: !wasBorn).ConfigureAwait(false))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Publishes a batch that the buffer kept while there was no session.</summary>
    public async ValueTask<bool> PublishHistoryAsync(DecodedBatch batch, int[] map)
    {
        _groups.Sort(batch.Readings, map, model);
        for (int i = 0; i < _groups.Devices.Count; i++)
        {
            NodeDevice device = model.Devices[_groups.Devices[i]];
            if (!device.IsBorn)
            {
                // It lived then and is silent now: it is born for the time that its past takes.
                if (!HasValue(batch.Readings, _groups.Devices[i]))
                {
                    continue;
                }

                if (!await BirthAsync(device).ConfigureAwait(false))
                {
                    return false;
                }
            }

            if (!await SendAsync(batch.Readings, _groups.Devices[i], historical: true).ConfigureAwait(false))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Takes a batch into the last known values without publishing it.</summary>
    public void Keep(DecodedBatch batch, int[] map)
    {
        _groups.Sort(batch.Readings, map, model);
        foreach (int device in _groups.Devices)
        {
            Keep(batch.Readings, device);
        }
    }

    /// <summary>Publishes the deaths of devices that went silent.</summary>
    public async ValueTask<bool> BuryAsync()
    {
        for (int i = 0; i < model.Devices.Count; i++)
        {
            NodeDevice device = model.Devices[i];
            if (device.IsBorn && !device.IsAlive)
            {
                device.IsBorn = false;
                encoder.Empty(NextSequence());
                if (!await SendAsync(device.DeathTopic).ConfigureAwait(false))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Publishes the node's own metrics that changed.</summary>
    public async ValueTask<bool> NodeDataAsync(IReadOnlyList<NodeMetric> changed)
    {
        if (changed.Count == 0)
        {
            return true;
        }

        encoder.Writer.Begin(encoder.NowMs());
        foreach (NodeMetric metric in changed)
        {
            encoder.Data(metric, metric.Last, metric.LastText, historical: false);
        }

        encoder.Writer.End(NextSequence());
        return await SendAsync(topics.Data).ConfigureAwait(false);
    }

    /// <summary>Says that the node goes by intention, with the number of its birth.</summary>
    public async ValueTask DeathAsync(CancellationToken cancellation)
    {
        encoder.NodeDeath(bdSeq.Current);
        byte[] payload = encoder.Writer.Written.ToArray();
        End();
        await client.PublishAsync(topics.Death, payload, MqttQos.AtLeastOnce, retain: false, cancellation).ConfigureAwait(false);
    }

    private async ValueTask<bool> BirthAsync(NodeDevice device)
    {
        encoder.DeviceBirth(device, NextSequence());
        device.IsBorn = await SendAsync(device.BirthTopic).ConfigureAwait(false);
        return device.IsBorn;
    }

    private async ValueTask<bool> SendAsync(ReadingBatch readings, int device, bool historical)
    {
        int count = _groups.Of(device).Length;
        for (int from = 0; from < count;)
        {
            from = encoder.DataMessage(readings, _groups, model, device, from, historical, NextSequence(), config.MetricsPerMessageMax);
            if (!await SendAsync(model.Devices[device].DataTopic).ConfigureAwait(false))
            {
                return false;
            }
        }

        return true;
    }

    private void Keep(ReadingBatch readings, int device)
    {
        ReadOnlySpan<Reading> all = readings.Readings;
        NodeDevice node = model.Devices[device];
        foreach (int at in _groups.Of(device))
        {
            node.Keep(model.Metric(_groups.MetricOf(at)), all[at], readings.BytesOf(all[at]));
        }
    }

    private bool HasValue(ReadingBatch readings, int device)
    {
        foreach (int at in _groups.Of(device))
        {
            if (readings.Readings[at].Kind != ValueKind.None)
            {
                return true;
            }
        }

        return false;
    }

    private int NextSequence() => _sequence = (_sequence + 1) % 256;

    private async ValueTask<bool> SendAsync(byte[] topic)
    {
        MqttPublishResult result = await client.PublishAsync(topic, encoder.Writer.Written, MqttQos.AtMostOnce).ConfigureAwait(false);
        if (result.Status is MqttPublishStatus.TooLarge or MqttPublishStatus.Refused)
        {
            Problem = $"the broker cannot take a message of {encoder.Writer.Length:N0} bytes on {System.Text.Encoding.UTF8.GetString(topic)} "
                + $"({result.Status}); raise its packet limit, or lower metricsPerMessageMax";
            return false;
        }

        if (result.Status != MqttPublishStatus.Acknowledged)
        {
            IsBorn = false;
            return false;
        }

        return true;
    }
}
