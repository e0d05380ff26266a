using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using EdgeAgent.Protocols.Melsec;

namespace EdgeAgent.Collector.Tests.Drivers.Melsec;

/// <summary>A controller of the test's making: D registers and M relays, both kinds of frames, with a switch for silence.</summary>
internal sealed class ScriptedMelsec : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    public ScriptedMelsec(MelsecFrameKind kind)
    {
        _listener.Start();
        _serving = ServeAsync(kind);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>D0 to D511; anything beyond is refused.</summary>
    public ushort[] Registers { get; } = new ushort[512];

    /// <summary>M0 to M255 as sixteen words.</summary>
    public ushort[] Relays { get; } = new ushort[16];

    public List<(int Area, int Start, int Words)> Requests { get; } = [];

    public bool Silent { get; set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync(MelsecFrameKind kind)
    {
        try
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                try
                {
                    await TalkAsync(client.GetStream(), kind);
                }
                catch (IOException)
                {
                    // The peer went away, as it does after a timeout.
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException)
        {
        }
    }

    private async Task TalkAsync(NetworkStream stream, MelsecFrameKind kind)
    {
        byte[] request = new byte[kind == MelsecFrameKind.E3 ? 21 : 12];
        while (await stream.ReadAtLeastAsync(request, request.Length, throwOnEndOfStream: false, _stop.Token) == request.Length)
        {
            bool is3E = kind == MelsecFrameKind.E3;
            int start = is3E ? request[15] | (request[16] << 8) | (request[17] << 16) : BinaryPrimitives.ReadInt32LittleEndian(request.AsSpan(4));
            int words = is3E ? BinaryPrimitives.ReadUInt16LittleEndian(request.AsSpan(19)) : request[10];
            bool isRegister = is3E ? request[18] == (byte)MelsecArea.DataRegister : request[9] == 0x44;
            lock (Requests)
            {
                Requests.Add((is3E ? request[18] : request[9], start, words));
            }

            if (Silent)
            {
                continue;
            }

            ushort[] memory = isRegister ? Registers : Relays;
            int first = isRegister ? start : start / 16;
            byte[] data = first + words <= memory.Length ? [.. memory.AsSpan(first, words).ToArray().SelectMany(w => new[] { (byte)w, (byte)(w >> 8) })] : [];
            await stream.WriteAsync(Answer(is3E, data, refused: first + words > memory.Length), _stop.Token);
        }
    }

    private static byte[] Answer(bool is3E, byte[] data, bool refused)
    {
        if (!is3E)
        {
            return refused ? [0x81, 0x56] : [0x81, 0, .. data];
        }

        byte[] body = refused ? [0x56, 0xC0, 0, 0xFF, 0xFF, 3, 0, 1, 4, 0, 0] : [0, 0, .. data];
        return [0xD0, 0, 0, 0xFF, 0xFF, 3, 0, (byte)body.Length, (byte)(body.Length >> 8), .. body];
    }
}
