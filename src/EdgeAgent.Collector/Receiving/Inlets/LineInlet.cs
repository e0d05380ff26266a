using EdgeAgent.Collector.Drivers;
using EdgeAgent.Protocols.Serial;

namespace EdgeAgent.Collector.Receiving.Inlets;

/// <summary>A serial port, or a TCP connection that we make.</summary>
internal sealed class LineInlet(LinePlace place, ILineOpener opener) : IInlet
{
    private CancellationTokenSource? _stop;
    private Task _serving = Task.CompletedTask;

    public bool IsOpen => _stop is not null && !_serving.IsCompleted;

    public async ValueTask OpenAsync(Func<Stream, string, CancellationToken, Task> serve, Action<string> lost, CancellationToken cancellation)
    {
        ILine line;
        try
        {
            line = await opener.OpenAsync(place, cancellation).ConfigureAwait(false);
        }
        catch (LineOpenException exception)
        {
            throw new EndpointConnectException(exception.Message, exception);
        }

        _stop = new CancellationTokenSource();
        _serving = ServeAsync(line, serve, lost, _stop.Token);
    }

    public async ValueTask CloseAsync()
    {
        if (_stop is { } stop)
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            stop.Dispose();
            _stop = null;
        }
    }

    private static async Task ServeAsync(ILine line, Func<Stream, string, CancellationToken, Task> serve, Action<string> lost, CancellationToken stop)
    {
        string problem = $"{line.Name}: the other end closed the connection";
        await Task.Yield();
        using (line)
        {
            try
            {
                var stream = new LineStream(line);
                await using (stream.ConfigureAwait(false))
                {
                    await serve(stream, line.Name, stop).ConfigureAwait(false);
                }
            }
            catch (Exception exception) when (exception is IOException or TimeoutException)
            {
                problem = exception is LineBrokenException ? exception.Message : $"{line.Name}: {exception.Message}";
            }
            catch (OperationCanceledException)
            {
            }
        }

        if (!stop.IsCancellationRequested)
        {
            lost(problem);
        }
    }
}
