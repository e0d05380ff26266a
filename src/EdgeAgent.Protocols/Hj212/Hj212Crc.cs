namespace EdgeAgent.Protocols.Hj212;

/// <summary>The check of a packet (HJ 212-2017, appendix A): over the data segment, written as four hexadecimal digits.</summary>
/// <remarks>Not CRC-16/MODBUS: the register is shifted by a byte before each byte is taken in, so its high byte meets the data.</remarks>
public static class Hj212Crc
{
    public static ushort Compute(ReadOnlySpan<byte> segment)
    {
        int register = 0xFFFF;
        foreach (byte b in segment)
        {
            register = (register >> 8) ^ b;
            for (int bit = 0; bit < 8; bit++)
            {
                register = (register & 1) != 0 ? (register >> 1) ^ 0xA001 : register >> 1;
            }
        }

        return (ushort)register;
    }
}
