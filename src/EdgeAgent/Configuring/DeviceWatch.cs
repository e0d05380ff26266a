namespace EdgeAgent.Configuring;

/// <summary>Whether the devices that were online before a change are online after it.</summary>
/// <param name="State">watching, fine, some-down or all-down; idle when there was nothing to watch.</param>
/// <param name="Since">When the change came into force.</param>
/// <param name="Until">When watching ends.</param>
/// <param name="Before">Devices that were online before, and that the new configuration has too.</param>
/// <param name="Down">Those of them that are not online.</param>
internal sealed record DeviceVerdict(string State, DateTimeOffset Since, DateTimeOffset Until, IReadOnlyList<string> Before, IReadOnlyList<string> Down);

/// <summary>Looks after a change whether the devices that were online come back, for a time of grace.</summary>
/// <param name="online">The devices that are configured, and whether each is online.</param>
internal sealed class DeviceWatch(Func<IReadOnlyDictionary<string, bool>> online, TimeProvider time)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private DeviceVerdict? _verdict;
    private CancellationTokenSource _stop = new();

    /// <summary>Null before the first change.</summary>
    public DeviceVerdict? Verdict => Volatile.Read(ref _verdict);

    public IReadOnlyList<string> Online => [.. online().Where(static d => d.Value).Select(static d => d.Key)];

    /// <summary>Completes when it is known, or another change is watched.</summary>
    public async Task WatchAsync(IReadOnlyList<string> before, TimeSpan grace)
    {
        CancellationTokenSource stop = new();
        await Interlocked.Exchange(ref _stop, stop).CancelAsync();
        DateTimeOffset since = time.GetUtcNow();
        long started = time.GetTimestamp();
        while (!stop.IsCancellationRequested)
        {
            IReadOnlyDictionary<string, bool> now = online();
            string[] kept = [.. before.Where(now.ContainsKey)];
            string[] down = [.. kept.Where(name => !now[name])];
            bool isOver = time.GetElapsedTime(started) >= grace;
            string state = kept.Length == 0 ? "idle" : down.Length == 0 ? "fine" : !isOver ? "watching" : down.Length == kept.Length ? "all-down" : "some-down";
            Volatile.Write(ref _verdict, new DeviceVerdict(state, since, since + grace, kept, down));
            // The first moment after a change says nothing yet: a device that is asked every minute still counts as online.
            if (isOver || (state is "idle" or "fine" && time.GetElapsedTime(started) >= grace / 2))
            {
                return;
            }

            try
            {
                await Task.Delay(Every, time, stop.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
