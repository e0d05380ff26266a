using System.Buffers.Binary;
using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services;

/// <summary>Numbers of subscriptions, items or messages as they lie in a message, without a copy.</summary>
internal readonly ref struct NumberList(ReadOnlySpan<byte> raw)
{
    private const int NumberBytes = 4;

    private readonly ReadOnlySpan<byte> _raw = raw;

    public int Count => _raw.Length / NumberBytes;

    public uint this[int index] => BinaryPrimitives.ReadUInt32LittleEndian(_raw.Slice(index * NumberBytes, NumberBytes));

    public bool Contains(uint number)
    {
        for (int i = 0; i < Count; i++)
        {
            if (this[i] == number)
            {
                return true;
            }
        }
        return false;
    }

    public uint[] ToArray()
    {
        var numbers = new uint[Count];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = this[i];
        }
        return numbers;
    }

    public static NumberList Read(scoped ref UaReader reader)
    {
        int count = Math.Max(reader.ReadArrayLength(NumberBytes), 0);
        return new NumberList(reader.ReadRaw(count * NumberBytes));
    }

    public static void Write(UaBuffer target, ReadOnlySpan<uint> numbers)
    {
        target.WriteInt32(numbers.Length);
        foreach (uint number in numbers)
        {
            target.WriteUInt32(number);
        }
    }
}
