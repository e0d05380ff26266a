using System.Threading.Channels;

namespace EdgeAgent.Alarms.Notify;

/// <summary>Tells channels about alarms: each has a bounded queue of its own, so that a dead one holds up no other, and tries again with growing pauses.</summary>
internal sealed class AlarmNotifier(IAlarmSender sender, TimeProvider time)
{
    /// <summary>Messages that may wait for one channel; beyond it they are dropped and counted.</summary>
    public const int WaitingMax = 256;

    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10)];

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Lane> _lanes = new(StringComparer.Ordinal);
    private readonly List<Task> _running = [];
    private CancellationToken _stop = new(canceled: true);

    /// <summary>How each channel fares, by name.</summary>
    public IReadOnlyList<ChannelStandingView> Standing
    {
        get
        {
            lock (_gate)
            {
                return [.. _lanes.Values.OrderBy(l => l.Channel.Name, StringComparer.Ordinal).Select(l => new ChannelStandingView(
                    l.Channel.Name, l.Channel.Kind, l.Queue.Reader.Count, l.Sent, l.Dropped, l.LastSentAt, l.Problem))];
            }
        }
    }

    /// <summary>Uses these channels from now on; what waits for one that stays goes on waiting.</summary>
    public void Use(IReadOnlyList<AlarmChannel> channels)
    {
        lock (_gate)
        {
            foreach (string gone in _lanes.Keys.Where(name => channels.All(c => c.Name != name)).ToArray())
            {
                _lanes[gone].Queue.Writer.TryComplete();
                _lanes.Remove(gone);
            }

            foreach (AlarmChannel channel in channels)
            {
                if (_lanes.TryGetValue(channel.Name, out Lane? lane))
                {
                    lane.Channel = channel;
                    continue;
                }

                lane = new Lane(channel);
                _lanes.Add(channel.Name, lane);
                if (!_stop.IsCancellationRequested)
                {
                    _running.Add(RunAsync(lane, _stop));
                }
            }
        }
    }

    /// <summary>Puts an alarm into the queues of channels.</summary>
    public void Tell(AlarmRecord alarm, IReadOnlyList<string> channels)
    {
        lock (_gate)
        {
            foreach (Lane lane in channels.Select(name => _lanes.GetValueOrDefault(name)).OfType<Lane>())
            {
                if (!lane.Queue.Writer.TryWrite(alarm))
                {
                    lane.Dropped++;
                }
            }
        }
    }

    /// <summary>Sends a test now.</summary>
    /// <exception cref="NotifyException">It was not taken.</exception>
    public Task TestAsync(AlarmChannel channel, CancellationToken cancellation) => sender.SendAsync(channel, null, cancellation);

    public async Task RunAsync(CancellationToken stop)
    {
        lock (_gate)
        {
            _stop = stop;
            _running.AddRange(_lanes.Values.Select(lane => RunAsync(lane, stop)));
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Task[] running;
        lock (_gate)
        {
            running = [.. _running];
        }

        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task RunAsync(Lane lane, CancellationToken stop)
    {
        await foreach (AlarmRecord alarm in lane.Queue.Reader.ReadAllAsync(stop))
        {
            for (int tries = 0; ; tries++)
            {
                try
                {
                    await sender.SendAsync(lane.Channel, alarm, stop);
                    (lane.Sent, lane.LastSentAt, lane.Problem) = (lane.Sent + 1, time.GetUtcNow(), null);
                    break;
                }
                catch (Exception problem) when (!stop.IsCancellationRequested)
                {
                    // Whatever it was: a channel whose loop has ended would be silent for ever, and nobody would know.
                    lane.Problem = problem.Message;
                }

                if (tries >= Pauses.Length)
                {
                    lane.Dropped++;
                    break;
                }

                await Task.Delay(Pauses[tries], time, stop);
            }
        }
    }

    private sealed class Lane(AlarmChannel channel)
    {
        public AlarmChannel Channel { get; set; } = channel;

        public Channel<AlarmRecord> Queue { get; } = System.Threading.Channels.Channel.CreateBounded<AlarmRecord>(new BoundedChannelOptions(WaitingMax) { SingleReader = true });

        public long Sent { get; set; }

        public long Dropped { get; set; }

        public DateTimeOffset? LastSentAt { get; set; }

        public string? Problem { get; set; }
    }
}

/// <param name="Dropped">Messages given up after five tries, or for which there was no room.</param>
/// <param name="Problem">Why the newest try failed; null when it did not.</param>
internal sealed record ChannelStandingView(string Name, ChannelKind Kind, int Waiting, long Sent, long Dropped, DateTimeOffset? LastSentAt, string? Problem);
