using System.Net.Sockets;

namespace EdgeAgent.Protocols.Modbus.Server;

/// <summary>One answer that a fault switch spoils, with what is needed to send it.</summary>
internal sealed record FaultyAnswer(ModbusFault Fault, byte[] Request, byte[] Frame)
{
    /// <summary>Bytes that no frame begins with, and one that looks like the beginning of one.</summary>
    private static readonly byte[] Noise = [0xFF, 0x00, 0xA5, 0x5A, 0x01, 0x03, 0x7F, 0x13, 0x37];

    /// <summary>Sends what the fault leaves of the answer.</summary>
    /// <returns>False when the connection is to be closed.</returns>
    public async ValueTask<bool> SendAsync(Socket socket, TimeProvider time, CancellationToken cancellation)
    {
        switch (Fault.Kind)
        {
            case ModbusFaultKind.Silent:
                return true;
            case ModbusFaultKind.Late:
                _ = SendLaterAsync(socket, time, cancellation);
                return true;
            case ModbusFaultKind.Stall:
                await DelayAsync(time, cancellation).ConfigureAwait(false);
                break;
            case ModbusFaultKind.Garbage:
                await socket.SendAsync(Noise, cancellation).ConfigureAwait(false);
                break;
            case ModbusFaultKind.Echo:
                await socket.SendAsync(Request, cancellation).ConfigureAwait(false);
                break;
            case ModbusFaultKind.Duplicate:
                await socket.SendAsync(Frame, cancellation).ConfigureAwait(false);
                break;
            case ModbusFaultKind.SlowBytes:
                await SendSlowlyAsync(socket, time, cancellation).ConfigureAwait(false);
                return true;
            case ModbusFaultKind.Cut:
                return false;
            case ModbusFaultKind.CutInside:
                await socket.SendAsync(Frame.AsMemory(0, Frame.Length / 2), cancellation).ConfigureAwait(false);
                return false;
        }

        await socket.SendAsync(Frame, cancellation).ConfigureAwait(false);
        return true;
    }

    private async Task SendLaterAsync(Socket socket, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            await DelayAsync(time, cancellation).ConfigureAwait(false);
            await socket.SendAsync(Frame, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The connection ended first: then this answer is never heard.
        }
    }

    private async ValueTask SendSlowlyAsync(Socket socket, TimeProvider time, CancellationToken cancellation)
    {
        for (var i = 0; i < Frame.Length; i++)
        {
            await socket.SendAsync(Frame.AsMemory(i, 1), cancellation).ConfigureAwait(false);
            await DelayAsync(time, cancellation).ConfigureAwait(false);
        }
    }

    private Task DelayAsync(TimeProvider time, CancellationToken cancellation) =>
        Task.Delay(TimeSpan.FromMilliseconds(Fault.DelayMs), time, cancellation);
}
