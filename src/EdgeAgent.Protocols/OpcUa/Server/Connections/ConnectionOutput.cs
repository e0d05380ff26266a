using System.Net.Sockets;
using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Server;

/// <summary>What waits to be sent on a connection: written by whoever holds the gate, sent by one at a time without it.</summary>
internal sealed class ConnectionOutput(Socket socket, Lock gate)
{
    // A buffer that one huge answer has blown up is given back.
    private const int KeptBytesMax = 1024 * 1024;

    private UaBuffer _pending = new();
    private UaBuffer _sending = new();
    private Task _sender = Task.CompletedTask;
    private bool _isSending;
    private bool _isClosed;

    public UaBuffer Pending => _pending;

    /// <summary>Begins to send what is pending, unless it is being sent.</summary>
    public void Flush()
    {
        if (!_isSending && !_isClosed && _pending.Length > 0)
        {
            _isSending = true;
            _sender = SendAsync();
        }
    }

    /// <summary>Completes when everything that was pending has been sent or cannot be sent.</summary>
    public Task DrainAsync() => _sender;

    public void Close() => _isClosed = true;

    private async Task SendAsync()
    {
        // Whoever flushes holds the gate, and sending must not.
        await Task.Yield();
        try
        {
            while (true)
            {
                lock (gate)
                {
                    _sending.Clear();
                    _sending.Trim(KeptBytesMax);
                    if (_pending.Length == 0 || _isClosed)
                    {
                        _isSending = false;
                        return;
                    }
                    (_pending, _sending) = (_sending, _pending);
                }
                for (ReadOnlyMemory<byte> rest = _sending.Written; !rest.IsEmpty;)
                {
                    rest = rest[await socket.SendAsync(rest, SocketFlags.None).ConfigureAwait(false)..];
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            lock (gate)
            {
                _isClosed = true;
            }
        }
    }
}
