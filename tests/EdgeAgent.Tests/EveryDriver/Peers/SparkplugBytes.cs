using System.Text;

namespace EdgeAgent.Tests.EveryDriver.Peers;

/// <summary>Payloads of Sparkplug B with one metric each, written out by protobuf's own rules.</summary>
internal static class SparkplugBytes
{
    public static byte[] Birth(double value) => [.. Stamp(), .. Metric("bdSeq", 8, [0x58, 0]), .. Double("v", value), 0x18, 0];

    public static byte[] Death() => [.. Stamp(), .. Metric("bdSeq", 8, [0x58, 0])];

    /// <summary>A value that the node itself calls bad: data type 10 with the property Quality of 0.</summary>
    public static byte[] BirthOfBad(double value) =>
        [.. Stamp(), .. Metric("bdSeq", 8, [0x58, 0]), .. Metric("v", 10, [0x4A, .. Sized([0x0A, .. Sized("Quality"u8.ToArray()), 0x12, .. Sized([0x08, 3, 0x18, 0])]), 0x69, .. BitConverter.GetBytes(value)]), 0x18, 0];

    private static byte[] Double(string name, double value) => Metric(name, 10, [0x69, .. BitConverter.GetBytes(value)]);

    private static byte[] Metric(string name, byte type, byte[] rest) =>
        [0x12, .. Sized([0x0A, .. Sized(Encoding.UTF8.GetBytes(name)), 0x18, .. Varint(NowMs()), 0x20, type, .. rest])];

    private static byte[] Stamp() => [0x08, .. Varint(NowMs())];

    private static byte[] Sized(byte[] bytes) => [.. Varint((ulong)bytes.Length), .. bytes];

    private static ulong NowMs() => (ulong)TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    private static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        return [.. bytes, (byte)value];
    }
}
