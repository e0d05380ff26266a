using EdgeAgent.Collector.Buffer;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Protocols.Mqtt.Client;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Collector.Publishing.Following;

/// <summary>Starts, runs and stops one publisher's loop over one MQTT connection, which every format does alike.</summary>
internal abstract class MqttPublisher : IPublisher
{
    private readonly PublisherConfig _config;
    private readonly TimeSpan _problemPause;
    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;
    private bool _stopped;

    /// <param name="problemPause">How long it waits before it tries again what failed.</param>
    /// <exception cref="ArgumentException">The buffer has no cursor of this name.</exception>
    protected MqttPublisher(PublisherConfig config, BatchBuffer buffer, TimeSpan problemPause, TimeProvider time, ILogger logger)
    {
        // Fails here rather than at the first acknowledgement when the buffer was opened without this cursor.
        _ = buffer.PassedContiguous(config.Name);
        (_config, Buffer, _problemPause, Time, Logger) = (config, buffer, problemPause, time, logger);
    }

    public string Name => _config.Name;

    public PublisherStatistics Statistics => Count(new PublisherStatistics(
        Name, Client.IsConnected, Client.Broker?.ToString(), 0, 0, Counters.Published, Counters.Repeated, Counters.Acknowledged, 0, false, Counters.LastProblem)
    {
        Lag = Buffer.LagOf(Name),
        DiscardedReadings = Buffer.DiscardedReadingsOf(Name),
    });

    protected BatchBuffer Buffer { get; }

    protected TimeProvider Time { get; }

    protected ILogger Logger { get; }

    protected WakeSignal Wake { get; } = new();

    protected PublisherCounters Counters { get; } = new();

    protected abstract MqttClient Client { get; }

    /// <summary>Whether it makes sense to bring out what is left.</summary>
    protected virtual bool CanDrain => Client.IsConnected;

    public virtual void Start() => _running = Task.Run(() => RunAsync(_stopping.Token));

    public abstract void Announce(PublishedPlant plant);

    public async Task StopAsync(TimeSpan limit)
    {
        if (_stopped)
        {
            return;
        }

        _stopped = true;
        Stopping();
        using var deadline = new CancellationTokenSource(limit, Time);
        if (CanDrain)
        {
            await DrainAsync(deadline.Token).ConfigureAwait(false);
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        Wake.Set();
        await _running.ConfigureAwait(false);
        try
        {
            await LeaveAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The broker does not answer in time; a will message says the same for us.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(TimeSpan.Zero).ConfigureAwait(false);
        await Client.DisposeAsync().ConfigureAwait(false);
        Release();
        _stopping.Dispose();
    }

    /// <summary>Adds what only this format counts.</summary>
    protected abstract PublisherStatistics Count(PublisherStatistics statistics);

    /// <summary>The client has started; the steps follow.</summary>
    protected virtual void Started(CancellationToken stop)
    {
    }

    /// <summary>Does what is to be done, or waits for something to do; called again and again. What it throws is reported, and it is called again.</summary>
    protected abstract Task StepAsync(CancellationToken stop);

    /// <summary>Whether an exception of a step is a state of buffer or broker rather than a fault of our own.</summary>
    protected virtual bool IsExpected(Exception problem) => problem is BufferUnreadableException;

    /// <summary>Nothing has stopped yet.</summary>
    protected virtual void Stopping()
    {
    }

    /// <summary>Completes when everything is out, when that cannot be, or when the token is cancelled. Steps are still taken.</summary>
    protected abstract Task DrainAsync(CancellationToken limit);

    /// <summary>Says goodbye; no step is taken any more.</summary>
    protected virtual async Task LeaveAsync(CancellationToken limit) => await Client.DisconnectAsync(limit).ConfigureAwait(false);

    /// <summary>The client is disposed; what else is held goes now.</summary>
    protected virtual void Release()
    {
    }

    /// <summary>Remembers a problem, and logs it unless it is the one that is known.</summary>
    protected void Note(string problem)
    {
        if (Counters.LastProblem != problem)
        {
            Counters.LastProblem = problem;
            Logger.PublisherProblem(Name, problem);
        }
    }

    protected async Task PauseAsync(CancellationToken stop)
    {
        try
        {
            await Task.Delay(_problemPause, Time, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    private async Task RunAsync(CancellationToken stop)
    {
        await Client.StartAsync(CancellationToken.None).ConfigureAwait(false);
        Started(stop);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await StepAsync(stop).ConfigureAwait(false);
                continue;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (IsExpected(e))
            {
                Note(e.Message);
            }
            catch (Exception e)
            {
                // A publisher never ends: what it holds back would fill the buffer unseen.
                Counters.LastProblem = e.Message;
                Logger.PublisherFailed(Name, e);
            }

            await PauseAsync(stop).ConfigureAwait(false);
        }
    }
}
