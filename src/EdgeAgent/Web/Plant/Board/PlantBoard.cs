using EdgeAgent.Collector.Agent;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;

namespace EdgeAgent.Web.Plant.Board;

/// <summary>The newest committed reading of every tag and the newest news of every device, kept up by commits so that looking costs the store nothing.</summary>
/// <remarks>Safe for concurrent use. A commit costs one lock, and an array access for each reading.</remarks>
internal sealed class PlantBoard(string site, TimeProvider time)
{
    /// <summary>Definitions resolved to series; beyond it all are resolved anew.</summary>
    private const int ResolvedMax = 256;

    /// <summary>Clocks differ, and batches are under way for a while.</summary>
    private static readonly TimeSpan AheadMost = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<(AgentKey, string), BoardDevice> _devices = [];
    private readonly Dictionary<PlantDefinition, Resolved> _resolved = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<AgentKey, long> _offsets = [];
    private readonly HashSet<AgentKey> _defined = [];
    private readonly Dictionary<AgentKey, (long Ticks, long Stamp)> _newest = [];
    private List<BoardSeries> _dirty = [];
    private List<BoardSeries> _taken = [];
    private bool _collects;
    private long _version;

    /// <summary>Changes whenever a device or a tag is new or defined otherwise.</summary>
    public long Shape { get; private set; }

    /// <summary>Whether changed series are put on a list for <see cref="TakeChanges"/>.</summary>
    public bool CollectsChanges
    {
        get => _collects;
        set
        {
            lock (_gate)
            {
                _collects = value;
                Clean(_dirty);
            }
        }
    }

    /// <summary>Takes in a batch that the store has committed.</summary>
    public void Take(StoredBatch batch)
    {
        if (batch.Agent.Site != site)
        {
            return;
        }

        lock (_gate)
        {
            Resolved resolved = Resolve(batch.Agent, batch.Definition);
            TakeNews(batch, resolved);
            long believable = UnixTicks.Now(time) + Math.Max(0, _offsets.GetValueOrDefault(batch.Agent)) + AheadMost.Ticks;
            foreach (ref readonly Reading reading in batch.Readings.Readings)
            {
                BoardSeries series = resolved.Series[reading.TagId];
                // What a device dated ahead of us with a wrong clock gives way to what it says of the present, or it would stand until that time has come.
                bool isCorrected = series.SourceTicks > believable && reading.SourceTicks >= batch.CreatedTicks - AheadMost.Ticks;
                if (reading.SourceTicks < series.SourceTicks && !isCorrected)
                {
                    continue;
                }

                series.SourceTicks = reading.SourceTicks;
                series.Quality = reading.Quality;
                series.Value = new StoredValue(
                    reading.Kind, reading.Bits, reading.Kind is ValueKind.Text or ValueKind.Bytes ? batch.Readings.BytesOf(reading).ToArray() : null);
                series.Provenance = series.Device.Provenance;
                Note(series);
            }
        }
    }

    /// <summary>Takes in what the store had before this start.</summary>
    public void Fill(IReadOnlyList<DeviceSource> devices, IReadOnlyList<SeriesInfo> series, IReadOnlyList<SeriesPoint> last)
    {
        lock (_gate)
        {
            foreach (DeviceSource source in devices.Where(d => d.Agent.Site == site))
            {
                BoardDevice device = DeviceOf(source.Agent, source.Device);
                if (!_defined.Contains(source.Agent))
                {
                    (device.Driver, device.Address, device.Asset) = (source.Driver, source.Address, source.Asset);
                    device.IsConfigured = true;
                }
            }

            foreach (SeriesInfo info in series.Where(s => s.Key.Site == site))
            {
                AgentKey agent = new(info.Key.Site, info.Key.Agent);
                BoardSeries one = DeviceOf(agent, info.Key.Device).SeriesOf(info.Key.Tag);
                if (!_defined.Contains(agent))
                {
                    (one.Kind, one.Unit, one.IntervalMs, one.DecimalPlaces, one.IsConfigured) = (info.Kind, info.Unit, info.IntervalMs, info.DecimalPlaces, true);
                }
            }

            foreach (SeriesPoint point in last.Where(p => p.Series.Site == site))
            {
                Fill(point);
            }

            Changed();
        }
    }

    /// <summary>Takes in what an agent says that it collects.</summary>
    public void Define(AgentKey agent, AgentBirth birth)
    {
        if (agent.Site != site)
        {
            return;
        }

        lock (_gate)
        {
            Forget(agent);
            foreach (BirthDevice born in birth.Devices)
            {
                BoardDevice device = DeviceOf(agent, born.Name);
                (device.Driver, device.Address, device.Asset, device.IsConfigured) = (born.Driver, born.Address, born.Asset, true);
                foreach (BirthTag tag in born.Tags)
                {
                    BoardSeries series = device.SeriesOf(tag.Name);
                    _ = Enum.TryParse(tag.Kind, out ValueKind kind);
                    (series.Kind, series.Unit, series.IntervalMs, series.DecimalPlaces, series.IsConfigured) = (kind, tag.Unit, tag.IntervalMs, tag.Decimals, true);
                }
            }

            Changed();
        }
    }

    /// <summary>Takes in how the devices of the agent in this process stand, where no hub is to tell it by what it stored.</summary>
    public void TakeSnapshot(AgentSnapshot snapshot)
    {
        AgentKey agent = new(snapshot.Site, snapshot.Agent);
        lock (_gate)
        {
            Forget(agent);
            long now = UnixTicks.Now(time);
            foreach (DeviceSnapshot seen in snapshot.Devices)
            {
                BoardDevice device = DeviceOf(agent, seen.Name);
                (device.Address, device.Asset, device.Provenance, device.IsConfigured) = (seen.Address, seen.Asset, seen.Provenance, true);
                device.Driver = snapshot.Endpoints.FirstOrDefault(e => e.Name == seen.Endpoint)?.Driver ?? "";
                device.Expect(seen.PeriodMs);
                device.HeardTicks = seen.LastGoodTicks > 0 || seen.Problem is not null ? now : 0;
                device.GoodTicks = Math.Min(now, seen.LastGoodTicks);
            }
        }
    }

    /// <summary>Notes how far an agent's clock is ahead of the hub's.</summary>
    public void NoteClock(AgentKey agent, long offsetTicks)
    {
        lock (_gate)
        {
            _offsets[agent] = offsetTicks;
        }
    }

    /// <summary>When the newest batch of an agent was made, by the hub's clock, and when it came as a timestamp; zeros before the first.</summary>
    public (long Ticks, long Stamp) NewestOf(AgentKey agent)
    {
        lock (_gate)
        {
            return _newest.GetValueOrDefault(agent);
        }
    }

    /// <summary>Looks at devices and series while nothing changes.</summary>
    /// <param name="look">Must be quick and must keep neither.</param>
    public T Read<T>(Func<IReadOnlyCollection<BoardDevice>, T> look)
    {
        lock (_gate)
        {
            return look(_devices.Values);
        }
    }

    /// <summary>Looks at one device, or null when there is none of that name.</summary>
    public T Read<T>(AgentKey agent, string device, Func<BoardDevice?, T> look)
    {
        lock (_gate)
        {
            return look(_devices.GetValueOrDefault((agent, device)));
        }
    }

    /// <summary>Hands over the series that changed since the last call; only useful while <see cref="CollectsChanges"/>.</summary>
    /// <param name="look">Called under the lock; must be quick.</param>
    public void TakeChanges(Action<IReadOnlyList<BoardSeries>> look)
    {
        lock (_gate)
        {
            (_taken, _dirty) = (_dirty, _taken);
            foreach (BoardSeries series in _taken)
            {
                series.IsDirty = false;
            }

            look(_taken);
            _taken.Clear();
        }
    }

    private static void Clean(List<BoardSeries> list)
    {
        list.ForEach(series => series.IsDirty = false);
        list.Clear();
    }

    private void Note(BoardSeries series)
    {
        if (_collects && !series.IsDirty)
        {
            series.IsDirty = true;
            _dirty.Add(series);
        }

        foreach (ISeriesWatcher watcher in series.Watchers)
        {
            watcher.Committed(series);
        }
    }

    private void TakeNews(StoredBatch batch, Resolved resolved)
    {
        long now = UnixTicks.Now(time);
        // A batch that waited in a buffer is old news; by the hub's clock, as far as it is known how the agent's differs.
        long at = Math.Min(now, batch.CreatedTicks - _offsets.GetValueOrDefault(batch.Agent));
        if (at > _newest.GetValueOrDefault(batch.Agent).Ticks)
        {
            _newest[batch.Agent] = (at, time.GetTimestamp());
        }

        foreach (ScanAccount account in batch.Accounts)
        {
            BoardDevice device = resolved.Devices[account.DeviceId];
            device.Provenance = account.Provenance;
            if (account.MissedWhileDown == account.Due && account.Beyond == 0)
            {
                continue; // Told afterwards of a time in which nobody asked.
            }

            device.HeardTicks = Math.Max(device.HeardTicks, at);
            if (account.Good > 0 || (account.Beyond > 0 && account.Buffered > 0 && account.Bad == 0))
            {
                device.GoodTicks = Math.Max(device.GoodTicks, at);
            }
        }
    }

    private Resolved Resolve(AgentKey agent, PlantDefinition definition)
    {
        if (_resolved.TryGetValue(definition, out Resolved? known))
        {
            return known;
        }

        if (_resolved.Count >= ResolvedMax)
        {
            _resolved.Clear();
        }

        BoardDevice[] devices = [.. definition.Devices.Select(device => Defined(DeviceOf(agent, device.Name), device))];
        BoardSeries[] series = [.. definition.Tags.Select(tag => Defined(devices[tag.DeviceId].SeriesOf(tag.Name), tag))];
        Resolved resolved = new(devices, series);
        _resolved.Add(definition, resolved);
        Changed();
        return resolved;
    }

    private static BoardDevice Defined(BoardDevice device, DeviceDefinition definition)
    {
        if (device.Driver.Length == 0)
        {
            (device.Driver, device.Address, device.Asset, device.IsConfigured) = (definition.Driver, definition.Address, definition.Asset, true);
        }

        return device;
    }

    private static BoardSeries Defined(BoardSeries series, TagDefinition definition)
    {
        if (series.Kind == ValueKind.None)
        {
            (series.Kind, series.Unit, series.IntervalMs, series.DecimalPlaces, series.IsConfigured) =
                (definition.Kind, definition.Unit, definition.IntervalMs, definition.DecimalPlaces, true);
        }

        return series;
    }

    private void Fill(in SeriesPoint point)
    {
        BoardDevice device = DeviceOf(new AgentKey(point.Series.Site, point.Series.Agent), point.Series.Device);
        BoardSeries series = device.SeriesOf(point.Series.Tag);
        if (point.SourceTicks <= series.SourceTicks)
        {
            return;
        }

        (series.SourceTicks, series.Quality, series.Value, series.Provenance) = (point.SourceTicks, point.Quality, point.Value, point.Provenance);
        device.Provenance = point.Provenance;
        long at = Math.Min(point.SourceTicks, UnixTicks.Now(time));
        device.HeardTicks = Math.Max(device.HeardTicks, at);
        if (point.Quality.IsGood)
        {
            device.GoodTicks = Math.Max(device.GoodTicks, at);
        }
    }

    private BoardDevice DeviceOf(AgentKey agent, string name)
    {
        if (!_devices.TryGetValue((agent, name), out BoardDevice? device))
        {
            device = new BoardDevice(agent, name);
            _devices.Add((agent, name), device);
        }

        return device;
    }

    /// <summary>What the agent had before is of an earlier definition now.</summary>
    private void Forget(AgentKey agent)
    {
        _defined.Add(agent);
        foreach (BoardDevice device in _devices.Values.Where(d => d.Agent == agent))
        {
            device.IsConfigured = false;
            foreach (BoardSeries series in device.Series)
            {
                series.IsConfigured = false;
            }
        }
    }

    private void Changed()
    {
        Shape = ++_version;
        foreach (BoardDevice device in _devices.Values)
        {
            device.Measure();
        }
    }

    /// <summary>A definition's ids as devices and series of the board.</summary>
    private sealed record Resolved(BoardDevice[] Devices, BoardSeries[] Series);
}
