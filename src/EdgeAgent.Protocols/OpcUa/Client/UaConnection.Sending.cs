using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Client;

internal sealed partial class UaConnection
{
    // Buffers that one huge request has blown up are given back.
    private const int KeptBytesMax = 64 * 1024;

    private readonly UaBuffer _message = new(512);
    private UaBuffer _outgoing = new(1024);
    private UaBuffer _underway = new(1024);
    private bool _isSending;

    private void FlushUnlessDispatching()
    {
        if (_dispatching != Environment.CurrentManagedThreadId)
        {
            _ = SendOutgoingAsync();
        }
    }

    /// <summary>Sends until nothing is left, unless somebody already does: what comes meanwhile goes out together.</summary>
    private async Task SendOutgoingAsync()
    {
        lock (_gate)
        {
            if (_isSending || _outgoing.Length == 0)
            {
                return;
            }
            _isSending = true;
        }
        try
        {
            while (TakeOutgoing())
            {
                for (ReadOnlyMemory<byte> rest = _underway.Written; rest.Length > 0;)
                {
                    int sent = await _link.SendAsync(rest).ConfigureAwait(false);
                    rest = rest[sent..];
                    _counters.BytesSent += sent;
                }
            }
        }
        catch (Exception failure)
        {
            Close(StatusCodes.BadConnectionClosed, $"sending failed ({failure.Message})");
        }
    }

    private bool TakeOutgoing()
    {
        lock (_gate)
        {
            if (_closed || _outgoing.Length == 0)
            {
                _isSending = false;
                return false;
            }
            (_underway, _outgoing) = (_outgoing, _underway);
            _outgoing.Clear();
            _outgoing.Trim(KeptBytesMax);
            return true;
        }
    }
}
