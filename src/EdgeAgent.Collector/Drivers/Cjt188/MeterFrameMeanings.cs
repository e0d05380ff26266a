namespace EdgeAgent.Collector.Drivers.Cjt188;

/// <summary>Says what frames of CJ/T 188 mean.</summary>
internal static class MeterFrameMeanings
{
    private const byte Start = 0x68, Answer = 0x80, Refusal = 0x40;

    public static string? Of(bool sent, ReadOnlySpan<byte> start)
    {
        int at = start.IndexOf(Start);
        if (at < 0 || start.Length < at + 13)
        {
            return null;
        }

        byte control = start[at + 9];
        string meter = $"meter {Convert.ToHexString(start.Slice(at + 2, 7))} (as it travels) of type {start[at + 1]:X2}";
        return (control & Answer) == 0 ? $"ask {meter} for {start[at + 11]:X2}{start[at + 12]:X2}"
            : (control & Refusal) != 0 ? $"{meter} refuses" : $"{meter} answers {start[at + 11]:X2}{start[at + 12]:X2}";
    }
}
