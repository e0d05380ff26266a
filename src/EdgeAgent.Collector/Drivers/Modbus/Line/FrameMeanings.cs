using System.Buffers.Binary;
using System.Globalization;
using EdgeAgent.Collector.LastFrames;
using EdgeAgent.Protocols.Modbus;

namespace EdgeAgent.Collector.Drivers.Modbus.Line;

/// <summary>Says what frames of Modbus mean.</summary>
internal static class FrameMeanings
{
    private const int ExceptionBit = 0x80;

    public static FrameMeaning Of(ModbusFraming framing) => (sent, start) => framing switch
    {
        ModbusFraming.Mbap => start.Length > 7 && start[2] == 0 && start[3] == 0 ? OfPdu(sent, start[7..]) : null,
        ModbusFraming.Ascii => OfAscii(sent, start),
        _ => start.Length > 1 ? OfPdu(sent, start[1..]) : null,
    };

    private static string? OfAscii(bool sent, ReadOnlySpan<byte> start)
    {
        Span<byte> bytes = stackalloc byte[FrameMemory.BytesKept / 2];
        int end = start.IndexOfAny((byte)'\r', (byte)'\n');
        ReadOnlySpan<byte> digits = (end < 0 ? start : start[..end]).TrimStart((byte)':');
        return Convert.FromHexString(digits[..(digits.Length & ~1)], bytes, out _, out int written) == System.Buffers.OperationStatus.Done && written > 2
            ? OfPdu(sent, bytes[1..written]) : null;
    }

    private static string? OfPdu(bool sent, ReadOnlySpan<byte> pdu)
    {
        int function = pdu[0] & ~ExceptionBit;
        string? name = function switch
        {
            1 => "coils",
            2 => "discrete inputs",
            3 => "holding registers",
            4 => "input registers",
            0x2B => "identification",
            _ => null,
        };
        if (name is null)
        {
            return null;
        }

        if ((pdu[0] & ExceptionBit) != 0)
        {
            return pdu.Length > 1 ? string.Create(CultureInfo.InvariantCulture, $"exception {pdu[1]} ({(ModbusExceptionCode)pdu[1]}) to {name}") : null;
        }

        if (!sent)
        {
            return function == 0x2B ? name : string.Create(CultureInfo.InvariantCulture, $"{name}: {(pdu.Length > 1 ? pdu[1] : 0)} bytes");
        }

        return function == 0x2B || pdu.Length < 5 ? $"ask {name}" : string.Create(
            CultureInfo.InvariantCulture, $"read {name} from {BinaryPrimitives.ReadUInt16BigEndian(pdu[1..])}, {BinaryPrimitives.ReadUInt16BigEndian(pdu[3..])} of them");
    }
}
