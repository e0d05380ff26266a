using System.Net.Sockets;
using EdgeAgent.Protocols.Modbus.Framing;

namespace EdgeAgent.Protocols.Modbus.Server;

/// <summary>Serves one TCP connection: takes every whole request that has come, answers them all with one send.</summary>
internal sealed class ServerConnection(Socket socket, AnswerBuilder answers, TimeProvider time)
{
    /// <summary>Several dozen pipelined requests, or their answers, at once.</summary>
    private const int BufferBytes = 16 * 1024;

    private readonly byte[] _received = new byte[BufferBytes];
    private readonly byte[] _answers = new byte[BufferBytes];
    private int _receivedBytes;

    public async Task ServeAsync(CancellationToken cancellation)
    {
        try
        {
            var start = 0;
            while (true)
            {
                var status = Fill(ref start, out var bytes, out var faulty);
                if (bytes > 0)
                {
                    await socket.SendAsync(_answers.AsMemory(0, bytes), SocketFlags.None, cancellation).ConfigureAwait(false);
                }

                if (faulty is not null)
                {
                    if (!await faulty.SendAsync(socket, time, cancellation).ConfigureAwait(false))
                    {
                        return;
                    }
                }
                else if (status == FrameStatus.Invalid)
                {
                    return;
                }
                else if (status == FrameStatus.Incomplete)
                {
                    Compact(ref start);
                    bytes = await socket.ReceiveAsync(_received.AsMemory(_receivedBytes), SocketFlags.None, cancellation).ConfigureAwait(false);
                    if (bytes == 0)
                    {
                        return;
                    }

                    _receivedBytes += bytes;
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The client left, or the server stops.
        }
        finally
        {
            socket.Dispose();
        }
    }

    private void Compact(ref int start)
    {
        _received.AsSpan(start, _receivedBytes - start).CopyTo(_received);
        _receivedBytes -= start;
        start = 0;
    }

    /// <summary>Collects answers until requests or room run out, or a fault is due.</summary>
    private FrameStatus Fill(ref int start, out int bytes, out FaultyAnswer? faulty)
    {
        bytes = 0;
        faulty = null;
        while (_answers.Length - bytes >= ServerFraming.FrameBytesMax)
        {
            var status = answers.Next(_received.AsSpan(start, _receivedBytes - start), _answers.AsSpan(bytes), out var consumed, out var answerBytes, out faulty);
            start += consumed;
            bytes += answerBytes;
            if (faulty is not null || status == FrameStatus.Incomplete || (status == FrameStatus.Invalid && consumed == 0))
            {
                return status;
            }
        }

        return FrameStatus.Complete;
    }
}
