using System.Threading.Channels;
using EdgeAgent.Protocols.OpcUa.Client;

namespace EdgeAgent.Protocols.Tests.OpcUa.Client;

/// <summary>A link without a network: what is sent is with the server at once, and what the server answers waits to be received.</summary>
internal sealed class MemoryLink(Action<byte[]> send) : UaLink
{
    private readonly Channel<byte[]> _toClient = Channel.CreateUnbounded<byte[]>();
    private ReadOnlyMemory<byte> _rest;

    /// <summary>At most so many bytes are given to one receive.</summary>
    public int PieceBytesMax { get; set; } = int.MaxValue;

    public int Sends { get; private set; }

    public bool IsClosed { get; private set; }

    public void ToClient(byte[] bytes) => _toClient.Writer.TryWrite(bytes);

    public override async ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        while (_rest.IsEmpty)
        {
            if (!await _toClient.Reader.WaitToReadAsync())
            {
                return 0;
            }
            if (_toClient.Reader.TryRead(out byte[]? bytes))
            {
                _rest = bytes;
            }
        }
        int count = Math.Min(Math.Min(buffer.Length, _rest.Length), PieceBytesMax);
        _rest[..count].CopyTo(buffer);
        _rest = _rest[count..];
        return count;
    }

    public override ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes)
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        Sends++;
        send(bytes.ToArray());
        return new ValueTask<int>(bytes.Length);
    }

    public override void Close()
    {
        IsClosed = true;
        _toClient.Writer.TryComplete();
    }
}
