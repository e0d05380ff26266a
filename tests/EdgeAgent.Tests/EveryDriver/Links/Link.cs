namespace EdgeAgent.Tests.EveryDriver.Links;

/// <summary>What bytes travel on between a device of the test and the agent.</summary>
internal abstract class Link : IAsyncDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);

    private CancellationTokenSource? _there;
    private Task _serving = Task.CompletedTask;

    /// <summary>Takes what was received, from the front, and gives what is to be sent.</summary>
    public Func<List<byte>, byte[]> Take { get; set; } = received => { received.Clear(); return []; };

    /// <summary>What is sent ten times a second without having been asked for.</summary>
    public Func<byte[]> Tell { get; set; } = () => [];

    /// <summary>Settings of an endpoint that leads here, without braces.</summary>
    public abstract string Settings { get; }

    public async Task AppearAsync()
    {
        await OpenAsync();
        _there = new CancellationTokenSource();
        _serving = Task.Run(() => ServeAsync(_there.Token));
    }

    public async Task VanishAsync()
    {
        if (_there is { } there)
        {
            _there = null;
            await there.CancelAsync();
            await CloseAsync();
            await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            there.Dispose();
        }
    }

    public async ValueTask DisposeAsync() => await VanishAsync();

    protected abstract Task OpenAsync();

    protected abstract Task ServeAsync(CancellationToken gone);

    protected abstract Task CloseAsync();

    /// <summary>Converses over one stream until it ends.</summary>
    protected async Task ConverseAsync(Func<Memory<byte>, CancellationToken, ValueTask<int>> receive, Func<byte[], CancellationToken, Task> send, CancellationToken gone)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(gone);
        Task telling = Task.Run(() => TellAsync(send, ended.Token), gone);
        var received = new List<byte>();
        byte[] buffer = new byte[4096];
        try
        {
            while (await receive(buffer, gone) is > 0 and int count)
            {
                received.AddRange(buffer.AsSpan(0, count));
                while (received.Count > 0 && received.Count is int before)
                {
                    byte[] answer = Take(received);
                    if (answer.Length > 0)
                    {
                        await send(answer, gone);
                    }

                    if (received.Count == before)
                    {
                        break;
                    }
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or System.Net.Sockets.SocketException)
        {
            // The agent hung up, or the peer vanishes.
        }

        await ended.CancelAsync();
        await telling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task TellAsync(Func<byte[], CancellationToken, Task> send, CancellationToken ended)
    {
        while (true)
        {
            byte[] told = Tell();
            if (told.Length > 0)
            {
                await send(told, ended);
            }

            await Task.Delay(Beat, ended);
        }
    }
}
