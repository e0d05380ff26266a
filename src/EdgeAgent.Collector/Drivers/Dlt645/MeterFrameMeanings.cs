using EdgeAgent.Protocols.Dlt645;

namespace EdgeAgent.Collector.Drivers.Dlt645;

/// <summary>Says what frames of DL/T 645 mean. Data travels with 33H added to each byte, so that identifiers cannot be read off the bytes.</summary>
internal static class MeterFrameMeanings
{
    private const byte Start = 0x68, Shift = 0x33;
    private const byte Answer = 0x80, Refusal = 0x40, More = 0x20;
    private const byte Read2007 = 0x11, Read1997 = 0x01, ReadOn2007 = 0x12, ReadOn1997 = 0x02, ReadAddress = 0x13;

    public static string? Of(bool sent, ReadOnlySpan<byte> start)
    {
        int at = start.IndexOf(Start);
        if (at < 0 || start.Length < at + 10 || start[at + 7] != Start)
        {
            return null;
        }

        byte control = start[at + 8];
        var address = MeterAddress.Read(start[(at + 1)..]);
        ReadOnlySpan<byte> data = start[(at + 10)..];
        data = data[..Math.Min(data.Length, start[at + 9])];
        string? what = (control & 0x1F) switch
        {
            Read2007 or ReadOn2007 => IdentifierOf(data, 4),
            Read1997 or ReadOn1997 => IdentifierOf(data, 2),
            ReadAddress => "address",
            _ => null,
        };
        return (control & Answer) == 0 ? (what is null ? null : $"ask meter {address} for {what}")
            : (control & Refusal) != 0 ? $"meter {address} refuses{(data.IsEmpty ? "" : $" with error {(byte)(data[0] - Shift):X2}")}"
            : what is null ? null : $"meter {address} answers {what}{((control & More) != 0 ? ", and has more" : "")}";
    }

    private static string? IdentifierOf(ReadOnlySpan<byte> data, int bytes)
    {
        if (data.Length < bytes)
        {
            return null;
        }

        Span<byte> identifier = stackalloc byte[bytes];
        for (int i = 0; i < bytes; i++)
        {
            identifier[bytes - 1 - i] = (byte)(data[i] - Shift);
        }

        return Convert.ToHexString(identifier);
    }
}
