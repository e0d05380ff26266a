using System.Text;
using EdgeAgent.Commands;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.Hosting;
using EdgeAgent.Store;
using EdgeAgent.TestKit;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Tests.EveryDriver;

/// <summary>One process with agent, broker, hub and store, and one endpoint for each peer; all peers go through their moods together.</summary>
internal sealed class EveryDriverPlant(IReadOnlyList<Peer> peers) : IAsyncDisposable
{
    /// <summary>Longer than the longest pause between two tries to reach a device that was away so shortly.</summary>
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    private readonly TempDirectory _directory = new();
    private readonly CancellationTokenSource _stop = new();
    private EdgeHost _host = null!;
    private Task<int> _running = null!;

    /// <summary>What never came about, in words.</summary>
    public List<string> Failures { get; } = [];

    public async Task RunAsync()
    {
        int broker = FreePort.Tcp();
        foreach (Peer peer in peers)
        {
            await peer.StartAsync(broker);
        }

        _host = EdgeHost.Build(Load(broker), new EdgeHostOptions(TimeProvider.System, LevelLeast: LogLevel.None));
        _running = _host.RunAsync(_stop.Token);
        await Task.WhenAny(_host.Hub!.Store.FirstStored, _running).WaitAsync(Hang);
        Assert.False(_running.IsCompleted, "the program ended at once, for instance because somebody took its broker's port");
        await BecomeAsync(Mood.Answers);
        foreach (Mood mood in new[] { Mood.Lies, Mood.Stalls, Mood.Vanished })
        {
            await BecomeAsync(mood);
            await BecomeAsync(Mood.Answers);
        }

        foreach (Peer peer in peers)
        {
            await CheckValuesAsync(peer);
            await CheckFramesAsync(peer);
        }

        await CheckAccountsAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (Peer peer in peers)
        {
            await peer.DisposeAsync();
        }

        if (_running is not null)
        {
            await ((Task)_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await _host.DisposeAsync();
        }

        _directory.Dispose();
        _stop.Dispose();
    }

    /// <summary>Puts all peers into a mood and waits until the store has of each a reading taken since, with a quality that says so.</summary>
    private async Task BecomeAsync(Mood mood)
    {
        long from = UnixTicks.Now(TimeProvider.System);
        await Task.WhenAll(peers.Select(peer => peer.BecomeAsync(mood)));
        await Task.WhenAll(peers.Select(async peer =>
        {
            try
            {
                await Eventually.TrueAsync(
                    async () => (await ReadAsync(peer, from)).Any(point => peer.Expected(mood).Contains(point.WorstQuality)), peer.Name, Hang);
            }
            catch (TimeoutException)
            {
                string seen = string.Join(", ", (await ReadAsync(peer, from)).Select(point => point.WorstQuality).Distinct());
                string? problem = _host.Agent!.Snapshot().Devices.Single(device => device.Name == peer.Name).Problem;
                Failures.Add($"{peer.Name}: it {mood}, and the store has none of {string.Join(", ", peer.Expected(mood))} but [{seen}]; {problem}");
            }
        }));
    }

    private async Task CheckValuesAsync(Peer peer)
    {
        IEnumerable<double> values = (await ReadAsync(peer, 0)).Where(point => point.WorstQuality.IsGood).Select(point => point.Mean).Distinct();
        if (peer.Value is { } only && values.Where(value => Math.Abs(value - only) > 1e-9).ToArray() is { Length: > 0 } wrong)
        {
            Failures.Add($"{peer.Name}: stored as good: {string.Join(", ", wrong)}, and the device has {only}");
        }
    }

    /// <summary>What is looked for comes again and again, so it is waited for: a peer that was just opened anew may have been told of other things first.</summary>
    private async Task CheckFramesAsync(Peer peer)
    {
        string? wrong = null;
        try
        {
            await Eventually.TrueAsync(
                () => (wrong = ExpectedFrames.WrongWith(peer, _host.Agent!.Snapshot().Devices.Single(device => device.Name == peer.Name).ReadFrames?.Invoke())) is null, peer.Name, Hang);
        }
        catch (TimeoutException)
        {
            Failures.Add($"{peer.Name}: its last frames: {wrong}");
        }
    }

    private async Task CheckAccountsAsync()
    {
        int hour = (int)(UnixTicks.Now(TimeProvider.System) / UnixTicks.PerHour);
        Failures.AddRange((await _host.Hub!.Store.ReadDeviceHoursAsync("plant", hour - 1, hour + 2, CancellationToken.None))
            .GroupBy(row => row.Device, row => row.Account)
            .Where(rows => rows.Any(account => !account.Balances) || rows.Sum(account => account.Good) == 0)
            .Select(rows => $"{rows.Key}: its accounts do not balance, or are empty: {string.Join(' ', rows)}"));
    }

    private async Task<IReadOnlyList<RangePoint>> ReadAsync(Peer peer, long from) => await _host.Hub!.Store.ReadRangeAsync(
        new SeriesKey("plant", "gw", peer.Name, "v"), from, long.MaxValue, 0, CancellationToken.None);

    private LoadedConfig Load(int broker)
    {
        var endpoints = new StringBuilder();
        endpoints.AppendJoin(",\n", peers.Select(peer => $$"""
            { "name": "{{peer.Name}}", "driver": "{{peer.Driver}}", "settings": {{peer.Settings}},
              "devices": [ { "name": "{{peer.Name}}", "settings": {{peer.Device}}, "tags": [ { "name": "v", {{peer.Tag}} } ] } ] }
            """));
        string file = _directory.File("all.json");
        File.WriteAllText(file, $$"""
            { "site": "plant", "broker": { "listen": "127.0.0.1:{{broker}}" },
              "hub": { "dataDirectory": "hub", "store": { "kind": "sqlite", "path": "hub/store" } },
              "agent": { "id": "gw", "dataDirectory": "agent", "flushIntervalMs": 100, "scanClasses": { "normal": { "intervalMs": 300 } },
                "publishers": [ { "name": "hub", "brokers": [ "mqtt://127.0.0.1:{{broker}}" ] } ],
                "endpoints": [ {{endpoints}} ] } }
            """);
        return ConfigReport.LoadOrFail(file);
    }
}
