using System.Net;
using System.Net.Sockets;

namespace EdgeAgent.Simulation.Sensors;

/// <summary>Something with an address and nothing to read: it takes connections and ends them.</summary>
internal sealed class AnsweringAddress : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly Task _accepting;

    private AnsweringAddress(TcpListener listener)
    {
        _listener = listener;
        _accepting = Task.Run(AcceptAsync, CancellationToken.None);
    }

    /// <exception cref="SocketException">The port is taken.</exception>
    public static AnsweringAddress Start(IPAddress address, int port)
    {
        TcpListener listener = new(address, port);
        listener.Start();
        return new AnsweringAddress(listener);
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using Socket caller = await _listener.AcceptSocketAsync();
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Switched off.
        }
    }
}
