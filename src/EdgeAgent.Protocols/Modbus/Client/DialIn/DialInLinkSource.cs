using System.Net;
using EdgeAgent.Protocols.Modbus.Client.Links;

namespace EdgeAgent.Protocols.Modbus.Client.DialIn;

/// <summary>Takes the connections of the one device that this client waits for.</summary>
/// <param name="dialledAgain">Called when the device dials in while its former connection still seems to stand: behind an address
/// translation nobody tells us that the former one is dead.</param>
internal sealed class DialInLinkSource(ModbusListenTransport transport, Action dialledAgain, TimeProvider time) : LinkSource
{
    private DialInSeat? _seat;

    public override string TimeoutText => "no device has dialled in";

    public override async Task<ModbusLink> OpenAsync(CancellationToken cancellation)
    {
        // Kept from the first connect to the end, so that the device can dial in whenever it likes.
        _seat ??= DialInPorts.Take(new IPEndPoint(transport.Address, transport.Port), transport.Registration, dialledAgain, time);
        var socket = await _seat.TakeAsync(cancellation).ConfigureAwait(false);
        return ModbusLink.Over(socket);
    }

    public override async ValueTask DisposeAsync()
    {
        if (_seat is { } seat)
        {
            await DialInPorts.LeaveAsync(seat).ConfigureAwait(false);
        }
    }
}
