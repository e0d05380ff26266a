using System.Net;
using System.Net.Sockets;

namespace EdgeAgent.Protocols.Modbus.Client.Links;

/// <summary>Waits once for a socket on Linux, by a <see cref="SocketPoller"/> instead of the runtime's own.</summary>
internal sealed class PolledWait : IPolled
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PolledWait()
    {
    }

    /// <exception cref="SocketException">The other side refused, or cannot be reached.</exception>
    public static async Task ConnectAsync(Socket socket, IPEndPoint remote, CancellationToken cancellation)
    {
        socket.Blocking = false;
        try
        {
            socket.Connect(remote);
            return;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            // On its way.
        }

        await ForAsync(socket, LinuxSockets.Writable, cancellation).ConfigureAwait(false);
        if (socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error) is int error and not 0)
        {
            throw new SocketException(error);
        }
    }

    /// <summary>Until there is something to receive, the end included.</summary>
    public static Task ForReadableAsync(Socket socket, CancellationToken cancellation) => ForAsync(socket, LinuxSockets.Readable, cancellation);

    public void OnReady() => _ready.TrySetResult();

    private static async Task ForAsync(Socket socket, uint events, CancellationToken cancellation)
    {
        var poller = SocketPoller.Next();
        var wait = new PolledWait();
        var id = poller.Enter(wait);
        try
        {
            poller.Watch(id, socket.SafeHandle, events | LinuxSockets.Once);
            await wait._ready.Task.WaitAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            poller.Remove(id, socket.SafeHandle);
        }
    }
}
