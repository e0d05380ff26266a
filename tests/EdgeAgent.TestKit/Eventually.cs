namespace EdgeAgent.TestKit;

/// <summary>Waits for something outside the process to become true, for partners that give no signal.</summary>
public static class Eventually
{
    /// <summary>Asks until the answer is true; fails with <paramref name="what"/> after the limit (60 s unless told).</summary>
    public static Task TrueAsync(Func<bool> condition, string what, TimeSpan? limit = null) =>
        TrueAsync(() => Task.FromResult(condition()), what, limit);

    public static Task TrueAsync(Func<Task<bool>> condition, string what, TimeSpan? limit = null) => TrueAsync(condition, () => what, limit);

    /// <param name="what">Asked when time is up, so that it tells what programs had printed by then.</param>
    public static async Task TrueAsync(Func<Task<bool>> condition, Func<string> what, TimeSpan? limit = null)
    {
        using var deadline = new CancellationTokenSource(limit ?? TimeSpan.FromSeconds(60));
        while (!await condition())
        {
            try
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), deadline.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException("did not happen: " + what());
            }
        }
    }

    /// <summary>Completes when the port on 127.0.0.1 accepts connections.</summary>
    public static Task PortOpenAsync(int port, TimeSpan? limit = null) => TrueAsync(
        async () =>
        {
            using var probe = new System.Net.Sockets.TcpClient();
            try
            {
                await probe.ConnectAsync(System.Net.IPAddress.Loopback, port);
                return true;
            }
            catch (System.Net.Sockets.SocketException)
            {
                return false;
            }
        },
        $"port {port} accepts connections",
        limit);
}
