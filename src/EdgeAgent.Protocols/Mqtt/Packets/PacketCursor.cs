using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace EdgeAgent.Protocols.Mqtt.Packets;

/// <summary>
/// Reads fields from a packet body. The first fault sticks and every later read gives an empty value, so that a decoder
/// reads straight through and looks at <see cref="Fault"/> once.
/// </summary>
internal ref struct PacketCursor(ReadOnlyMemory<byte> memory)
{
    private readonly ReadOnlyMemory<byte> _memory = memory;
    private readonly ReadOnlySpan<byte> _span = memory.Span;
    private int _position;

    public MqttFault Fault { get; private set; }

    public readonly int Remaining => _span.Length - _position;

    public void Fail(MqttFault fault)
    {
        if (Fault == MqttFault.None)
        {
            Fault = fault;
        }
        _position = _span.Length;
    }

    /// <summary>The fault so far, or <see cref="MqttFault.TrailingBytes"/> when the body is not used up.</summary>
    public readonly MqttFault End() => Fault != MqttFault.None ? Fault : Remaining > 0 ? MqttFault.TrailingBytes : MqttFault.None;

    public byte Byte()
    {
        if (Remaining < 1)
        {
            Fail(MqttFault.Truncated);
            return 0;
        }
        return _span[_position++];
    }

    public ushort UInt16()
    {
        if (Remaining < 2)
        {
            Fail(MqttFault.Truncated);
            return 0;
        }
        ushort value = BinaryPrimitives.ReadUInt16BigEndian(_span[_position..]);
        _position += 2;
        return value;
    }

    public uint UInt32()
    {
        if (Remaining < 4)
        {
            Fail(MqttFault.Truncated);
            return 0;
        }
        uint value = BinaryPrimitives.ReadUInt32BigEndian(_span[_position..]);
        _position += 4;
        return value;
    }

    public ushort PacketId()
    {
        ushort id = UInt16();
        if (id == 0)
        {
            Fail(MqttFault.PacketIdZero);
        }
        return id;
    }

    public int VariableInteger()
    {
        int value = 0;
        for (int shift = 0; shift < 28; shift += 7)
        {
            byte next = Byte();
            value |= (next & 0x7F) << shift;
            if (next < 0x80)
            {
                if (next == 0 && shift > 0)
                {
                    Fail(MqttFault.VariableIntegerMalformed);
                }
                return value;
            }
        }
        Fail(MqttFault.VariableIntegerMalformed);
        return 0;
    }

    public ReadOnlyMemory<byte> Take(int count)
    {
        if (count > Remaining)
        {
            Fail(MqttFault.Truncated);
            return default;
        }
        ReadOnlyMemory<byte> taken = _memory.Slice(_position, count);
        _position += count;
        return taken;
    }

    public ReadOnlyMemory<byte> Rest() => Take(Remaining);

    public ReadOnlyMemory<byte> Binary() => Take(UInt16());

    public ReadOnlyMemory<byte> Utf8Bytes()
    {
        ReadOnlyMemory<byte> bytes = Binary();
        if (!Utf8.IsValid(bytes.Span) || bytes.Span.Contains((byte)0))
        {
            Fail(MqttFault.StringMalformed);
            return default;
        }
        return bytes;
    }

    public string Text() => Encoding.UTF8.GetString(Utf8Bytes().Span);
}
