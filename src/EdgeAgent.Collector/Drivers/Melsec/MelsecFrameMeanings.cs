using System.Buffers.Binary;
using System.Globalization;
using EdgeAgent.Protocols.Melsec;

namespace EdgeAgent.Collector.Drivers.Melsec;

/// <summary>Says what frames of MC protocol mean.</summary>
internal static class MelsecFrameMeanings
{
    private const byte Request3E = 0x50, Answer3E = 0xD0, ReadWords1E = 0x01, Answer1E = 0x81;

    public static string? Of(bool sent, ReadOnlySpan<byte> start) => sent ? OfRequest(start) : start switch
    {
        [Answer3E, 0, ..] when start.Length >= 11 => EndOf(BinaryPrimitives.ReadUInt16LittleEndian(start[9..]), start.Length - 11),
        [Answer1E, var end, ..] => EndOf(end, start.Length - 2),
        _ => null,
    };

    private static string? OfRequest(ReadOnlySpan<byte> start) => start switch
    {
        [Request3E, 0, ..] when start.Length >= 21 && BinaryPrimitives.ReadUInt16LittleEndian(start[11..]) == 0x0401 => string.Create(
            CultureInfo.InvariantCulture,
            $"read {BinaryPrimitives.ReadUInt16LittleEndian(start[19..])} words of {(MelsecArea)start[18]} from {start[15] | (start[16] << 8) | (start[17] << 16)}"),
        [Request3E, 0, ..] => "ask for the model",
        [ReadWords1E, ..] when start.Length >= 12 => string.Create(CultureInfo.InvariantCulture, $"read {start[10]} words from {BinaryPrimitives.ReadInt32LittleEndian(start[4..])}"),
        _ => null,
    };

    private static string EndOf(int endCode, int dataBytes) => endCode == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{dataBytes} bytes of data") : $"refused with end code {endCode:X4}";
}
