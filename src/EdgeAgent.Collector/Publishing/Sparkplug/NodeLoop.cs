using EdgeAgent.Collector.Buffer;
using EdgeAgent.Collector.Publishing.Following;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Mqtt.Client;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Collector.Publishing.Sparkplug;

/// <summary>The one loop of an edge node: follows the buffer, keeps the last values, and publishes while there is a session.</summary>
internal sealed class NodeLoop : IDisposable
{
    private readonly PublisherConfig _publisher;
    private readonly SparkplugConfig _config;
    private readonly BatchBuffer _buffer;
    private readonly MqttClient _client;
    private readonly NodeSession _session;
    private readonly NodeModel _model;
    private readonly NodeFigures _figures;
    private readonly HostWatch _host;
    private readonly NodeInbox _inbox;
    private readonly PublisherCounters _counters;
    private readonly WakeSignal _wake;
    private readonly DefinitionShelf _shelf;
    private readonly SparkplugTimes _times;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly BatchLane _live;
    private readonly BatchLane _backlog;
    private readonly BatchOpener _opener;
    private readonly Confirmations _confirmations;
    private readonly RateLimit _rate;
    private readonly ITimer _timer;
    private Guid _incarnation;
    private int _connection;
    private long _connectedAt;
    private long _figuresAt;
    private long _highestSent;
    private long _passedOver;
    private int _unconfirmed;
    private bool _lookingBack;
    private long _liveFrom;
    private readonly DataWatch _data;
    private readonly DrainWish _drain;

    public NodeLoop(
        PublisherConfig publisher, BatchBuffer buffer, MqttClient client, NodeSession session, NodeModel model, NodeFigures figures,
        HostWatch host, NodeInbox inbox, PublisherCounters counters, WakeSignal wake, DefinitionShelf shelf, SparkplugTimes times,
        TimeProvider time, ILogger logger)
    {
        _drain = new DrainWish(wake);
        _data = new DataWatch(buffer, wake.Set);
        _publisher = publisher;
        _config = publisher.Sparkplug ?? new SparkplugConfig();
        (_buffer, _client, _session, _model, _figures, _host, _inbox) = (buffer, client, session, model, figures, host, inbox);
        (_counters, _wake, _shelf, _times, _time, _logger) = (counters, wake, shelf, times, time, logger);
        _live = new BatchLane(buffer, publisher.Name, times.ReadBatchesMax, times.ReadBytesMax);
        _backlog = new BatchLane(buffer, publisher.Name, times.ReadBatchesMax, times.ReadBytesMax);
        _opener = new BatchOpener(buffer, shelf);
        _confirmations = new Confirmations(client, buffer, publisher.Name, wake, TimeSpan.FromMilliseconds(_config.ConfirmAfterMs), time);
        _rate = new RateLimit(publisher.RatePerSecondMax, time);
        _timer = time.CreateTimer(_ => _wake.Set(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Batches sent whose arrival is not confirmed.</summary>
    public int Unconfirmed => Volatile.Read(ref _unconfirmed);

    /// <summary>Readings that could not be published because their batch could not be read.</summary>
    public long PassedOver => Volatile.Read(ref _passedOver);

    public bool IsPublishing => _session.IsBorn;

    /// <summary>Connected, and the primary host is not there.</summary>
    public bool IsWaiting => _client.IsConnected && !_host.MayPublish;

    public void Announce(PublishedPlant plant)
    {
        if (plant.Definition is { } definition)
        {
            _shelf.Keep(definition);
        }
    }

    /// <summary>Does the most urgent thing, or waits for something to happen.</summary>
    /// <exception cref="BufferUnreadableException">The database cannot be read now.</exception>
    public async Task StepAsync(CancellationToken stop)
    {
        WatchIncarnation();
        await WatchConnectionAsync(stop).ConfigureAwait(false);
        _counters.AddAcknowledged(_confirmations.Step(_drain.IsAsked && AllIsSent));
        Volatile.Write(ref _unconfirmed, _confirmations.Count);
        if (await FollowAsync().ConfigureAwait(false) || await BeBornAsync(stop).ConfigureAwait(false) || await CatchUpAsync().ConfigureAwait(false)
            || await TellAsync().ConfigureAwait(false))
        {
            return;
        }

        await WaitAsync(stop).ConfigureAwait(false);
    }

    /// <summary>Completes when everything in the buffer is confirmed, the session ended, or the token is cancelled.</summary>
    public Task DrainAsync(CancellationToken limit) => _drain.UntilFulfilledAsync(limit);

    /// <summary>Publishes the node's death when there is a session. The loop has ended.</summary>
    public async Task SayGoodbyeAsync(CancellationToken limit)
    {
        if (_session.IsBorn && _client.IsConnected)
        {
            await _session.DeathAsync(limit).ConfigureAwait(false);
        }
    }

    public void Dispose() => _timer.Dispose();

    private bool AllIsSent => _live.Position >= _buffer.NextSequence - 1 && _backlog.IsDone;

    /// <summary>A new buffer begins: nothing read or sent of the old one counts.</summary>
    private void WatchIncarnation()
    {
        Guid incarnation = _buffer.Incarnation;
        if (_incarnation == incarnation)
        {
            return;
        }

        bool first = _incarnation == Guid.Empty;
        _incarnation = incarnation;
        _confirmations.Forget();
        _highestSent = 0;
        _liveFrom = first ? _buffer.NextSequence - 1 : 0;
        _lookingBack = first;
        _live.MoveTo(first ? Math.Max(0, _liveFrom - _times.LookBackBatches) : 0, long.MaxValue);
        _backlog.MoveTo(0, 0);
        if (_session.IsBorn)
        {
            BeginBacklog();
        }
    }

    private async Task WatchConnectionAsync(CancellationToken stop)
    {
        if (_connection != _counters.Connections)
        {
            _connection = _counters.Connections;
            _connectedAt = _time.GetTimestamp();
            EndSession();
        }
        else if (!_client.IsConnected && (_session.IsBorn || _confirmations.Count > 0))
        {
            EndSession();
        }

        if (!_client.IsConnected)
        {
            return;
        }

        // Whoever answers nothing on this broker may be on the next one.
        bool tired = _publisher.Brokers.Count > 1 && !_host.MayPublish && _time.GetElapsedTime(_connectedAt).TotalMilliseconds >= _config.HostWaitMs;
        if ((_host.IsOffline && (_session.IsBorn || _publisher.Brokers.Count > 1)) || tired)
        {
            string problem = $"the primary host {_config.PrimaryHost} is not at {_client.Broker}";
            _counters.LastProblem = problem;
            _logger.PublisherProblem(_publisher.Name, problem);
            if (_session.IsBorn)
            {
                await _session.DeathAsync(stop).ConfigureAwait(false);
            }

            EndSession();
            await _client.MoveOnAsync(MqttReason.DisconnectWithWill, stop).ConfigureAwait(false);
            _connection = _counters.Connections;
        }
    }

    private void EndSession()
    {
        _session.End();
        _confirmations.Forget();
        Volatile.Write(ref _unconfirmed, 0);
    }

    /// <summary>Takes the next new batch; publishes it when there is a session.</summary>
    private async ValueTask<bool> FollowAsync()
    {
        if (!_live.TryPeek(out BufferedBatch batch))
        {
            _lookingBack = false;
            return false;
        }

        string? problem = _opener.Open(_live.Block, batch);
        bool isOld = _lookingBack && batch.Sequence <= _liveFrom;
        if (problem is not null || _opener.Definition is not { } definition)
        {
            _live.Advance();
            if (_session.IsBorn && !isOld)
            {
                Skip(batch, problem);
            }

            return true;
        }

        int[] map = _model.Map(definition);
        if (!_session.IsBorn || isOld)
        {
            _live.Advance();
            _session.Keep(_opener.Batch, map);
            return true;
        }

        if (_session.NeedsBirth && !await _session.BirthAsync().ConfigureAwait(false))
        {
            EndBroken();
            return true;
        }

        if (!await _session.PublishAsync(_opener.Batch, map).ConfigureAwait(false))
        {
            // Taken into the last values; what was not published comes again as history.
            _live.Advance();
            EndBroken();
            return true;
        }

        _live.Advance();
        Count(batch.Sequence);
        return true;
    }

    private async ValueTask<bool> BeBornAsync(CancellationToken stop)
    {
        bool rebirth = _session.IsBorn && (_inbox.TakeRebirth() || _session.NeedsBirth);
        bool birth = !_session.IsBorn && _client.IsConnected && _connection == _counters.Connections && _inbox.IsSubscribed && _host.MayPublish;
        if (!rebirth && !birth)
        {
            return false;
        }

        _inbox.TakeRebirth();
        TakeFigures();
        if (!await _session.BirthAsync().ConfigureAwait(false))
        {
            EndBroken();
            await Task.Delay(_times.ProblemPause, _time, stop).ConfigureAwait(false);
        }
        else if (birth)
        {
            _counters.LastProblem = null;
            BeginBacklog();
        }

        return true;
    }

    private void BeginBacklog() => _backlog.MoveTo(_buffer.PassedContiguous(_publisher.Name), _live.Position);

    /// <summary>Publishes the next batch that the buffer kept while there was no session.</summary>
    private async ValueTask<bool> CatchUpAsync()
    {
        if (!_session.IsBorn || _rate.Wait() > TimeSpan.Zero || !_backlog.TryPeek(out BufferedBatch batch))
        {
            return false;
        }

        string? problem = _opener.Open(_backlog.Block, batch);
        if (problem is not null || _opener.Definition is not { } definition)
        {
            _backlog.Advance();
            Skip(batch, problem);
            return true;
        }

        int[] map = _model.Map(definition);
        if ((_session.NeedsBirth && !await _session.BirthAsync().ConfigureAwait(false))
            || !await _session.PublishHistoryAsync(_opener.Batch, map).ConfigureAwait(false))
        {
            EndBroken();
            return true;
        }

        _backlog.Advance();
        _rate.Take();
        Count(batch.Sequence);
        return true;
    }

    /// <summary>Deaths of devices once their past is told, and the node's own metrics now and then.</summary>
    private async ValueTask<bool> TellAsync()
    {
        if (!_session.IsBorn)
        {
            return false;
        }

        if (_backlog.IsDone && !await _session.BuryAsync().ConfigureAwait(false))
        {
            EndBroken();
            return true;
        }

        if (_time.GetElapsedTime(_figuresAt).TotalMilliseconds >= _config.NodeDataMs && !await _session.NodeDataAsync(TakeFigures()).ConfigureAwait(false))
        {
            EndBroken();
            return true;
        }

        return false;
    }

    private IReadOnlyList<NodeMetric> TakeFigures()
    {
        _figuresAt = _time.GetTimestamp();
        return _figures.Take(
            _model.Devices.Count(static device => device.IsAlive), _buffer.LagOf(_publisher.Name), _buffer.DiscardedReadingsOf(_publisher.Name),
            UnixTicks.Now(_time));
    }

    /// <summary>A message did not go out. With the connection gone, everything is in order; otherwise the session begins anew.</summary>
    private void EndBroken()
    {
        if (_session.Problem is { } problem && _client.IsConnected)
        {
            _counters.LastProblem = problem;
            _logger.PublisherProblem(_publisher.Name, problem);
        }

        EndSession();
    }

    private void Skip(in BufferedBatch batch, string? problem)
    {
        Interlocked.Add(ref _passedOver, batch.Readings);
        _counters.LastProblem = problem;
        _logger.PublisherPassedOver(_publisher.Name, problem ?? "");
        Count(batch.Sequence);
    }

    private void Count(long sequence)
    {
        _confirmations.Sent(sequence);
        _counters.AddPublished();
        if (sequence <= _highestSent)
        {
            _counters.AddRepeated();
        }

        _highestSent = Math.Max(_highestSent, sequence);
    }

    private async Task WaitAsync(CancellationToken stop)
    {
        long position = _live.Position;
        _data.Begin(_incarnation, position, stop);

        if (!_session.IsBorn || (AllIsSent && _confirmations.Count == 0))
        {
            _drain.Fulfil();
        }

        if (_session.IsBorn && AllIsSent && _confirmations.Count == 0 && _opener.Definition is { } current)
        {
            _shelf.KeepOnly(current.ConfigHash.Span);
        }

        TimeSpan due = Earlier(_confirmations.Due, _session.IsBorn ? Left(_figuresAt, _config.NodeDataMs) : Timeout.InfiniteTimeSpan);
        if (_session.IsBorn && !_backlog.IsDone)
        {
            due = Earlier(due, _rate.Wait());
        }

        if (_client.IsConnected && !_host.MayPublish && _publisher.Brokers.Count > 1)
        {
            due = Earlier(due, Left(_connectedAt, _config.HostWaitMs));
        }

        _timer.Change(due, Timeout.InfiniteTimeSpan);
        await _wake.WaitAsync().WaitAsync(stop).ConfigureAwait(false);
    }

    private TimeSpan Left(long since, int periodMs)
    {
        TimeSpan left = TimeSpan.FromMilliseconds(periodMs) - _time.GetElapsedTime(since);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private static TimeSpan Earlier(TimeSpan a, TimeSpan b) =>
        a == Timeout.InfiniteTimeSpan ? b : b == Timeout.InfiniteTimeSpan || a < b ? a : b;
}
