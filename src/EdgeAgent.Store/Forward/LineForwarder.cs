using System.Threading.Channels;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.Store.Influx;
using EdgeAgent.Store.Influx.Lines;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Store.Forward;

/// <summary>Posts a copy of stored readings to a server that takes line protocol; README.md beside it says what that is good for.</summary>
/// <remarks>It never holds up the store: what does not fit into its queue is dropped and counted.</remarks>
public sealed partial class LineForwarder : IAsyncDisposable
{
    /// <summary>Bytes that wait at most: some minutes of a busy hub.</summary>
    private const long QueueBytesMax = 32 << 20;

    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly ForwardConfig _config;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly HttpClient _http = new() { Timeout = Timeout };
    private readonly Channel<(byte[] Lines, int Readings)> _queue = Channel.CreateUnbounded<(byte[], int)>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private long _queuedBytes;
    private long _sent;
    private long _dropped;
    private volatile string? _problem;

    public LineForwarder(ForwardConfig config, TimeProvider time, ILogger<LineForwarder> log)
    {
        _config = config;
        _time = time;
        _log = log;
        foreach ((string name, Secret value) in config.Headers)
        {
            _http.DefaultRequestHeaders.TryAddWithoutValidation(name, value.Reveal());
        }

        _running = Task.Run(RunAsync);
    }

    public ForwardStatistics Statistics => new(_config.Name, Interlocked.Read(ref _sent), Interlocked.Read(ref _dropped), _problem);

    /// <summary>Takes the readings of batches that have just been stored; the batches are not kept.</summary>
    public void Take(StoredBatch batch)
    {
        int readings = batch.Readings.Count;
        if (readings == 0)
        {
            return;
        }

        byte[] lines = Format(batch);
        if (Interlocked.Add(ref _queuedBytes, lines.Length) > QueueBytesMax || !_queue.Writer.TryWrite((lines, readings)))
        {
            Interlocked.Add(ref _queuedBytes, -lines.Length);
            Interlocked.Add(ref _dropped, readings);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _http.Dispose();
        _stop.Dispose();
    }

    private static byte[] Format(StoredBatch batch)
    {
        var lines = new LineBuffer();
        var keys = new Dictionary<int, byte[]>();
        Dictionary<int, Provenance> provenances = batch.Accounts.GroupBy(account => account.DeviceId).ToDictionary(group => group.Key, group => group.Last().Provenance);
        foreach (ref readonly Reading reading in batch.Readings.Readings)
        {
            TagDefinition tag = batch.Definition.Tags[reading.TagId];
            if (!keys.TryGetValue(reading.TagId, out byte[]? key))
            {
                key = ReadingFormatter.Key(new SeriesKey(batch.Agent.Site, batch.Agent.Agent, batch.Definition.Devices[tag.DeviceId].Name, tag.Name));
                keys.Add(reading.TagId, key);
            }

            ReadingFormatter.Write(
                lines, key, reading, batch.Readings.BytesOf(reading), provenances.GetValueOrDefault(tag.DeviceId), InfluxTime.Nearest(reading.SourceTicks));
        }

        return lines.Written.ToArray();
    }

    private async Task RunAsync()
    {
        await foreach ((byte[] lines, int readings) in _queue.Reader.ReadAllAsync(_stop.Token))
        {
            bool taken = await PostAsync(lines);
            Interlocked.Add(ref _queuedBytes, -lines.Length);
            Interlocked.Add(ref taken ? ref _sent : ref _dropped, readings);
        }
    }

    /// <returns>False when the target refuses the lines, which trying again would not change.</returns>
    private async Task<bool> PostAsync(byte[] lines)
    {
        while (true)
        {
            string problem;
            try
            {
                using HttpResponseMessage answer = await _http.PostAsync(new Uri(_config.Url), new ByteArrayContent(lines), _stop.Token);
                if (answer.IsSuccessStatusCode)
                {
                    Back();
                    return true;
                }

                problem = $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(_stop.Token)}".Trim();
                // Too many requests, and faults of the server, pass; anything else is about these lines.
                if ((int)answer.StatusCode is >= 400 and < 500 and not (408 or 429))
                {
                    Away(problem);
                    return false;
                }
            }
            catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !_stop.IsCancellationRequested))
            {
                problem = e.Message;
            }

            Away(problem);
            await Task.Delay(RetryPause, _time, _stop.Token);
        }
    }

    private void Away(string problem)
    {
        if (_problem is null)
        {
            LogAway(_log, _config.Name, problem);
        }

        _problem = problem;
    }

    private void Back()
    {
        if (_problem is not null)
        {
            _problem = null;
            LogBack(_log, _config.Name, Interlocked.Read(ref _dropped));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The forward {Name} takes nothing: {Problem}. The store is not affected; copies wait, and are dropped when too many do")]
    private static partial void LogAway(ILogger log, string name, string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "The forward {Name} takes copies again; {Dropped} readings were not copied since the start")]
    private static partial void LogBack(ILogger log, string name, long dropped);
}
