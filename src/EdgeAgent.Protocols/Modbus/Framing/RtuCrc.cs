using System.Runtime.CompilerServices;

namespace EdgeAgent.Protocols.Modbus.Framing;

/// <summary>CRC-16/MODBUS: polynomial 0x8005 reflected (0xA001), start value 0xFFFF; sent low byte first.</summary>
public static class RtuCrc
{
    private const ushort Polynomial = 0xA001;

    /// <summary>Two tables, so that the loop takes two bytes at a time: the checksum's chain of dependencies is what costs.</summary>
    private static readonly ushort[] Table = BuildTable(0);
    private static readonly ushort[] TableOfSecond = BuildTable(1);

    public static ushort Compute(ReadOnlySpan<byte> bytes)
    {
        uint crc = 0xFFFF;
        var i = 0;
        for (; i + 1 < bytes.Length; i += 2)
        {
            var mixed = crc ^ (uint)(bytes[i] | (bytes[i + 1] << 8));
            crc = (uint)(TableOfSecond[mixed & 0xFF] ^ Table[(mixed >> 8) & 0xFF]);
        }

        if (i < bytes.Length)
        {
            crc = Step(crc, bytes[i]);
        }

        return (ushort)crc;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Step(uint crc, byte value) => (crc >> 8) ^ Table[(crc ^ value) & 0xFF];

    /// <summary>Entry n: byte n pushed through the register, followed by so many zero bytes.</summary>
    private static ushort[] BuildTable(int zeroBytesAfter)
    {
        var table = new ushort[256];
        for (var n = 0; n < table.Length; n++)
        {
            var register = (uint)n;
            for (var bit = 0; bit < 8 * (1 + zeroBytesAfter); bit++)
            {
                register = (register & 1) != 0 ? (register >> 1) ^ Polynomial : register >> 1;
            }

            table[n] = (ushort)register;
        }

        return table;
    }
}
