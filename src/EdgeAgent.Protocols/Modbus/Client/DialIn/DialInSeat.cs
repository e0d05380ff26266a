using System.Net.Sockets;

namespace EdgeAgent.Protocols.Modbus.Client.DialIn;

/// <summary>One client's place on a port: keeps the device's newest connection until the client takes it.</summary>
internal sealed class DialInSeat(DialInPort port, ReadOnlyMemory<byte> registration, Action dialledAgain)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Socket? _newest;
    private bool _left;

    public DialInPort Port { get; } = port;

    public ReadOnlyMemory<byte> Registration { get; } = registration;

    public void Offer(Socket socket)
    {
        // First, or it could hit the connection that is made of this very socket.
        dialledAgain();
        Socket? unwanted;
        lock (_gate)
        {
            unwanted = _left ? socket : _newest;
            _newest = _left ? null : socket;
            _arrived.TrySetResult();
        }

        unwanted?.Dispose();
    }

    public async Task<Socket> TakeAsync(CancellationToken cancellation)
    {
        while (true)
        {
            Task arrived;
            lock (_gate)
            {
                if (_newest is { } socket)
                {
                    _newest = null;
                    _arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    return socket;
                }

                arrived = _arrived.Task;
            }

            await arrived.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    public void Leave()
    {
        Socket? unwanted;
        lock (_gate)
        {
            _left = true;
            unwanted = _newest;
            _newest = null;
        }

        unwanted?.Dispose();
    }
}
