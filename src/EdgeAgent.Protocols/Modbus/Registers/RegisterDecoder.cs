using System.Buffers.Binary;

namespace EdgeAgent.Protocols.Modbus.Registers;

/// <summary>Turns registers as they came over the wire into numbers. Pure, allocates nothing.</summary>
public static class RegisterDecoder
{
    /// <summary>Decodes a number from the first registers of <paramref name="wire"/>.</summary>
    /// <param name="bits">Integers and BCD: sign- or zero-extended to 64 bits. Float32: the 32 bits of a single. Float64: the 64 bits of a
    /// double. Bit: 0 or 1, bit 0 of the register.</param>
    /// <returns>False when bytes are missing, a BCD digit is above 9, or the type is no number.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> wire, ModbusValueType type, ModbusOrder order, out ulong bits)
    {
        bits = 0;
        var registers = type.Registers();
        if (registers == 0 || wire.Length < registers * 2)
        {
            return false;
        }

        var raw = registers switch
        {
            1 => Load16(wire, order),
            2 => Load32(wire, order),
            _ => Load64(wire, order),
        };
        switch (type)
        {
            case ModbusValueType.Bit:
                bits = raw & 1;
                return true;
            case ModbusValueType.Int8:
                bits = (ulong)(sbyte)raw;
                return true;
            case ModbusValueType.UInt8:
                bits = (byte)raw;
                return true;
            case ModbusValueType.Int16:
                bits = (ulong)(short)raw;
                return true;
            case ModbusValueType.Int32:
                bits = (ulong)(int)raw;
                return true;
            case ModbusValueType.Bcd16:
            case ModbusValueType.Bcd32:
                return Bcd.TryDecode((uint)raw, out bits);
            default:
                bits = raw;
                return true;
        }
    }

    /// <summary>One bit of a value of one, two or four registers; bit 0 is the least significant.</summary>
    public static bool TryDecodeBit(ReadOnlySpan<byte> wire, ModbusValueType container, ModbusOrder order, int bit, out bool value)
    {
        value = false;
        if (bit < 0 || bit >= container.Registers() * 16 || !TryDecode(wire, Unsigned(container), order, out var bits))
        {
            return false;
        }

        value = ((bits >> bit) & 1) != 0;
        return true;
    }

    /// <summary>One coil or discrete input of a packed answer.</summary>
    public static bool TryDecodeCoil(ReadOnlySpan<byte> packed, int index, out bool value)
    {
        if (index < 0 || index >> 3 >= packed.Length)
        {
            value = false;
            return false;
        }

        value = ((packed[index >> 3] >> (index & 7)) & 1) != 0;
        return true;
    }

    /// <summary>Copies the bytes of a run of registers in their order.</summary>
    /// <returns>False when the bytes do not fit or a register is cut in half.</returns>
    public static bool TryDecodeBytes(ReadOnlySpan<byte> wire, ModbusOrder order, Span<byte> destination)
    {
        if ((wire.Length & 1) != 0 || destination.Length < wire.Length)
        {
            return false;
        }

        var mask = (int)(order & ModbusOrder.SwapBytes);
        for (var i = 0; i < wire.Length; i++)
        {
            destination[i] = wire[i ^ mask];
        }

        return true;
    }

    /// <summary>The bytes of a text: as <see cref="TryDecodeBytes"/>, ended at the first NUL, trailing blanks cut off. Which
    /// characters they mean (ASCII, GB 18030 …) is for the caller.</summary>
    public static bool TryDecodeString(ReadOnlySpan<byte> wire, ModbusOrder order, Span<byte> destination, out int lengthBytes)
    {
        lengthBytes = 0;
        if (!TryDecodeBytes(wire, order, destination))
        {
            return false;
        }

        ReadOnlySpan<byte> text = destination[..wire.Length];
        var end = text.IndexOf((byte)0);
        lengthBytes = (end < 0 ? text : text[..end]).TrimEnd((byte)' ').Length;
        return true;
    }

    private static ModbusValueType Unsigned(ModbusValueType container) => container.Registers() switch
    {
        1 => ModbusValueType.UInt16,
        2 => ModbusValueType.UInt32,
        _ => ModbusValueType.UInt64,
    };

    private static ulong Load16(ReadOnlySpan<byte> wire, ModbusOrder order) =>
        (order & ModbusOrder.SwapBytes) != 0 ? BinaryPrimitives.ReadUInt16LittleEndian(wire) : BinaryPrimitives.ReadUInt16BigEndian(wire);

    private static ulong Load32(ReadOnlySpan<byte> wire, ModbusOrder order)
    {
        var value = BinaryPrimitives.ReadUInt32BigEndian(wire);
        if ((order & ModbusOrder.SwapBytes) != 0)
        {
            value = ((value & 0x00FF_00FF) << 8) | ((value >> 8) & 0x00FF_00FF);
        }

        return (order & ModbusOrder.SwapWords) != 0 ? (value << 16) | (value >> 16) : value;
    }

    private static ulong Load64(ReadOnlySpan<byte> wire, ModbusOrder order)
    {
        ulong high = Load32(wire, order);
        ulong low = Load32(wire[4..], order);
        return (order & ModbusOrder.SwapDoubleWords) != 0 ? (low << 32) | high : (high << 32) | low;
    }
}
