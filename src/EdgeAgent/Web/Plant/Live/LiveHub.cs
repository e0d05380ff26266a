using EdgeAgent.Web.Api;
using EdgeAgent.Web.Plant.Board;
using EdgeAgent.Web.Plant.Devices;
using EdgeAgent.Web.Plant.Overview;

namespace EdgeAgent.Web.Plant.Live;

/// <summary>Tells every open page what changed, at most four times a second; does nothing while no page is open.</summary>
/// <remarks>One loop makes each message once, from memory, and hands the same bytes to all clients that want it; where visitors without a login may not
/// hear all of it, once for them and once for the others.</remarks>
/// <param name="overview">Writes the overview as it is now.</param>
/// <param name="alarms">Writes the alarms as they stand, true: for clients without a login; called when <paramref name="alarmsVersion"/> has changed.</param>
internal sealed partial class LiveHub(
    PlantState plant, Func<OverviewView> overview, Func<long> alarmsVersion, Func<bool, byte[]> alarms, TimeProvider time, ILogger<LiveHub> logger)
{
    public const int ClientsMax = 200;

    /// <summary>Values go out this often; what changed twice in between goes out once.</summary>
    public static readonly TimeSpan ValuesEvery = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan HeartbeatEvery = TimeSpan.FromSeconds(15);

    /// <summary>Devices and the overview go out with every so many rounds of values.</summary>
    private const int RoundsPerState = 4;

    private readonly Lock _gate = new();
    private readonly List<LiveClient> _clients = [];
    private readonly TileChanges _tiles = new();
    private CancellationTokenSource? _pump;
    private long _alarmsTold;

    /// <summary>Open streams.</summary>
    public int Clients
    {
        get
        {
            lock (_gate)
            {
                return _clients.Count;
            }
        }
    }

    /// <summary>Serves one client until it goes.</summary>
    /// <exception cref="ApiProblem">There are too many.</exception>
    public async Task ServeAsync(HttpContext context, bool isAnonymous)
    {
        LiveClient client = new(LiveTopics.Of(context), isAnonymous);
        Enter(client);
        try
        {
            context.Response.ContentType = "text/event-stream; charset=utf-8";
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Headers["X-Accel-Buffering"] = "no"; // Proxies that collect an answer first would hold everything back.
            await context.Response.StartAsync(context.RequestAborted);
            while (true)
            {
                foreach (ReadOnlyMemory<byte> message in await client.TakeAsync(context.RequestAborted))
                {
                    await context.Response.BodyWriter.WriteAsync(message, context.RequestAborted);
                }

                await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
                client.Written();
            }
        }
        finally
        {
            Leave(client);
        }
    }

    private void Enter(LiveClient client)
    {
        lock (_gate)
        {
            if (_clients.Count >= ClientsMax)
            {
                throw ApiProblem.Unavailable(new(
                    $"实时连接已达上限 {ClientsMax} 个，请关闭不用的页面。", $"There are {ClientsMax} open live connections already; close pages that nobody looks at."));
            }

            _clients.Add(client);
            if (_pump is null)
            {
                _pump = new CancellationTokenSource();
                plant.Board.CollectsChanges = true;
                _ = PumpAsync(_pump.Token);
            }
        }
    }

    private void Leave(LiveClient client)
    {
        lock (_gate)
        {
            _clients.Remove(client);
            if (_clients.Count == 0 && _pump is { } pump)
            {
                pump.Cancel();
                _pump = null;
                plant.Board.CollectsChanges = false;
            }
        }
    }

    private async Task PumpAsync(CancellationToken stop)
    {
        long beat = time.GetTimestamp();
        for (long round = 0; TryRound(round, ref beat, stop); round++)
        {
            await Task.Delay(ValuesEvery, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <remarks>Under the gate: a pump whose last client has gone must not take changes off the list that the next pump's clients need.</remarks>
    /// <returns>False when it is over.</returns>
    private bool TryRound(long round, ref long beat, CancellationToken stop)
    {
        lock (_gate)
        {
            if (stop.IsCancellationRequested)
            {
                return false;
            }

            try
            {
                Tell([.. _clients], round % RoundsPerState == 0, ref beat);
            }
            catch (Exception problem)
            {
                RoundFailed(logger, problem); // The next round may succeed; without rounds every page would stand still.
            }

            return true;
        }
    }

    private void Tell(LiveClient[] clients, bool withState, ref long beat)
    {
        TellChanges(clients, withState);
        foreach (LiveClient client in clients.Where(c => c.NeedsState && !c.IsBusy))
        {
            TellAll(client);
        }

        if (time.GetElapsedTime(beat) >= HeartbeatEvery)
        {
            beat = time.GetTimestamp();
            byte[] message = LiveMessage.Of("heartbeat", new HeartbeatView(plant.Now), PlantJson.Default.HeartbeatView);
            Array.ForEach(clients, client => client.Put(message));
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Open pages could not be told what changed.")]
    private static partial void RoundFailed(ILogger logger, Exception problem);

    private void TellChanges(LiveClient[] clients, bool withState)
    {
        LiveClient[] ready = [.. clients.Where(c => !c.NeedsState)];
        TellValues([.. ready.Where(c => c.Topics.Values)]);
        if (alarmsVersion() is var version && version != _alarmsTold)
        {
            _alarmsTold = version;
            Put(ready.Where(c => c.Topics.Alarms), alarms);
        }

        if (!withState)
        {
            return;
        }

        if (clients.Any(c => c.Topics.Devices))
        {
            IReadOnlyList<DeviceTile> tiles = DeviceTiles.Of(plant);
            IReadOnlyList<DeviceTile> changed = _tiles.Since(tiles, out bool removed);
            if (changed.Count > 0 || removed)
            {
                IReadOnlyList<DeviceTile> told = removed ? tiles : changed;
                Put(ready.Where(c => c.Topics.Devices), open => LiveMessage.OfTiles(open ? OpenView.Of(told) : told, removed));
            }
        }

        Put(ready.Where(c => c.Topics.Overview), OverviewMessage);
    }

    /// <summary>Also takes the changes off the list when nobody asks for values, so that it does not grow.</summary>
    private void TellValues(LiveClient[] clients) => plant.Board.TakeChanges(changed =>
    {
        if (clients.Length == 0 || changed.Count == 0)
        {
            return;
        }

        Put(clients.Where(c => c.Topics.Device is null), _ => LiveMessage.OfValues(changed, isWhole: false));
        foreach (var device in clients.Where(c => c.Topics.Device is not null).GroupBy(c => c.Topics.Device!.Value))
        {
            BoardSeries[] own = [.. changed.Where(s => s.Device.Name == device.Key.Device && s.Device.Agent.Agent == device.Key.Agent)];
            if (own.Length > 0)
            {
                Put(device, _ => LiveMessage.OfValues(own, isWhole: false));
            }
        }
    });

    private void TellAll(LiveClient client)
    {
        // All of it, or none: what cannot be written now is told whole with the next round. As one message, which an idle client takes however long it is.
        byte[] state = [.. StateFor(client.Topics, client.IsAnonymous).SelectMany(message => message)];
        client.BeginState();
        client.Put(state);
    }

    private IEnumerable<byte[]> StateFor(LiveTopics topics, bool isAnonymous)
    {
        if (topics.Overview)
        {
            yield return OverviewMessage(isAnonymous);
        }

        if (topics.Devices)
        {
            IReadOnlyList<DeviceTile> tiles = DeviceTiles.Of(plant);
            yield return LiveMessage.OfTiles(isAnonymous ? OpenView.Of(tiles) : tiles, isWhole: true);
        }

        if (topics.Values)
        {
            yield return plant.Board.Read(devices => LiveMessage.OfValues(
                devices.Where(d => topics.Device is not { } own || (d.Name == own.Device && d.Agent.Agent == own.Agent))
                    .SelectMany(d => d.Series).Where(s => s.SourceTicks != 0), isWhole: true));
        }

        if (topics.Alarms)
        {
            yield return alarms(isAnonymous);
        }
    }

    private byte[] OverviewMessage(bool open) => LiveMessage.Of("overview", open ? OpenView.Of(overview()) : overview(), PlantJson.Default.OverviewView);

    /// <param name="message">Makes it; true: for clients without a login.</param>
    private static void Put(IEnumerable<LiveClient> clients, Func<bool, byte[]> message)
    {
        byte[]? made = null, open = null;
        foreach (LiveClient client in clients)
        {
            client.Put(client.IsAnonymous ? open ??= message(true) : made ??= message(false));
        }
    }
}
