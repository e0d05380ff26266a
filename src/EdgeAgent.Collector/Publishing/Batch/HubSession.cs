using EdgeAgent.Collector.Publishing.Following;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using EdgeAgent.Collector.Buffer;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Mqtt.Client;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Collector.Publishing.Batch;

/// <summary>Sends batches over one connection after another: what is next, what again, and when to wait. One loop calls it.</summary>
internal sealed class HubSession
{
    private readonly bool _awaitsStore;
    private readonly string _cursor;
    private readonly byte[] _topic;
    private readonly int _inFlightMax;
    private readonly BatchBuffer _buffer;
    private readonly MqttClient _client;
    private readonly Acknowledgements _acknowledgements;
    private readonly PublisherCounters _counters;
    private readonly WakeSignal _wake;
    private readonly HubPublisherOptions _options;
    private readonly ILogger _logger;
    private readonly RateLimit _rate;
    private readonly StallWatch _watch;
    private readonly AheadWindow _ahead;
    private readonly LaneSchedule _lanes;
    private readonly BufferBlock _again = new();
    private readonly ConcurrentQueue<(long Sequence, int SizeBytes, MqttPublishResult Result)> _answers = new();
    private readonly HashSet<long> _refused = [];
    private readonly ITimer _timer;
    private readonly TimeProvider _time;
    private Guid _incarnation;
    private long _highestSent;
    private int _inFlight;
    private bool _stepWaits;
    private readonly DataWatch _data;
    private readonly DrainWish _drain;

    public HubSession(
        PublisherConfig config, PublisherIdentity identity, BatchBuffer buffer, MqttClient client, Acknowledgements acknowledgements,
        PublisherCounters counters, WakeSignal wake, HubPublisherOptions options, TimeProvider time, ILogger logger)
    {
        _awaitsStore = config.Acknowledge == PublishAcknowledge.Store;
        _cursor = config.Name;
        _topic = Encoding.UTF8.GetBytes(Topics.Batch(identity.Site, identity.Agent));
        _inFlightMax = config.InFlightMax;
        _buffer = buffer;
        _client = client;
        _acknowledgements = acknowledgements;
        _counters = counters;
        (_wake, _drain, _data) = (wake, new DrainWish(wake), new DataWatch(buffer, wake.Set));
        _options = options;
        _logger = logger;
        _time = time;
        _rate = new RateLimit(config.RatePerSecondMax, time);
        _watch = new StallWatch(options, time);
        _ahead = new AheadWindow(options.AheadBatchesMax, options.AheadBytesMax);
        _lanes = new LaneSchedule(buffer, config.Name, options, _rate);
        _timer = time.CreateTimer(_ => _wake.Set(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public int InFlight => Volatile.Read(ref _inFlight);

    public int Unacknowledged => _awaitsStore ? _ahead.Count : InFlight;

    public int Refused => _refused.Count;

    /// <summary>The hub does not answer; only tries are sent.</summary>
    public bool IsWaiting => _watch.IsSilent;

    /// <summary>A connection is there: begins at the lowest batch that is not confirmed.</summary>
    public void Begin(Guid incarnation)
    {
        if (_incarnation != incarnation)
        {
            _incarnation = incarnation;
            _highestSent = 0;
            _refused.Clear();
        }

        _watch.Answered();
        Rewind();
    }

    /// <summary>Completes when everything in the buffer is confirmed, the hub turns out to be silent, or the token is cancelled.</summary>
    public Task DrainAsync(CancellationToken limit) => _drain.UntilFulfilledAsync(limit);

    /// <summary>Handles what happened, then sends what can be sent, or waits for something to happen.</summary>
    public async Task StepAsync(CancellationToken stop)
    {
        HandleAnswers();
        HandleAcknowledgements();
        if (!_ahead.IsEmpty && _watch.Left == TimeSpan.Zero)
        {
            SendAgain();
        }

        if (!SendNext())
        {
            await WaitAsync(stop).ConfigureAwait(false);
        }
    }

    private bool SendNext()
    {
        _stepWaits = InFlight >= _inFlightMax || (_awaitsStore && (_ahead.IsFull || (_watch.IsSilent && !_ahead.IsEmpty)));
        if (_stepWaits || !_lanes.TryPeek(out BatchLane? lane, out BufferedBatch batch))
        {
            return false;
        }

        lane.Advance();
        if (!_refused.Contains(batch.Sequence))
        {
            _lanes.Taken(lane);
            Send(lane.Block, batch);
        }

        return true;
    }

    private void Send(BufferBlock block, in BufferedBatch batch)
    {
        ReadOnlyMemory<byte> signed = block.Signed(batch);
        if (!IsWhole(signed.Span, block.Hash(batch).Span))
        {
            _logger.BatchDamaged(_cursor, batch.Sequence, batch.Readings);
            _ahead.Remove(batch.Sequence);
            _buffer.DiscardDamaged(_incarnation, batch.Sequence);
            return;
        }

        if (_awaitsStore)
        {
            if (_ahead.IsEmpty)
            {
                _watch.Begin();
            }

            _ahead.Add(new SentBatch(batch.Sequence, batch.Length));
        }

        if (batch.Sequence <= _highestSent)
        {
            _counters.AddRepeated();
        }

        _highestSent = Math.Max(_highestSent, batch.Sequence);
        Interlocked.Increment(ref _inFlight);
        _ = FollowAsync(batch.Sequence, batch.Length, _client.PublishAsync(_topic, signed, MqttQos.AtLeastOnce));
    }

    /// <summary>Sends the oldest unconfirmed batches once more.</summary>
    private void SendAgain()
    {
        bool wasSilent = _watch.IsSilent;
        _watch.Tried();
        if (_watch.IsSilent && !wasSilent)
        {
            _logger.HubSilent(_cursor);
        }

        foreach (long sequence in _ahead.OldestSequences(_watch.HasNoListener ? 1 : _options.ProbeBatches))
        {
            if (_buffer.TryReadOne(sequence, _again))
            {
                Send(_again, _again.Batches[0]);
            }
            else
            {
                // Given up by the buffer's caps meanwhile.
                _ahead.Remove(sequence);
            }
        }
    }

    private async Task FollowAsync(long sequence, int sizeBytes, ValueTask<MqttPublishResult> publishing)
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
        _answers.Enqueue((sequence, sizeBytes, result));
        _wake.Set();
    }

    private void HandleAnswers()
    {
        if (_answers.IsEmpty)
        {
            return;
        }

        var taken = new SequenceSet();
        while (_answers.TryDequeue(out var answer))
        {
            switch (answer.Result.Status)
            {
                case MqttPublishStatus.Acknowledged:
                    _counters.AddPublished();
                    taken.Add(answer.Sequence);
                    HandleListening(answer.Result.Reason);
                    break;
                case MqttPublishStatus.TooLarge:
                    _ahead.Remove(answer.Sequence);
                    if (_refused.Add(answer.Sequence))
                    {
                        _counters.LastProblem = $"batch {answer.Sequence} is larger than the broker takes";
                        _logger.BatchTooLarge(_cursor, answer.Sequence, answer.SizeBytes);
                    }

                    break;
                case MqttPublishStatus.Refused:
                    throw new PublishRefusedException(Announcement.Problem(answer.Result)!);
                default:
                    // The connection is gone; the next one begins at the lowest unconfirmed batch.
                    break;
            }
        }

        if (!_awaitsStore && taken.Ranges.Count > 0)
        {
            _counters.AddAcknowledged((int)taken.Ranges.Sum(r => r.Last - r.First + 1));
            _buffer.Acknowledge(_cursor, _incarnation, 0, [.. taken.Ranges]);
        }
    }

    /// <summary>An MQTT 5 broker tells whether anyone listens: without a hub, sending is for nothing.</summary>
    private void HandleListening(MqttReason reason)
    {
        if (!_awaitsStore)
        {
            return;
        }

        if (reason == MqttReason.NoMatchingSubscribers)
        {
            if (!_watch.IsSilent)
            {
                _logger.HubSilent(_cursor);
            }

            _watch.NoListener();
        }
        else if (_watch.HasNoListener)
        {
            HubIsBack();
        }
    }

    private void HandleAcknowledgements()
    {
        if (!_acknowledgements.TakeArrived())
        {
            return;
        }

        while (_acknowledgements.TryTakeRefused(out RefusedBatch refused))
        {
            HandleRefused(refused);
        }

        long? oldest = _ahead.IsEmpty ? null : _ahead.OldestSequence;
        int confirmed = _ahead.RemovePassed(_buffer.CopyPassed(_cursor));
        _counters.AddAcknowledged(confirmed);
        if (confirmed == 0)
        {
            return;
        }

        if (_watch.IsSilent)
        {
            HubIsBack();
            return;
        }

        _watch.Answered();
        if (_ahead.IsEmpty || _ahead.OldestSequence != oldest)
        {
            _watch.Begin();
        }
    }

    private void HubIsBack()
    {
        _logger.HubAnswers(_cursor);
        _watch.Answered();
        Rewind();
    }

    private void HandleRefused(RefusedBatch refused)
    {
        _ahead.Remove(refused.Sequence);
        if (!_refused.Add(refused.Sequence) || !_buffer.TryReadOne(refused.Sequence, _again))
        {
            return;
        }

        BufferedBatch batch = _again.Batches[0];
        if (IsWhole(_again.Signed(batch).Span, _again.Hash(batch).Span))
        {
            _counters.LastProblem = $"the hub refuses batch {refused.Sequence}: {refused.Reason}";
            _logger.BatchRefused(_cursor, refused.Sequence, refused.Reason);
            return;
        }

        _logger.BatchDamaged(_cursor, batch.Sequence, batch.Readings);
        _buffer.DiscardDamaged(_incarnation, refused.Sequence);
    }

    private void Rewind()
    {
        _ahead.Clear();
        _lanes.Restart();
    }

    private async Task WaitAsync(CancellationToken stop)
    {
        bool atEnd = !_stepWaits && _lanes.IsAtEnd;
        if (atEnd)
        {
            _data.Begin(_incarnation, _lanes.EndPosition, stop);
        }

        if ((atEnd && InFlight == 0 && _ahead.IsEmpty && _answers.IsEmpty) || _watch.IsSilent)
        {
            _drain.Fulfil();
        }

        TimeSpan due = _ahead.IsEmpty ? Timeout.InfiniteTimeSpan : _watch.Left;
        if (!_stepWaits && !atEnd)
        {
            // Either the rate limit holds the backlog back, or something was appended just now.
            TimeSpan rate = _rate.Wait();
            if (rate == TimeSpan.Zero)
            {
                return;
            }

            due = due == Timeout.InfiniteTimeSpan || rate < due ? rate : due;
        }

        _timer.Change(due, Timeout.InfiniteTimeSpan);
        await _wake.WaitAsync().WaitAsync(stop).ConfigureAwait(false);
    }

    private static bool IsWhole(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> hash)
    {
        Span<byte> actual = stackalloc byte[SHA256.HashSizeInBytes];
        return BatchReader.TrySplit(signed, out ReadOnlySpan<byte> body, out _)
            && SHA256.TryHashData(body, actual, out _)
            && actual.SequenceEqual(hash);
    }
}
