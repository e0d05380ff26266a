using System.Net;
using System.Net.Sockets;

namespace EdgeAgent.Protocols.Modbus.Server;

/// <summary>A simulated Modbus device on a UDP port: one datagram a frame.</summary>
/// <remarks>Of the faults it shows those that change the answer or leave it out; the others are about streams.</remarks>
public sealed class ModbusUdpServer : IAsyncDisposable
{
    private readonly ModbusServerOptions _options;
    private readonly TimeProvider _time;
    private readonly Socket _socket;
    private readonly CancellationTokenSource _stop = new();
    private Task _serving = Task.CompletedTask;

    public ModbusUdpServer(ModbusServerOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _socket = new Socket(options.Address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
    }

    public ModbusUnits Units { get; } = new();

    public ModbusFaultSwitches Faults { get; } = new();

    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    public void Start()
    {
        _socket.Bind(new IPEndPoint(_options.Address, _options.Port));
        _serving = ServeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _socket.Dispose();
        await _serving.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        var answers = new AnswerBuilder(_options, Units, Faults);
        var received = new byte[2 * ServerFraming.FrameBytesMax];
        var answer = new byte[ServerFraming.FrameBytesMax];
        var from = new SocketAddress(_options.Address.AddressFamily);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var bytes = await _socket.ReceiveFromAsync(received, SocketFlags.None, from, _stop.Token).ConfigureAwait(false);
                answers.Next(received.AsSpan(0, bytes), answer, out _, out var answerBytes, out var faulty);
                if (faulty is not null)
                {
                    await SendFaultyAsync(faulty, from).ConfigureAwait(false);
                }
                else if (answerBytes > 0)
                {
                    await _socket.SendToAsync(answer.AsMemory(0, answerBytes), SocketFlags.None, from, _stop.Token).ConfigureAwait(false);
                }
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // What a client's vanished port sends back; the next datagram may be another's.
            }
        }
    }

    private async ValueTask SendFaultyAsync(FaultyAnswer faulty, SocketAddress to)
    {
        switch (faulty.Fault.Kind)
        {
            case ModbusFaultKind.Silent or ModbusFaultKind.Cut or ModbusFaultKind.CutInside:
                return;
            case ModbusFaultKind.Late or ModbusFaultKind.Stall:
                await Task.Delay(TimeSpan.FromMilliseconds(faulty.Fault.DelayMs), _time, _stop.Token).ConfigureAwait(false);
                break;
            case ModbusFaultKind.Duplicate:
                await _socket.SendToAsync(faulty.Frame, SocketFlags.None, to, _stop.Token).ConfigureAwait(false);
                break;
        }

        await _socket.SendToAsync(faulty.Frame, SocketFlags.None, to, _stop.Token).ConfigureAwait(false);
    }
}
