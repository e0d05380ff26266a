namespace EdgeAgent.Protocols.OpcUa.Subscriptions;

/// <summary>The numbers of notification messages: from 1 up, and after the highest from 1 again (OPC 10000-4 §7.26).</summary>
internal static class MessageNumbers
{
    public const uint First = 1;

    public static uint After(uint number) => number == uint.MaxValue ? First : number + 1;

    public static SequenceOrder Compare(uint number, uint expected) =>
        number == expected ? SequenceOrder.Expected : unchecked(number - expected) < 0x8000_0000 ? SequenceOrder.Ahead : SequenceOrder.Behind;

    /// <summary>How many numbers lie from one to the one before the other.</summary>
    public static long Distance(uint from, uint to)
    {
        uint distance = unchecked(to - from);
        return to < from ? distance - 1L : distance; // zero is no number
    }
}
