using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading.Tasks.Sources;

namespace EdgeAgent.Protocols.Modbus.Client.Links;

/// <summary>A connected TCP socket on Linux, read by a <see cref="SocketPoller"/>.</summary>
/// <remarks>The poller disposes the socket when it has seen its end, so that no call can hit another socket of the same number.</remarks>
internal sealed unsafe class PolledLink : ModbusLink, IPolled, IValueTaskSource<int>
{
    private readonly Socket _socket;
    private readonly SafeSocketHandle _handle;
    private readonly SocketPoller _poller;
    private ManualResetValueTaskSourceCore<int> _received;
    private Memory<byte> _buffer;
    private long _id;
    private bool _waiting;
    private volatile bool _closing;

    public PolledLink(Socket socket, SocketPoller poller)
    {
        _socket = socket;
        _handle = socket.SafeHandle;
        _poller = poller;
    }

    /// <remarks>Watched from the first receive on, by the level: bytes that are there already are reported at once.</remarks>
    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        _received.Reset();
        _buffer = buffer;
        var task = new ValueTask<int>(this, _received.Version);
        Volatile.Write(ref _waiting, true);
        if (_id == 0)
        {
            _id = _poller.Enter(this);
            _poller.Watch(_id, _handle, LinuxSockets.Readable);
        }

        return task;
    }

    public override ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes)
    {
        nint sent;
        fixed (byte* start = bytes.Span)
        {
            sent = LinuxSockets.Send(_handle, start, bytes.Length, LinuxSockets.DoNotWait | LinuxSockets.NoSignal);
        }

        // A full buffer and an error both are for the runtime's way, which waits or throws.
        return sent >= 0 ? new ValueTask<int>((int)sent) : _socket.SendAsync(bytes, SocketFlags.None);
    }

    public override void Close()
    {
        _closing = true;
        try
        {
            _socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It was not connected any more.
        }
    }

    /// <summary>On the poller's thread.</summary>
    public void OnReady()
    {
        if (!Volatile.Read(ref _waiting))
        {
            if (_closing)
            {
                // Nobody will receive any more, and the level would be reported for ever.
                Leave();
            }

            return;
        }

        nint bytes;
        fixed (byte* start = _buffer.Span)
        {
            bytes = LinuxSockets.Receive(_handle, start, _buffer.Length, LinuxSockets.DoNotWait);
        }

        var error = bytes < 0 ? Marshal.GetLastPInvokeError() : 0;
        if (error is LinuxSockets.TryAgain or LinuxSockets.Interrupted)
        {
            return;
        }

        _waiting = false;
        if (bytes > 0)
        {
            _received.SetResult((int)bytes);
            return;
        }

        Leave();
        if (error == 0)
        {
            _received.SetResult(0);
        }
        else
        {
            _received.SetException(new IOException(Marshal.GetPInvokeErrorMessage(error)));
        }
    }

    public int GetResult(short token) => _received.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _received.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _received.OnCompleted(continuation, state, token, flags);

    private void Leave()
    {
        _poller.Remove(_id, _handle);
        _socket.Dispose();
    }
}
