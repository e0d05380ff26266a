using System.Collections.Concurrent;
using System.Text;
using EdgeAgent.Collector.Buffer;
using EdgeAgent.Collector.Publishing.Following;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Mqtt.Client;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Collector.Publishing.Json;

/// <summary>Sends the messages of batch after batch over one connection after another. One loop calls it.</summary>
internal sealed class JsonLoop : IDisposable
{
    /// <summary>Rows and bytes read from the buffer at a time.</summary>
    private const int ReadBatchesMax = 256, ReadBytesMax = 1 << 20;

    private readonly PublisherConfig _config;
    private readonly PublisherIdentity _identity;
    private readonly IReadOnlyList<JsonRoute> _routes;
    private readonly BatchBuffer _buffer;
    private readonly MqttClient _client;
    private readonly PublisherCounters _counters;
    private readonly WakeSignal _wake;
    private readonly DefinitionShelf _shelf;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly BatchLane _lane;
    private readonly BatchOpener _opener;
    private readonly Confirmations _confirmations;
    private readonly RateLimit _rate;
    private readonly JsonEncoder _encoder = new(new JsonSink());
    private readonly ConcurrentQueue<SentMessages> _settled = new();
    private readonly ITimer _timer;
    private PlantDefinition? _planned;
    private RoutePlan[] _plans = [];
    private long _highestSent;
    private long _passedOver;
    private int _inFlight;
    private int _openBatches;
    private int _unconfirmed;
    private volatile string? _refused;
    private readonly DataWatch _data;
    private readonly DrainWish _drain;

    public JsonLoop(
        PublisherConfig config, PublisherIdentity identity, IReadOnlyList<JsonRoute> routes, BatchBuffer buffer, MqttClient client,
        PublisherCounters counters, WakeSignal wake, DefinitionShelf shelf, TimeProvider time, ILogger logger)
    {
        _drain = new DrainWish(wake);
        _data = new DataWatch(buffer, wake.Set);
        (_config, _identity, _routes, _buffer, _client, _counters) = (config, identity, routes, buffer, client, counters);
        (_wake, _shelf, _time, _logger) = (wake, shelf, time, logger);
        _lane = new BatchLane(buffer, config.Name, ReadBatchesMax, ReadBytesMax);
        _opener = new BatchOpener(buffer, shelf);
        _confirmations = new Confirmations(client, buffer, config.Name, wake, TimeSpan.Zero, time);
        _rate = new RateLimit(config.RatePerSecondMax, time);
        _timer = time.CreateTimer(_ => _wake.Set(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Messages without an answer.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>Batches of which not all messages have arrived.</summary>
    public int Unconfirmed => Volatile.Read(ref _unconfirmed);

    /// <summary>Readings that no broker could take or nobody could name.</summary>
    public long PassedOver => Volatile.Read(ref _passedOver);

    public void Announce(PublishedPlant plant)
    {
        if (plant.Definition is { } definition)
        {
            _shelf.Keep(definition);
        }
    }

    /// <summary>Sends over the present connection until it ends, from the first batch that has not arrived.</summary>
    public async Task RunConnectionAsync(CancellationToken stop)
    {
        int connection = _counters.Connections;
        Guid incarnation = _buffer.Incarnation;
        _confirmations.Forget();
        _openBatches = 0;
        _refused = null;
        _settled.Clear();
        _lane.MoveTo(_buffer.PassedContiguous(_config.Name), long.MaxValue);
        while (!stop.IsCancellationRequested && _client.IsConnected && connection == _counters.Connections && incarnation == _buffer.Incarnation)
        {
            Settle(connection, incarnation);
            _counters.AddAcknowledged(_confirmations.Step());
            Volatile.Write(ref _unconfirmed, _openBatches + _confirmations.Count);
            if (_refused is { } refused)
            {
                throw new JsonRefusedException(refused);
            }

            if (_rate.Wait() == TimeSpan.Zero && _lane.TryPeek(out BufferedBatch batch))
            {
                await SendAsync(batch, connection, stop).ConfigureAwait(false);
                _lane.Advance();
                _rate.Take();
            }
            else
            {
                await WaitAsync(incarnation, stop).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Completes when everything in the buffer has arrived, or the token is cancelled.</summary>
    public Task DrainAsync(CancellationToken limit) => _drain.UntilFulfilledAsync(limit);

    public void Dispose() => _timer.Dispose();

    private async ValueTask SendAsync(BufferedBatch batch, int connection, CancellationToken stop)
    {
        var sent = new SentMessages(batch.Sequence, connection);
        _openBatches++;
        string? problem = _opener.Open(_lane.Block, batch);
        if (problem is not null)
        {
            PassOver(batch.Readings, problem);
        }
        else if (_opener.Definition is { } definition)
        {
            Plan(definition);
            foreach (RoutePlan plan in _plans)
            {
                plan.Take(_opener.Batch.Readings);
                for (int at = 0; Encode(plan, ref at, out byte[] topic, out int readings);)
                {
                    while (InFlight >= _config.InFlightMax && _client.IsConnected && connection == _counters.Connections)
                    {
                        await _wake.WaitAsync().WaitAsync(stop).ConfigureAwait(false);
                    }

                    sent.Sent(plan.Route.Qos == MqttQos.AtMostOnce);
                    Interlocked.Increment(ref _inFlight);
                    _ = FollowAsync(_client.PublishAsync(topic, _encoder.Sink.Written, plan.Route.Qos, plan.Route.Config.Retain), sent, topic, readings);
                }
            }
        }

        _counters.AddPublished();
        if (batch.Sequence <= _highestSent)
        {
            _counters.AddRepeated();
        }

        _highestSent = Math.Max(_highestSent, batch.Sequence);
        if (sent.Settle())
        {
            _settled.Enqueue(sent);
        }
    }

    private bool Encode(RoutePlan plan, ref int at, out byte[] topic, out int readings)
    {
        ReadingBatch batch = _opener.Batch.Readings;
        (topic, readings) = ([], 0);
        if (!plan.TryNext(batch, ref at, out ReadOnlySpan<int> message))
        {
            return false;
        }

        _encoder.Encode(plan.Route.Template, plan.Names, plan.Route.Group, batch, message);
        topic = plan.TopicOf(batch.Readings[message[0]]);
        readings = message.Length;
        return true;
    }

    private void Plan(PlantDefinition definition)
    {
        if (!ReferenceEquals(_planned, definition))
        {
            var names = new JsonNames(definition, _identity);
            _plans = [.. _routes.Select(route => new RoutePlan(route, definition, names, _identity))];
            _planned = definition;
        }
    }

    private async Task FollowAsync(ValueTask<MqttPublishResult> publishing, SentMessages sent, byte[] topic, int readings)
    {
        MqttPublishResult result;
        try
        {
            result = await publishing.ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            result = new MqttPublishResult(MqttPublishStatus.ConnectionLost, MqttReason.Success);
        }

        Interlocked.Decrement(ref _inFlight);
        switch (result.Status)
        {
            case MqttPublishStatus.TooLarge:
                PassOver(readings, $"a message on {Encoding.UTF8.GetString(topic)} is larger than the broker takes; lower readingsPerMessageMax, or raise the broker's limit");
                break;
            case MqttPublishStatus.Refused:
                sent.Fail();
                _refused = $"the broker refuses messages on {Encoding.UTF8.GetString(topic)} with {result.Reason}; check its access rules for this client";
                break;
            case MqttPublishStatus.ConnectionLost:
                sent.Fail();
                break;
        }

        if (sent.Settle())
        {
            _settled.Enqueue(sent);
        }

        _wake.Set();
    }

    private void Settle(int connection, Guid incarnation)
    {
        SequenceSet? arrived = null;
        int count = 0;
        while (_settled.TryDequeue(out SentMessages? sent))
        {
            if (sent.Connection != connection)
            {
                continue;
            }

            _openBatches--;
            if (sent.Failed)
            {
                continue;
            }

            if (sent.HasUnacknowledged)
            {
                _confirmations.Sent(sent.Sequence);
            }
            else
            {
                (arrived ??= new SequenceSet()).Add(sent.Sequence);
                count++;
            }
        }

        if (arrived is not null)
        {
            _counters.AddAcknowledged(count);
            _buffer.Acknowledge(_config.Name, incarnation, 0, [.. arrived.Ranges]);
        }
    }

    private void PassOver(int readings, string problem)
    {
        Interlocked.Add(ref _passedOver, readings);
        _counters.LastProblem = problem;
        _logger.PublisherPassedOver(_config.Name, problem);
    }

    private async Task WaitAsync(Guid incarnation, CancellationToken stop)
    {
        long position = _lane.Position;
        bool atEnd = position >= _buffer.NextSequence - 1;
        if (atEnd)
        {
            _data.Begin(incarnation, position, stop);
        }

        if (atEnd && _openBatches == 0 && _settled.IsEmpty && _confirmations.Count == 0)
        {
            _drain.Fulfil();
            if (_opener.Definition is { } current)
            {
                _shelf.KeepOnly(current.ConfigHash.Span);
            }
        }

        TimeSpan due = _confirmations.Due;
        if (!atEnd)
        {
            TimeSpan rate = _rate.Wait();
            due = due == Timeout.InfiniteTimeSpan || rate < due ? rate : due;
        }

        if (due == TimeSpan.Zero)
        {
            return;
        }

        _timer.Change(due, Timeout.InfiniteTimeSpan);
        await _wake.WaitAsync().WaitAsync(stop).ConfigureAwait(false);
    }
}
