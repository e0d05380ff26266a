using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace EdgeAgent.Protocols.OpcUa.Server;

/// <summary>What a session's client may ask on with; each point is good for one answer.</summary>
internal sealed class ContinuationPoints<T>
    where T : class
{
    private const int PointBytes = 8;

    private readonly Dictionary<long, T> _rests = [];
    private long _last;

    public int Count => _rests.Count;

    public byte[] Keep(T rest)
    {
        _rests.Add(++_last, rest);
        byte[] point = new byte[PointBytes];
        BinaryPrimitives.WriteInt64LittleEndian(point, _last);
        return point;
    }

    public bool TryTake(byte[]? point, [NotNullWhen(true)] out T? rest)
    {
        rest = null;
        return point is { Length: PointBytes } && _rests.Remove(BinaryPrimitives.ReadInt64LittleEndian(point), out rest);
    }
}
