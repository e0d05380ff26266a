using EdgeAgent.Collector.Drivers;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Collector.Scheduling;

/// <summary>Keeps one endpoint connected: tries, waits longer after each failure, and tells people about it without flooding the log.</summary>
/// <remarks>Owned by the endpoint's loop. Connecting happens beside the loop, so that what is due meanwhile is counted as bad on time.</remarks>
internal sealed class ConnectionSupervisor(
    IEndpoint endpoint, string name, SchedulingLimits limits, Func<double> random, TimeProvider time, Action wake, ILogger logger)
{
    private readonly Backoff _backoff = new(limits.ConnectBackoffFirstMs, limits.ConnectBackoffMostMs, random);
    private readonly RepeatedProblem _failing = new(time);
    private Task? _attempt;
    private long _connectedStamp;

    public bool IsUp { get; private set; }

    /// <summary>When the next try is due; only meaningful while the endpoint is down and no try is under way.</summary>
    public long NextTryStamp { get; set; } = time.GetTimestamp();

    public bool IsConnecting => _attempt is not null;

    /// <summary>Connections made since the start.</summary>
    public int Connects { get; private set; }

    /// <summary>Why it is down, or null when it is up.</summary>
    public string? LastProblem { get; private set; }

    /// <summary>Why it was down lately.</summary>
    public ProblemHistory Problems { get; } = new(time);

    /// <summary>Takes a connection as it is that stood before the loop began, as after a reload.</summary>
    public void TakeOver()
    {
        IsUp = true;
        _connectedStamp = time.GetTimestamp();
    }

    /// <summary>Starts a try when one is due, and takes in the result of one that ended.</summary>
    /// <returns>Whether the endpoint has just come up.</returns>
    public bool Step(bool isIdle, CancellationToken stop)
    {
        if (_attempt is { IsCompleted: true })
        {
            return TakeResult();
        }

        if (!IsUp && _attempt is null && isIdle && time.GetTimestamp() >= NextTryStamp)
        {
            _attempt = TryAsync(stop);
            if (_attempt.IsCompleted)
            {
                return TakeResult();
            }

            _ = WakeAfterAsync(_attempt);
        }

        return false;
    }

    /// <summary>Notes that the connection is gone or of no use.</summary>
    public void Lost(string problem)
    {
        if (!IsUp)
        {
            return;
        }

        IsUp = false;
        LastProblem = problem;
        Problems.Note(problem);
        logger.ConnectionLost(name, problem);

        // A connection that had stood is tried again at once; one that breaks as soon as it is made is not, else we flood the device.
        bool hadStood = time.GetElapsedTime(_connectedStamp).TotalMilliseconds >= limits.ConnectBackoffFirstMs;
        if (hadStood)
        {
            _backoff.Reset();
        }

        NextTryStamp = time.GetTimestamp() + (hadStood ? 0 : _backoff.Next().ToStamps(time));
    }

    /// <summary>Waits for a try under way, which the stop has cancelled.</summary>
    public async ValueTask StopAsync()
    {
        if (_attempt is { } attempt)
        {
            await attempt.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TryAsync(CancellationToken stop)
    {
        await endpoint.DisconnectAsync().ConfigureAwait(false);
        await endpoint.ConnectAsync(stop).ConfigureAwait(false);
    }

    private async Task WakeAfterAsync(Task attempt)
    {
        await attempt.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        wake();
    }

    private bool TakeResult()
    {
        Task attempt = _attempt!;
        _attempt = null;
        if (attempt.IsCompletedSuccessfully)
        {
            IsUp = true;
            Connects++;
            _connectedStamp = time.GetTimestamp();
            LastProblem = null;
            Problems.Note(null);
            int failures = _failing.Count;
            if (_failing.WentAway())
            {
                logger.ConnectedAfterFailures(name, failures);
            }
            else
            {
                logger.Connected(name);
            }

            return true;
        }

        Exception? exception = attempt.Exception?.InnerException;
        LastProblem = exception?.Message ?? "cancelled";
        Problems.Note(LastProblem);
        TimeSpan pause = _backoff.Next();
        NextTryStamp = time.GetTimestamp() + pause.ToStamps(time);
        if (exception is not null and not EndpointConnectException)
        {
            logger.ConnectFaulted(exception, name);
        }
        else if (!attempt.IsCanceled && _failing.Happened())
        {
            logger.ConnectFailed(name, LastProblem, _failing.Count, pause.TotalSeconds);
        }

        return false;
    }
}
