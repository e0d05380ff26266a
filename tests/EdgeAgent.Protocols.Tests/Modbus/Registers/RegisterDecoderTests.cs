using EdgeAgent.Protocols.Modbus.Registers;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeAgent.Protocols.Tests.Modbus.Registers;

public sealed class RegisterDecoderTests
{
    [Theory]
    [InlineData("AB", "12 34", 0x1234)]
    [InlineData("BA", "34 12", 0x1234)]
    [InlineData("ABCD", "12 34 56 78", 0x12345678)]
    [InlineData("CDAB", "56 78 12 34", 0x12345678)]
    [InlineData("BADC", "34 12 78 56", 0x12345678)]
    [InlineData("DCBA", "78 56 34 12", 0x12345678)]
    [InlineData("ABCDEFGH", "01 23 45 67 89 AB CD EF", 0x0123456789ABCDEF)]
    [InlineData("GHEFCDAB", "CD EF 89 AB 45 67 01 23", 0x0123456789ABCDEF)]
    [InlineData("BADCFEHG", "23 01 67 45 AB 89 EF CD", 0x0123456789ABCDEF)]
    [InlineData("HGFEDCBA", "EF CD AB 89 67 45 23 01", 0x0123456789ABCDEF)]
    [InlineData("EFGHABCD", "89 AB CD EF 01 23 45 67", 0x0123456789ABCDEF)]
    [InlineData("CDABGHEF", "45 67 01 23 CD EF 89 AB", 0x0123456789ABCDEF)]
    [InlineData("FEHGBADC", "AB 89 EF CD 23 01 67 45", 0x0123456789ABCDEF)]
    [InlineData("DCBAHGFE", "67 45 23 01 EF CD AB 89", 0x0123456789ABCDEF)]
    public void Every_order_has_its_bytes_where_its_letters_say(string letters, string wire, ulong value)
    {
        var bytes = Bytes.Of(wire);
        Assert.True(ModbusOrderNames.TryParse(letters, bytes.Length, out var order));
        Assert.Equal(letters, order.ToLetters(bytes.Length));
        var type = bytes.Length switch { 2 => ModbusValueType.UInt16, 4 => ModbusValueType.UInt32, _ => ModbusValueType.UInt64 };
        Assert.True(RegisterDecoder.TryDecode(bytes, type, order, out var bits));
        Assert.Equal(value, bits);
    }

    [Theory]
    [InlineData("CDAB", 2, "AB")]
    [InlineData("BADC", 2, "BA")]
    [InlineData("DCBA", 2, "BA")]
    [InlineData("CDAB", 8, "GHEFCDAB")]
    [InlineData("BADC", 8, "BADCFEHG")]
    [InlineData("DCBA", 8, "HGFEDCBA")]
    [InlineData("ba", 4, "BADC")]
    [InlineData("ABCD", 8, "ABCDEFGH")]
    public void Four_letters_set_the_order_of_a_whole_device(string letters, int sizeBytes, string means)
    {
        Assert.True(ModbusOrderNames.TryParse(letters, sizeBytes, out var order));
        Assert.Equal(means, order.ToLetters(sizeBytes));
    }

    [Theory]
    [InlineData("", 4)]
    [InlineData("A", 4)]
    [InlineData("ABC", 4)]
    [InlineData("ACBD", 4)]
    [InlineData("ABCE", 4)]
    [InlineData("CDBA", 4)]
    [InlineData("ABCDEFGH", 4)]
    [InlineData("HGFEDCAB", 8)]
    public void Orders_that_are_none_are_refused(string letters, int sizeBytes) =>
        Assert.False(ModbusOrderNames.TryParse(letters, sizeBytes, out _));

    [Theory]
    [InlineData(ModbusValueType.Int8, "12 FE", -2)]
    [InlineData(ModbusValueType.UInt8, "12 FE", 254)]
    [InlineData(ModbusValueType.Int16, "FF FE", -2)]
    [InlineData(ModbusValueType.UInt16, "FF FE", 65534)]
    [InlineData(ModbusValueType.Int32, "FF FF FF FE", -2)]
    [InlineData(ModbusValueType.UInt32, "FF FF FF FE", 4294967294)]
    [InlineData(ModbusValueType.Int64, "FF FF FF FF FF FF FF FE", -2)]
    [InlineData(ModbusValueType.Bcd16, "12 34", 1234)]
    [InlineData(ModbusValueType.Bcd32, "12 34 56 78", 12345678)]
    [InlineData(ModbusValueType.Bcd32, "99 99 99 99", 99999999)]
    [InlineData(ModbusValueType.Bit, "00 03", 1)]
    public void Integers_and_bcd(ModbusValueType type, string wire, long value)
    {
        Assert.True(RegisterDecoder.TryDecode(Bytes.Of(wire), type, ModbusOrder.BigEndian, out var bits));
        Assert.Equal(value, (long)bits);
    }

    [Fact]
    public void The_high_byte_of_a_register_is_the_swapped_one()
    {
        Assert.True(RegisterDecoder.TryDecode(Bytes.Of("12 FE"), ModbusValueType.UInt8, ModbusOrder.SwapBytes, out var bits));
        Assert.Equal(0x12UL, bits);
    }

    [Fact]
    public void Floats()
    {
        Assert.True(RegisterDecoder.TryDecode(Bytes.Of("41 48 00 00"), ModbusValueType.Float32, ModbusOrder.BigEndian, out var bits));
        Assert.Equal(12.5f, BitConverter.UInt32BitsToSingle((uint)bits));
        Assert.True(RegisterDecoder.TryDecode(Bytes.Of("00 00 41 48"), ModbusValueType.Float32, ModbusOrder.SwapWords, out bits));
        Assert.Equal(12.5f, BitConverter.UInt32BitsToSingle((uint)bits));
        Assert.True(RegisterDecoder.TryDecode(Bytes.Of("40 29 00 00 00 00 00 00"), ModbusValueType.Float64, ModbusOrder.BigEndian, out bits));
        Assert.Equal(12.5, BitConverter.UInt64BitsToDouble(bits));
    }

    [Theory]
    [InlineData(ModbusValueType.Bcd16, "12 3A")]
    [InlineData(ModbusValueType.Bcd16, "F2 34")]
    [InlineData(ModbusValueType.Bcd32, "12 34 56 7F")]
    [InlineData(ModbusValueType.UInt32, "12 34")]
    [InlineData(ModbusValueType.UInt16, "12")]
    [InlineData(ModbusValueType.String, "12 34")]
    public void What_cannot_be_decoded_gives_no_number(ModbusValueType type, string wire)
    {
        Assert.False(RegisterDecoder.TryDecode(Bytes.Of(wire), type, ModbusOrder.BigEndian, out var bits));
        Assert.Equal(0UL, bits);
    }

    [Fact]
    public void Bits_of_registers_and_coils()
    {
        var wire = Bytes.Of("80 01 00 00");
        Assert.True(RegisterDecoder.TryDecodeBit(wire, ModbusValueType.UInt16, ModbusOrder.BigEndian, 15, out var value) && value);
        Assert.True(RegisterDecoder.TryDecodeBit(wire, ModbusValueType.UInt16, ModbusOrder.BigEndian, 14, out value) && !value);
        Assert.True(RegisterDecoder.TryDecodeBit(wire, ModbusValueType.Int32, ModbusOrder.SwapWords, 0, out value) && value);
        Assert.False(RegisterDecoder.TryDecodeBit(wire, ModbusValueType.UInt16, ModbusOrder.BigEndian, 16, out _));
        Assert.True(RegisterDecoder.TryDecodeCoil([0x00, 0x02], 9, out value) && value);
        Assert.False(RegisterDecoder.TryDecodeCoil([0x00, 0x02], 16, out _));
    }

    [Theory]
    [InlineData("AB", "50 75 6D 70 20 31 20 20", "Pump 1")]
    [InlineData("BA", "75 50 70 6D 31 20 20 20", "Pump 1")]
    [InlineData("AB", "50 00 6D 70", "P")]
    [InlineData("AB", "00 00", "")]
    public void Texts(string letters, string wire, string text)
    {
        Assert.True(ModbusOrderNames.TryParse(letters, 2, out var order));
        Span<byte> destination = stackalloc byte[16];
        Assert.True(RegisterDecoder.TryDecodeString(Bytes.Of(wire), order, destination, out var length));
        Assert.Equal(text, System.Text.Encoding.ASCII.GetString(destination[..length]));
        Assert.False(RegisterDecoder.TryDecodeString([1, 2, 3], order, destination, out _));
        Assert.False(RegisterDecoder.TryDecodeString(Bytes.Of(wire), order, destination[..1], out _));
    }

    [Fact]
    public void Any_value_in_any_order_comes_back() => Prop.ForAll<ulong, byte>((value, mask) =>
    {
        var order = (ModbusOrder)(mask & 7);
        var letters = order.ToLetters(8);
        var wire = letters.Select(l => (byte)(value >> (8 * ('H' - l)))).ToArray();
        return RegisterDecoder.TryDecode(wire, ModbusValueType.UInt64, order, out var bits) && bits == value
            && RegisterDecoder.TryDecode(wire, ModbusValueType.Float64, order, out bits) && bits == value;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_decimal_number_comes_back_from_bcd() => Prop.ForAll(Arb.From(Gen.Choose(0, 99_999_999)), number =>
        Bcd.TryDecode(Convert.ToUInt32($"{number}", 16), out var value) && value == (ulong)number).QuickCheckThrowOnFailure();
}
