namespace EdgeAgent.Protocols.Sparkplug;

/// <summary>The command by which a host asks a node to send its birth certificates again (§6.4.20.4), the only thing a reader ever sends.</summary>
public static class RebirthCommand
{
    private static ReadOnlySpan<byte> Name => "Node Control/Rebirth"u8;

    /// <summary>Encodes the command.</summary>
    /// <param name="timestampMs">Milliseconds since 1970 in UTC.</param>
    public static byte[] Encode(ulong timestampMs)
    {
        var metric = new List<byte> { 0x0A, (byte)Name.Length };
        metric.AddRange(Name);
        metric.AddRange([0x20, (byte)SparkplugDataType.Boolean, 0x70, 1]);
        var payload = new List<byte> { 0x08 };
        for (; timestampMs >= 0x80; timestampMs >>= 7)
        {
            payload.Add((byte)(timestampMs | 0x80));
        }

        payload.Add((byte)timestampMs);
        payload.AddRange([0x12, (byte)metric.Count, .. metric]);
        return [.. payload];
    }
}
