using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using EdgeAgent.Protocols.Modbus.Client.Links;

namespace EdgeAgent.Protocols.Modbus.Client.DialIn;

/// <summary>One listening port: accepts devices, learns from their first bytes who they are, and hands them to the client that waits for them.</summary>
internal sealed class DialInPort
{
    /// <summary>Longer than any serial server's registration packet; a stranger that sends more is turned away.</summary>
    private const int RegistrationBytesMax = 512;

    /// <summary>Connections that have not yet said who they are; more than these wait in the system's queue.</summary>
    private const int StrangersMax = 64;

    /// <summary>Devices send their registration at once; who says nothing for so long is none.</summary>
    private static readonly TimeSpan RegistrationWaitMax = TimeSpan.FromSeconds(60);

    private readonly TimeProvider _time;
    private readonly Socket _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _strangers = new(StrangersMax);
    private ImmutableArray<DialInSeat> _seats = [];

    public DialInPort(IPEndPoint where, TimeProvider time)
    {
        _time = time;
        Where = where;
        _listener = new Socket(where.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            _listener.Bind(where);
            _listener.Listen();
        }
        catch
        {
            _listener.Dispose();
            throw;
        }

        Completion = AcceptAsync();
    }

    public IPEndPoint Where { get; }

    public Task Completion { get; }

    public DialInSeat Add(ReadOnlyMemory<byte> registration, Action dialledAgain)
    {
        foreach (var other in _seats)
        {
            // One that is the beginning of another, the empty one included, would take the other's device.
            if (other.Registration.Span.StartsWith(registration.Span) || registration.Span.StartsWith(other.Registration.Span))
            {
                throw new ModbusConnectException(
                    $"listen {Where}: two endpoints share this port and their registrations cannot be told apart; give each its own");
            }
        }

        var seat = new DialInSeat(this, registration, dialledAgain);
        _seats = _seats.Add(seat);
        return seat;
    }

    /// <summary>True when nobody is left.</summary>
    public bool Remove(DialInSeat seat)
    {
        _seats = _seats.Remove(seat);
        return _seats.IsEmpty;
    }

    public void Stop()
    {
        _stop.Cancel();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await _strangers.WaitAsync(_stop.Token).ConfigureAwait(false);
                var socket = await _listener.AcceptAsync(_stop.Token).ConfigureAwait(false);
                _ = SeatAsync(socket);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // A device that hung up before it was accepted.
                _strangers.Release();
            }
        }
    }

    private async Task SeatAsync(Socket socket)
    {
        try
        {
            if (await RecogniseAsync(socket).ConfigureAwait(false) is { } seat)
            {
                seat.Offer(socket);
                return;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // It hung up, or the port is closed.
        }
        finally
        {
            _strangers.Release();
        }

        socket.Dispose();
    }

    private async Task<DialInSeat?> RecogniseAsync(Socket socket)
    {
        SocketTuning.Apply(socket);
        using var patience = new CancellationTokenSource(RegistrationWaitMax, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, _stop.Token);
        var received = new byte[RegistrationBytesMax];
        var length = 0;
        while (true)
        {
            var possible = false;
            foreach (var seat in _seats)
            {
                if (received.AsSpan(0, length).StartsWith(seat.Registration.Span))
                {
                    return seat;
                }

                possible |= seat.Registration.Span.StartsWith(received.AsSpan(0, length));
            }

            if (!possible || length == received.Length)
            {
                return null;
            }

            if (ModbusLink.IsPolled(socket))
            {
                await PolledWait.ForReadableAsync(socket, either.Token).ConfigureAwait(false);
            }

            var bytes = await socket.ReceiveAsync(received.AsMemory(length), either.Token).ConfigureAwait(false);
            if (bytes == 0)
            {
                return null;
            }

            length += bytes;
        }
    }
}
